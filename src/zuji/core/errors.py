"""Reasons for saying no. Each carries a stable code; its words stand in translation files, as `refusal.<code>`."""

from enum import StrEnum


class CoreRefusal(StrEnum):
    """Refusals that belong to no package in particular."""

    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    SIGN_IN = "sign_in"
    BUSY = "busy"
    TOO_MANY_REQUESTS = "too_many_requests"
    INVALID = "invalid"
    TEXT_HAS_NUL = "text_has_nul"
    CHANGED_MEANWHILE = "changed_meanwhile"
    CLOCK_NOT_DEMO = "clock_not_demo"
    WORK_OVER = "work_over"
    WORK_UNDER_WAY = "work_under_way"
    UNEXPECTED = "unexpected"


class Problem(Exception):
    """The one base of everything that Zuji refuses; `facts` are plain values for the words and for programs."""

    def __init__(self, code: StrEnum | str, **facts: object) -> None:
        super().__init__(str(code))
        self.code = str(code)
        self.facts = facts


class NotFound(Problem):
    """Absent, or unseen by who asks: the two look alike."""

    def __init__(self, kind: str = "") -> None:
        super().__init__(CoreRefusal.NOT_FOUND, **({"kind": kind} if kind else {}))


class SignInFirst(Problem):
    """Nobody is signed in, and the page is not for everybody."""

    def __init__(self) -> None:
        super().__init__(CoreRefusal.SIGN_IN)


class Forbidden(Problem):
    """Seen, but not theirs to do."""

    def __init__(self, right: str = "") -> None:
        super().__init__(CoreRefusal.FORBIDDEN, **({"right": right} if right else {}))


class Refused(Problem):
    """The state of things does not allow it."""


class Invalid(Problem):
    """The input cannot be used as it is; `facts` say where and what is expected."""


class Busy(Problem):
    """Too much at once; worth trying again after `after_s` seconds."""

    def __init__(self, after_s: int = 1) -> None:
        super().__init__(CoreRefusal.BUSY, after_s=after_s)
        self.after_s = after_s


class TooMany(Problem):
    """Too much from one address; worth trying again after `after_s` seconds."""

    def __init__(self, after_s: int = 1) -> None:
        super().__init__(CoreRefusal.TOO_MANY_REQUESTS, after_s=after_s)
        self.after_s = after_s
