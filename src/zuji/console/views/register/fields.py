"""A firm's fields: each with the value in force and the cell that it comes from, and what other cells say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from zuji.console.blocks.told import value_told
from zuji.console.views.register.words import field_named, town_named
from zuji.core.templatetags.words import full_day, say
from zuji.people.audit import names_of
from zuji.register.census.comparing import veiled
from zuji.register.fields import Field
from zuji.register.queries import FieldTold
from zuji.register.queries import Origin as Cell

Lists = Mapping[int, int]
"""The list of each row, both by their keys."""


@dataclass(frozen=True)
class Origin:
    """Where a value comes from: a list with its page and the cell, or a person; `note` is when, whose or why."""

    source: str
    place: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Said:
    """What one cell says."""

    value: str
    origin: Origin


@dataclass(frozen=True)
class Shown:
    """A field: its name, the value in force with its origin, and what else is said."""

    label: str
    value: str
    origin: Origin
    others: list[Said] = field(default_factory=list)


def fields_shown(record: Sequence[FieldTold], lists: Lists) -> list[Shown]:
    """The fields of a record as the page shows them; each other value once, with the first cell that says it."""
    who = names_of(each.ruling.made_by for each in record if each.ruling)
    return [_shown(each, lists, who) for each in record]


def _shown(told: FieldTold, lists: Lists, who: Mapping[int, str]) -> Shown:
    of, ruling = Field(told.field), told.ruling
    if ruling is not None:
        origin = Origin(who.get(ruling.made_by, ""), note=say("firm.because", why=ruling.reason))
    else:
        origin = origin_of(told.cells[0], lists)
    other = {cell.text: cell for cell in reversed(told.others)}
    others = [Said(words_of_value(of, text), origin_of(cell, lists)) for text, cell in reversed(other.items())]
    return Shown(field_named(of), words_of_value(of, told.value), origin, others)


def origin_of(cell: Cell, lists: Lists) -> Origin:
    """A cell with its list's page, authority and day."""
    at = f"{cell.column}{cell.row}"
    note = say("firm.of_list", authority=cell.authority, day=full_day(cell.as_of))
    url = reverse("console:list", args=[lists[cell.row_id]]) if cell.row_id in lists else ""
    return Origin(cell.file, f"{cell.sheet} › {at}" if cell.sheet else at, url, note)


def words_of_value(of: Field, text: str) -> str:
    """A value as the page tells it: a town by its name, a small count of members as below five."""
    return town_named(text) if of is Field.TOWN else value_told(veiled(of, text))
