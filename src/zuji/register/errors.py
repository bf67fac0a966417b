"""Why an act on the register is refused. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons given by an action, or for one row of a list."""

    AUTHORITY_NAME_MISSING = "authority_name_missing"
    AUTHORITY_NAME_TOO_LONG = "authority_name_too_long"
    AUTHORITY_NAME_TAKEN = "authority_name_taken"
    LIST_NOT_STAGED = "list_not_staged"
    LIST_NOT_TAKEN_IN = "list_not_taken_in"
    LIST_UNDER_WAY = "list_under_way"
    LIST_FILE_GONE = "list_file_gone"
    LIST_HAS_NO_FAULTS = "list_has_no_faults"
    ROW_NAMES_NO_FIRM = "row_names_no_firm"
    LISTS_OF_TWO = "lists_of_two"
    LISTS_NONE = "lists_none"
    LISTS_TOO_LATE = "lists_too_late"
