"""Why an act on an organisation is refused. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons given by an action, or for one row of a list."""

    PARTICIPANT_NAME_MISSING = "participant_name_missing"
    PARTICIPANT_NAME_TOO_LONG = "participant_name_too_long"
    CONTACT_TOO_LONG = "contact_too_long"
    PARTICIPANT_NAME_TAKEN = "participant_name_taken"
    PARTICIPANT_ON_LIST = "participant_on_list"
    PARTICIPANT_TWICE_IN_FILE = "participant_twice_in_file"
    ORGANISATION_NAME_TAKEN = "organisation_name_taken"
    ORGANISATION_TO_ITSELF = "organisation_to_itself"
    RELATION_TOO_EARLY = "relation_too_early"
