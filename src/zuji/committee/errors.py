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
    ORGANISATION_IN_A_CIRCLE = "organisation_in_a_circle"
    ORGANISATION_NOT_THEN = "organisation_not_then"
    ORGANISATION_HAS_OTHERS = "organisation_has_others"
    ORGANISATION_IS_OVER = "organisation_is_over"
    ORGANISATION_IS_NOT_OVER = "organisation_is_not_over"
    RELATION_TOO_EARLY = "relation_too_early"
    RELATION_ENDS_TOO_EARLY = "relation_ends_too_early"
    NO_OPEN_RELATION = "no_open_relation"
    NO_RELATION = "no_relation"
    FIRM_COVERED_ALREADY = "firm_covered_already"
    FIRM_NOT_COVERED = "firm_not_covered"
    FIRMS_SHARE_ORGANISATION = "firms_share_organisation"
