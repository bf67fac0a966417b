"""Why an act of the census is refused. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons given for a questionnaire, a round, a form or one answer."""

    CENSUS_UNREADABLE = "census_unreadable"
    CENSUS_NO_QUESTION = "census_no_question"
    CENSUS_NO_JSON = "census_no_json"
    CENSUS_TOO_LARGE = "census_too_large"
    CENSUS_PART_MISSING = "census_part_missing"
    CENSUS_PART_UNKNOWN = "census_part_unknown"
    CENSUS_VALUE_UNKNOWN = "census_value_unknown"
    CENSUS_VALUE_WRONG = "census_value_wrong"
    CENSUS_QUESTION_TWICE = "census_question_twice"
    CENSUS_FIELD_TWICE = "census_field_twice"
    CENSUS_ASKS_OF_PERSONS = "census_asks_of_persons"
    CENSUS_QUESTION_UNSOUND = "census_question_unsound"
    CENSUS_SKIP_UNSOUND = "census_skip_unsound"
    CENSUS_CHECK_UNSOUND = "census_check_unsound"
    CENSUS_NAME_MISSING = "census_name_missing"
    CENSUS_NAME_TAKEN = "census_name_taken"
    CENSUS_DAYS = "census_days"
    CENSUS_NOBODY_IN_SCOPE = "census_nobody_in_scope"
    CENSUS_NOT_OPEN = "census_not_open"
    CENSUS_CLOSED = "census_closed"
    CENSUS_FORM_HANDED_IN = "census_form_handed_in"
    CENSUS_FORM_NOT_HANDED_IN = "census_form_not_handed_in"
    CENSUS_REASON_MISSING = "census_reason_missing"
    CENSUS_FAULTS = "census_faults"


class AnswerFault(StrEnum):
    """What is wrong with an answer; the words stand under `census_fault.<code>`."""

    MISSING = "missing"
    NOT_ASKED = "not_asked"
    NO_NUMBER = "no_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NO_SUCH_OPTION = "no_such_option"
    NO_DATE = "no_date"
    NO_FILING = "no_filing"
    TOO_LONG = "too_long"
    PERSONAL = "personal"
    CHECK = "check"


class Anomaly(StrEnum):
    """How an answer differs strangely from the last round's; the words stand under `census_anomaly.<code>`."""

    JUMPED = "jumped"
    TURNED = "turned"
    GONE = "gone"
