"""From what a cell holds to the text that its field takes, and what is wrong with it. Nothing is guessed."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from zuji.core.sheets.columns import Column
from zuji.core.sheets.enums import CellProblem, Kind
from zuji.core.sheets.folding import clean, unreadable
from zuji.core.sheets.places import written
from zuji.core.sheets.typed import Unfit, is_blank, reader
from zuji.register.codes import CodeKind, mend, read_code
from zuji.register.fields import Field
from zuji.register.reading.contents import SHAPES
from zuji.register.reading.enums import Flaw

LONGEST = 500
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|#+")


class Told(NamedTuple):
    """A cell's cleaned text, what is wrong with it if anything, and what is expected there."""

    text: str
    flaw: StrEnum | None = None
    expected: str = ""


NOTHING = Told("")


@lru_cache(maxsize=1 << 15, typed=True)  # lists repeat towns, days and states
def tell(field: Field, raw: object) -> Told:
    """A cell's text for a field. A flawed one keeps its text, so that others can be shown what stood there."""
    if is_blank(raw):
        return NOTHING
    text = clean(written(raw))
    if _ERROR.fullmatch(text):
        return Told("", Flaw.FORMULA_ERROR)
    if unreadable(text):
        return Told("", CellProblem.UNREADABLE_TEXT)
    if len(text) > LONGEST:
        return Told("", CellProblem.TEXT_TOO_LONG, str(LONGEST))
    special = _SPECIAL.get(field)
    return special(field, raw, text) if special else Told(text)


def _code(_field: Field, _raw: object, text: str) -> Told:
    read = read_code(text)
    if read.kind in {CodeKind.SOUND, CodeKind.OLD}:
        return Told(read.text)
    if read.kind is CodeKind.LOST:
        return Told(text.upper(), CellProblem.DIGITS_LOST)
    if read.kind is CodeKind.BROKEN and (meant := mend(read.text)):
        return Told(read.text, Flaw.CODE_MENDABLE, meant)
    return Told(read.text or text, Flaw.CODE_WRONG)


def _typed(field: Field, raw: object, text: str) -> Told:
    """A day, a telephone or a number where the cell says one; else what else the field may hold, or a flaw."""
    try:
        value = _READERS[field](raw)
    except Unfit as unfit:
        # two telephones in a cell, or a band of staff, are as good as one
        fits = unfit.code is not CellProblem.DIGITS_LOST and field not in _DAYS and SHAPES[field].fits(text)
        return Told(text) if fits else Told(text, unfit.code)
    return Told(str(value))


_DAYS = (Field.FOUNDED, Field.AUDITED, Field.STATUS_SINCE)
_READERS: dict[Field, Callable[[object], object]] = {
    **{field: reader(Column(field, (), Kind.DATE)) for field in _DAYS},
    **{field: reader(Column(field, (), Kind.COUNT)) for field in (Field.STAFF, Field.MEMBERS)},
    Field.PHONE: reader(Column(Field.PHONE, (), Kind.PHONE)),
}
_SPECIAL = {Field.CODE: _code, **dict.fromkeys(_READERS, _typed)}
