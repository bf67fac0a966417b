"""Organisations by checkpoints."""

from datetime import datetime

from ninja import Schema

from zuji.api.schemas.common import Words

Count = int | str
"""A number, or `<3` where the public may not know it."""


class Place(Schema):
    """A column."""

    id: int
    name: Words
    stop: int | None
    site: Words | None
    site_short: str | None
    times: int


class Cell(Schema):
    """What came from one organisation at one checkpoint, and how many are probably still on phones."""

    checkpoint: int
    delivered: Count
    grades: dict[str, int] | None
    late: int | None
    probably: int | None
    last_at: datetime | None
    last_received: datetime | None


class Row(Schema):
    """An organisation's cells."""

    id: int
    name: str
    kind: str
    expected: int | None
    cells: list[Cell]


class Matrix(Schema):
    """The whole of it; `masked` where small numbers are hidden from the public."""

    campaign: int
    as_of: datetime
    masked: bool
    checkpoints: list[Place]
    organisations: list[Row]
    totals: dict[str, int]
