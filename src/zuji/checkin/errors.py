"""Why a check-in, or an act on one, is refused. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons given for one item, or by an action of this package."""

    # the item itself
    BAD_ITEM = "bad_item"
    BAD_ID = "bad_id"
    BAD_TIME = "bad_time"
    BAD_TEXT = "bad_text"
    IMPOSSIBLE_PLACE = "impossible_place"
    ID_REUSED = "id_reused"
    # the code
    UNREADABLE_CODE = "unreadable_code"
    FORGED_CODE = "forged_code"
    WITHDRAWN_CODE = "withdrawn_code"
    OLD_CODE = "old_code"
    WRONG_SHORT_CODE = "wrong_short_code"
    UNKNOWN_CHECKPOINT = "unknown_checkpoint"
    # the window
    CHECKPOINT_NOT_OPEN = "checkpoint_not_open"
    CHECKPOINT_CLOSED = "checkpoint_closed"
    TOO_LATE = "too_late"
    # the pass
    UNKNOWN_PASS = "unknown_pass"
    FOREIGN_PASS = "foreign_pass"
    WITHDRAWN_PASS = "withdrawn_pass"
    # joining and passes
    TOKEN_REUSED = "token_reused"
    BAD_TOKEN = "bad_token"
    UNKNOWN_JOIN_CODE = "unknown_join_code"
    JOIN_BY_CODE_ONLY = "join_by_code_only"
    CAMPAIGN_OVER = "campaign_over"
    SAME_PASS = "same_pass"
    OTHER_CAMPAIGN = "other_campaign"
    NOT_MARKED = "not_marked"
    # lists of walkers
    NOT_YOUR_ORGANISATION = "not_your_organisation"
    WALKERS_LIST_KNOWN = "walkers_list_known"
    WALKERS_MISSING = "walkers_missing"
    WALKERS_TOO_MANY = "walkers_too_many"
    # corrections, rolls, codes, reduction
    NOT_ACCEPTED = "not_accepted"
    ALREADY_TAKEN_BACK = "already_taken_back"
    REASON_MISSING = "reason_missing"
    ROLL_TOO_LONG = "roll_too_long"
    ROLL_TOO_EARLY = "roll_too_early"
    ROLL_EMPTY = "roll_empty"
    LOCATION_TOO_VAGUE = "location_too_vague"
    CAMPAIGN_RUNNING = "campaign_running"
    # the request as a whole
    NOT_A_LIST = "not_a_list"
    TOO_MANY_ITEMS = "too_many_items"
    TOO_BUSY = "too_busy"
    TOO_MANY_REQUESTS = "too_many_requests"
