"""Faults that stop a command before it serves anything. Codes are stable; their words stand under `fault.<code>`."""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with an installation."""

    HOME_NOT_NAMED = "home_not_named"
    HOME_NOT_WRITABLE = "home_not_writable"
    HOME_OF_OTHER_KIND = "home_of_other_kind"
    HOME_MISSING = "home_missing"
    POSTGRES_MISSING = "postgres_missing"
    POSTGRES_OTHER_VERSION = "postgres_other_version"
    POSTGRES_FAILED = "postgres_failed"
    NO_UNPRIVILEGED_USER = "no_unprivileged_user"
    DATABASE_UNREACHABLE = "database_unreachable"
    MIGRATIONS_MISSING = "migrations_missing"
    CHECKS_FAILED = "checks_failed"
    ALREADY_SERVING = "already_serving"
    PORT_TAKEN = "port_taken"
    SERVER_FAILED = "server_failed"
    NODE_MISSING = "node_missing"
    WEB_BUILD_FAILED = "web_build_failed"
    WEB_NOT_BUILT = "web_not_built"
    BAD_SETTING = "bad_setting"
    INPUT_MISSING = "input_missing"
    INPUT_REFUSED = "input_refused"
    PLAY_FAILED = "play_failed"
    NO_CHECKOUT = "no_checkout"
    REGISTER_IN_USE = "register_in_use"
    REGISTER_NOT_AS_ASKED = "register_not_as_asked"


class Misconfigured(Exception):
    """Stops the start: a code and the facts that its words need."""

    def __init__(self, code: Fault, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
