"""Unified social credit codes (统一社会信用代码) as lists write them. The arithmetic is python-stdnum's."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from stdnum.cn import uscc

KNOWN_OF_LOST = 15
"""Digits of an 18-digit number that a spreadsheet keeps when it takes the code for a number."""
OLD_LENGTH = 15
SLIPS = 2
LOOK_ALIKES = {"O": "0", "I": "1", "S": "5", "Z": "2", "V": "U", "B": "8", "8": "B", "0": "D", "6": "G", "5": "S"}
"""What is written → what may have been meant. O, I, S, Z, V are never part of a code."""

_LOST = re.compile(r"(\d)\.?(\d*)E\+?(\d+)")
_NOISE = re.compile(r"[\s'’‘\-‐–—.,。、]")


class CodeKind(StrEnum):
    """How much of a code a cell tells. Mistyped is one that passes the check, which only other rows can show."""

    SOUND = "sound"
    LOST = "lost"
    BROKEN = "broken"
    MISTYPED = "mistyped"
    OLD = "old"
    NONE = "none"


class Code(NamedTuple):
    """What a cell holds: a sound code, the leading digits of a lost one, one that cannot be, a registration number."""

    kind: CodeKind
    text: str


NO_CODE = Code(CodeKind.NONE, "")


def fold_code(text: str) -> str:
    """Half-width, upper case, without blanks, hyphens and quotation marks."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_sound(code: str) -> bool:
    """Whether 18 folded characters pass the outer check; the inner organisation digit is not looked at."""
    return len(code) == 18 and uscc.is_valid(code)


@lru_cache(maxsize=1 << 17)
def read_code(text: str) -> Code:
    """What a cell of a code column tells; lists repeat codes, so answers are kept."""
    lost = _LOST.fullmatch(re.sub(r"[\s']", "", unicodedata.normalize("NFKC", text)).upper())
    if lost:
        return Code(CodeKind.LOST, lost[1] + lost[2]) if lost[3] == "17" else NO_CODE
    folded = fold_code(re.sub(r"\.0+$", "", text))
    if is_sound(folded):
        return Code(CodeKind.SOUND, folded)
    if re.fullmatch(r"\d{15}000", folded):
        return Code(CodeKind.LOST, folded[:KNOWN_OF_LOST])
    if re.fullmatch(r"\d{15}", folded):
        return Code(CodeKind.OLD, folded)
    broken = 16 <= len(folded) <= 19 and folded.isascii() and folded.isalnum()
    return Code(CodeKind.BROKEN, folded) if broken else NO_CODE


def mend(code: str) -> str | None:
    """The code that a look-alike character hides, where exactly one change makes the check right."""
    folded = fold_code(code)
    if len(folded) != 18 or is_sound(folded):
        return None
    slips = [(at, LOOK_ALIKES[sign]) for at, sign in enumerate(folded) if sign in LOOK_ALIKES]
    tries = {folded[:at] + meant + folded[at + 1 :] for at, meant in slips}
    sound = [each for each in tries if is_sound(each)]
    return sound[0] if len(sound) == 1 else None


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one character was changed, left out or put in, or two neighbours were exchanged."""
    if len(one) == len(other):
        differ = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        return len(differ) < 2 or _exchanged(one, other, differ)
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def nearly_one(one: str, other: str) -> bool:
    """Whether two sound codes may be one with slips: up to two characters differ, the check character not counted."""
    if len(one) != len(other):
        return False
    differ = [at for at, pair in enumerate(zip(one[:-1], other[:-1], strict=True)) if pair[0] != pair[1]]
    return len(differ) <= SLIPS


def _exchanged(one: str, other: str, differ: list[int]) -> bool:
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    first, second = differ
    return one[first] == other[second] and one[second] == other[first]


def could_be(lost: str, code: str) -> bool:
    """Whether the leading digits of a lost code fit a whole one; the last digit that a sheet shows is rounded."""
    if len(lost) >= KNOWN_OF_LOST:
        return code.startswith(lost[:KNOWN_OF_LOST])
    head = code[: len(lost)]
    return head.isdigit() and 0 <= int(lost) - int(head) <= 1
