"""Why an act on messages is refused. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons given by an action on destinations and deliveries."""

    NOT_A_HOOK = "not_a_hook"
    NOT_AN_ADDRESS = "not_an_address"
    SECRET_NOT_USED = "secret_not_used"
    BAD_SECRET = "bad_secret"
    QUIET_HALF = "quiet_half"
    DESTINATION_TWICE = "destination_twice"
    TOO_MANY_DESTINATIONS = "too_many_destinations"
    DELIVERY_CLOSED = "delivery_closed"
    DELIVERY_OPEN = "delivery_open"
    DESTINATION_GONE = "destination_gone"
    OPT_OUT_NOT_VALID = "opt_out_not_valid"
    TESTED_JUST_NOW = "tested_just_now"
