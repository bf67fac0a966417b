"""From what a cell holds to what a column means. Nothing is guessed: digits that are lost stay lost."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from math import isfinite

from zuji.core.sheets.columns import Column
from zuji.core.sheets.enums import CellProblem, Kind
from zuji.core.sheets.folding import clean, compact, squeeze, stripped, unreadable
from zuji.core.sheets.places import FIRST_SCIENTIFIC, written

Reader = Callable[[object], object]

FORMULA_SIGNS = "=+-@"
MAX_COUNT = 2_147_483_647
_BLANKS = frozenset({"", "-", "--", "—", "——", "/", "\\"})
_SCIENTIFIC = re.compile(r"([0-9])(?:\.([0-9]+))?E\+?([0-9]{1,3})", re.IGNORECASE)
_CODE = re.compile(r"[0-9A-Z-]+")
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,12})?")
_COUNT = re.compile(r"([0-9]{1,10})[人名家个位次]?")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9]{9})")
_PHONE = re.compile(
    r"(?:\+?86)?0[0-9]{2,3}-?[0-9]{7,8}(?:[-转][0-9]{1,6})?|[0-9]{7,8}|400-?[0-9]{3}-?[0-9]{4}|\+[0-9]{7,15}"
)
_DAY = re.compile(
    r"([12][0-9]{3}) ?[-./年] ?([0-9]{1,2}) ?[-./月] ?([0-9]{1,2}) ?日?"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
_DAY_RUN = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_DATE_MARKS = str.maketrans("。．／－：", "../-:")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_959, 73_051)  # 1930 to 2099: a bare 2019 is a year, not a day in 1905


class Unfit(Exception):
    """A cell that its column cannot take."""

    def __init__(self, code: CellProblem, expected: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


def reader(column: Column) -> Reader:
    """A function from a raw cell to the column's typed value, None for a blank; it raises `Unfit`."""
    if column.kind is Kind.CHOICE:
        words = {squeeze(word): key for word, key in column.choices.items()}
        return partial(_filled, partial(_choice, words=words, expected="、".join(column.choices)))
    if column.kind is Kind.TEXT:
        return partial(_filled, partial(_text, limit=column.limit))
    return partial(_filled, _PLAIN[column.kind])


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing, or only the stroke that stands for nothing."""
    return raw is None or (isinstance(raw, str) and stripped(raw) in _BLANKS)


def _filled(read: Reader, raw: object) -> object:
    return None if is_blank(raw) else read(raw)


def _words(raw: object) -> str:
    """A cell as text, with all its digits or not at all."""
    if isinstance(raw, str):
        return raw[1:] if raw[:1] == "'" and raw[1:2] in FORMULA_SIGNS else raw
    if isinstance(raw, float | int) and not isinstance(raw, bool) and not abs(raw) < FIRST_SCIENTIFIC:
        raise Unfit(CellProblem.DIGITS_LOST)
    return written(raw)


def _unshortened(text: str) -> str:
    """Undo the scientific notation of a code or telephone where it kept every digit; refuse where it did not."""
    short = _SCIENTIFIC.fullmatch(text)
    if short is None:
        return text
    # 1.3800138000E+10 still has all its digits, 1.38E+10 has not
    first, rest, power = short[1], short[2] or "", int(short[3])
    if len(rest) < power:
        raise Unfit(CellProblem.DIGITS_LOST)
    return first + rest[:power]


def _text(raw: object, *, limit: int) -> str:
    text = clean(_words(raw))
    if unreadable(text):
        raise Unfit(CellProblem.UNREADABLE_TEXT)
    if len(text) > limit:
        raise Unfit(CellProblem.TEXT_TOO_LONG, str(limit))
    return text


def _code(raw: object) -> str:
    text = _unshortened(compact(_words(raw)).upper().removeprefix("'"))
    if not _CODE.fullmatch(text):
        raise Unfit(CellProblem.NOT_A_CODE)
    return text


def _phone(raw: object) -> str:
    text = _unshortened(compact(_words(raw)).removeprefix("'"))
    plain = text.replace("(", "").replace(")", "-").replace("--", "-")
    # the country's own prefix is dropped, so that the same telephone is the same text
    if mobile := _MOBILE.fullmatch(plain.replace("-", "")):
        return mobile[1]
    if not _PHONE.fullmatch(plain):
        raise Unfit(CellProblem.NOT_A_PHONE)
    return plain


def _count(raw: object) -> int:
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        whole = int(raw) if isfinite(raw) and raw == int(raw) else -1
    else:
        match = _COUNT.fullmatch(_THOUSANDS.sub("", compact(_words(raw))))
        whole = int(match[1]) if match else -1
    if not 0 <= whole <= MAX_COUNT:
        raise Unfit(CellProblem.NOT_A_COUNT)
    return whole


def _number(raw: object) -> Decimal:
    text = _THOUSANDS.sub("", compact(_words(raw)))
    if isinstance(raw, bool) or not _NUMBER.fullmatch(text):
        raise Unfit(CellProblem.NOT_A_NUMBER)
    return Decimal(text)


def _date(raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    day = None if isinstance(raw, bool) else _written_day(clean(_words(raw).translate(_DATE_MARKS)))
    if day is None:
        raise Unfit(CellProblem.NOT_A_DATE)
    return day


def _written_day(text: str) -> date | None:
    if parts := _DAY.fullmatch(text) or _DAY_RUN.fullmatch(text):
        try:
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
        except ValueError:
            return None
    # the fraction of a serial is the time of day
    whole = text.partition(".")[0]
    serial = int(whole) if whole.isascii() and whole.isdigit() and len(whole) == len(str(_SERIALS.start)) else 0
    return _SERIAL_ZERO + timedelta(days=serial) if serial in _SERIALS else None


def _choice(raw: object, *, words: dict[str, str], expected: str) -> str:
    key = words.get(squeeze(_words(raw)))
    if key is None:
        raise Unfit(CellProblem.NOT_A_CHOICE, expected)
    return key


_PLAIN: dict[Kind, Reader] = {
    Kind.CODE: _code,
    Kind.PHONE: _phone,
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
}
