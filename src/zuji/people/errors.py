"""Why an act on an account is refused. The codes are stable; their words stand under `refusal.<code>`."""

from enum import StrEnum


class Refusal(StrEnum):
    """Reasons given by an action on accounts and roles, or at the way in."""

    USERNAME_TAKEN = "username_taken"
    BAD_USERNAME = "bad_username"
    NAME_MISSING = "name_missing"
    PASSWORD_TOO_WEAK = "password_too_weak"
    ROLES_KEPT_APART = "roles_kept_apart"
    NOT_TO_ONESELF = "not_to_oneself"
    ROLE_ALREADY_HELD = "role_already_held"
    ROLE_ALREADY_ENDED = "role_already_ended"
    SCOPE_NOT_THEIRS = "scope_not_theirs"
    ACCOUNT_CLOSED = "account_closed"
    SECOND_FACTOR_FIRST = "second_factor_first"
    LINK_NOT_VALID = "link_not_valid"
    CROSS_SITE = "cross_site"
    ROLE_NOT_LENDABLE = "role_not_lendable"
    ROLE_NOT_THEIRS_TO_LEND = "role_not_theirs_to_lend"
    LENT_UNTIL_PAST = "lent_until_past"
    LENT_TOO_LONG = "lent_too_long"
    OVERSEER_NOT_VIEWED = "overseer_not_viewed"
    VIEWING_NEEDS_REASON = "viewing_needs_reason"
    ONLY_LOOKING = "only_looking"
    VIEW_NAME_MISSING = "view_name_missing"
    VIEW_NAME_TAKEN = "view_name_taken"
    VIEW_TOO_LONG = "view_too_long"
    TOO_MANY_VIEWS = "too_many_views"
