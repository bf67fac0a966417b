"""Figures and the records that they count."""

from datetime import date

from ninja import Schema

from zuji.api.schemas.common import Words
from zuji.briefing.enums import Qualifier


class Figure(Schema):
    """An indicator's value at a cut-off, with the word that it carries and as it is printed."""

    id: str
    version: int
    name: Words
    value: int
    qualifier: Qualifier
    printed: Words
    as_of: str
    digest: str
    whole: int | None


class Record(Schema):
    """One thing that a figure counts, how much it weighs, and what it belongs to."""

    key: str
    weight: int
    dimensions: dict[str, str | int | bool | None]


class Records(Schema):
    """A part of a trace; the weights of all records add up to the value."""

    id: str
    as_of: date | None
    count: int
    value: int
    records: list[Record]
