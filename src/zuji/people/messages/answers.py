"""What a receiver's answer means: delivered, worth another try, or refused for good. Pure.

The robots of all three services answer 200 to what they refuse, and say so only in the body.
"""

import json
from dataclasses import dataclass
from enum import StrEnum

OK, TOO_MANY = 200, 429


class Trouble(StrEnum):
    """Why a message was not delivered; words stand under `trouble.<code>`."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    RECEIVER_ERROR = "receiver_error"
    TOO_OFTEN = "too_often"
    HOOK_GONE = "hook_gone"
    NOT_SIGNED = "not_signed"
    NOT_ALLOWED = "not_allowed"
    ADDRESS_REFUSED = "address_refused"
    MAIL_LOGIN = "mail_login"
    NO_MAIL = "no_mail"
    SEALED = "sealed"
    INTERRUPTED = "interrupted"
    UNEXPECTED = "unexpected"


FOR_GOOD = frozenset({Trouble.HOOK_GONE, Trouble.ADDRESS_REFUSED, Trouble.SEALED})
"""No further try mends these; somebody must change the destination."""


@dataclass(frozen=True)
class Outcome:
    """How a sending ended; `trouble` is None when the receiver took it."""

    trouble: Trouble | None = None

    @property
    def is_sent(self) -> bool:
        return self.trouble is None

    @property
    def is_for_good(self) -> bool:
        return self.trouble in FOR_GOOD


SENT = Outcome()

CODES: dict[str, dict[int, Trouble]] = {
    "wecom": {
        **dict.fromkeys((93000, 93004, 93008), Trouble.HOOK_GONE),
        **dict.fromkeys((45009, 45033), Trouble.TOO_OFTEN),
    },
    "dingtalk": {
        **dict.fromkeys((300001, 300005, 400101, 400102, 400013), Trouble.HOOK_GONE),
        **dict.fromkeys((130101, 410100, 660026), Trouble.TOO_OFTEN),
        310000: Trouble.NOT_SIGNED,
    },
    "feishu": {
        **dict.fromkeys((19001, 19002), Trouble.HOOK_GONE),
        **dict.fromkeys((9499, 11232, 99991400), Trouble.TOO_OFTEN),
        19021: Trouble.NOT_SIGNED,
        **dict.fromkeys((19022, 19024), Trouble.NOT_ALLOWED),
    },
}
"""Service → its own code → what it means here; any other code but 0 may pass by itself."""


def judge(service: str, status: int, body: bytes) -> Outcome:
    """What a robot's answer means."""
    if status == TOO_MANY:
        return Outcome(Trouble.TOO_OFTEN)
    code = _code(body)
    if code is None:
        # a proxy's page, or a body that was cut off: whoever answers so has not said that it took the message
        return Outcome(Trouble.RECEIVER_ERROR)
    if status == OK and code == 0:
        return SENT
    return Outcome(CODES[service].get(code, Trouble.RECEIVER_ERROR))


def _code(body: bytes) -> int | None:
    """`errcode` of WeCom and DingTalk, `code` or `StatusCode` of Feishu; None where the body has none."""
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    if not isinstance(answer, dict):
        return None
    found = next((answer[name] for name in ("errcode", "code", "StatusCode") if name in answer), None)
    # false is an int to Python, and no code
    return found if isinstance(found, int) and not isinstance(found, bool) else None
