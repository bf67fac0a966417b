"""A code's arithmetic: `<checkpoint>.<kind><serial>.<step>.<mac>` and `<checkpoint>.short.<6>`. Pure."""

import hmac
import re
from typing import NamedTuple

from zuji.checkin.enums import CodeKind
from zuji.core.ids import ALPHABET, b64

SHORT_DIGITS = 6
STEP_S = 15
MAC_BYTES = 8
CODE_CHARS_MAX = 64

_CODE = re.compile(
    r"(?P<stem>(?P<checkpoint>[1-9][0-9]{0,8})\.(?P<kind>[spg])(?P<serial>[1-9][0-9]{0,8})"
    r"\.(?P<step>0|[1-9][0-9]{0,9}))\.(?P<mac>[A-Za-z0-9_-]{11})"
)
_SHORT = re.compile(rf"(?P<checkpoint>[1-9][0-9]{{0,8}})\.short\.(?P<digits>[{ALPHABET}]{{{SHORT_DIGITS}}})")


class Code(NamedTuple):
    """A code as it was read; whether its mac is right is another question."""

    checkpoint: int
    kind: CodeKind
    serial: int
    step: int
    mac: str
    stem: str


class ShortCode(NamedTuple):
    """A spoken or read code; only the live screens' keys tell whether it is right."""

    checkpoint: int
    digits: str


def parse(text: str) -> Code | ShortCode | None:
    """The code that `text` spells, or None where it spells none; letters of a short code may be small."""
    if len(text) > CODE_CHARS_MAX:
        return None
    if match := _CODE.fullmatch(text):
        checkpoint, kind, serial, step = (
            match["checkpoint"],
            match["kind"],
            match["serial"],
            match["step"],
        )
        return Code(
            int(checkpoint),
            CodeKind(kind),
            int(serial),
            int(step),
            match["mac"],
            match["stem"],
        )
    checkpoint, dot, rest = text.partition(".")
    if match := _SHORT.fullmatch(f"{checkpoint}{dot}{_upper_digits(rest)}"):
        return ShortCode(int(match["checkpoint"]), match["digits"])
    return None


def _upper_digits(rest: str) -> str:
    marker, dot, digits = rest.partition(".")
    return f"{marker}{dot}{digits.upper()}" if digits.isascii() else rest


def stem(checkpoint: int, kind: CodeKind, serial: int, step: int) -> str:
    """What the mac is made over."""
    return f"{checkpoint}.{kind}{serial}.{step}"


def serial_key(checkpoint_key: bytes, kind: CodeKind, serial: int) -> bytes:
    """The 32-byte key of one poster, one screen on one day, or one steward's grant."""
    return hmac.digest(checkpoint_key, f"{kind}{serial}".encode("ascii"), "sha256")


def mac(key: bytes, over: str) -> str:
    """The eleven characters that end a code, made with a serial's key over its stem."""
    return b64(hmac.digest(key, over.encode("ascii"), "sha256")[:MAC_BYTES])


def build(checkpoint: int, kind: CodeKind, serial: int, step: int, *, key: bytes) -> str:
    """A whole code, made with the serial's key."""
    over = stem(checkpoint, kind, serial, step)
    return f"{over}.{mac(key, over)}"


def is_genuine(code: Code, key: bytes) -> bool:
    """Whether the mac was made with this serial's key."""
    return hmac.compare_digest(code.mac, mac(key, code.stem))


def step_at(unix_s: float) -> int:
    """The screen's step at an instant."""
    return int(unix_s // STEP_S)


def short(key: bytes, step: int) -> str:
    """The six characters that a screen shows beside its code at a step."""
    digest = hmac.digest(key, f"short.{step}".encode("ascii"), "sha256")[:MAC_BYTES]
    number = int.from_bytes(digest, "big")
    digits = []
    for _ in range(SHORT_DIGITS):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def short_step(key: bytes, digits: str, *, around: int, steps: int) -> int | None:
    """The step within `steps` of `around` at which this screen showed `digits`; the nearest wins."""
    for away in range(steps + 1):
        for step in {around - away, around + away}:
            if hmac.compare_digest(short(key, step), digits):
                return step
    return None
