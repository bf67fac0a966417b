"""Why a page refuses what it is asked for. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons that concern the console itself."""

    DOCUMENTS_MISSING = "documents_missing"
    NO_PASSES_TO_PRINT = "no_passes_to_print"
    NO_FORMS_TO_PRINT = "no_forms_to_print"
    TOO_MANY_TO_PRINT = "too_many_to_print"
    ALREADY_SO = "already_so"
    CANNOT_BE_UNDONE = "cannot_be_undone"
    NOTHING_TO_UNDO = "nothing_to_undo"
    CHANGED_SINCE = "changed_since"
