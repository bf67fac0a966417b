"""A firm's fields: each with the value in force and the cell that it comes from, and what other cells say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from zuji.console.blocks.told import value_told
from zuji.console.views.register.words import field_named, town_named
from zuji.core.templatetags.words import full_day, say
from zuji.people.audit import names_of
from zuji.register.fields import PERSONAL, Field
from zuji.register.models import Card, Enterprise, Overruling, SourceRow

Cells = list[tuple[SourceRow, str]]
"""Rows that say something of a field, the latest list first, and what they say."""
Names = Mapping[int, str]


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

    value: str | SafeString
    origin: Origin


@dataclass(frozen=True)
class Told:
    """A field: its name, the value in force with its origin, and what else is said."""

    label: str
    value: str | SafeString
    origin: Origin | None
    others: list[Said] = field(default_factory=list)
    overruled: int | None = None


def fields_told(found: Enterprise, *, persons: bool) -> list[Told]:
    """Every field of which something is known, in the order of fields; of persons only for whoever may see them."""
    links = found.links.filter(ended_at=None).select_related("row__source__authority", "row__detail")
    rows = [link.row for link in links.order_by("-row__source__as_of", "-row__source", "row__number")]
    rulings = {each.field: each for each in found.overrulings.filter(ended_at=None)}
    who = names_of(each.made_by for each in rulings.values())
    card: Card | None = getattr(found, "card", None)
    in_force: Mapping[str, Any] = card.values if card else {}
    wanted = (each for each in Field if persons or each not in PERSONAL)
    told = (_told(each, list(_said(each, rows)), rulings.get(each), in_force.get(each, {}), who) for each in wanted)
    return [each for each in told if each is not None]


def _said(of: Field, rows: list[SourceRow]) -> Iterator[tuple[SourceRow, str]]:
    for row in rows:
        detail = getattr(row, "detail", None)
        values = (detail.values if detail else {}) if of in PERSONAL else row.values
        if values.get(of):
            yield row, str(values[of])


def _told(
    of: Field,
    said: list[tuple[SourceRow, str]],
    ruling: Overruling | None,
    kept: Mapping[str, Any],
    who: dict[int, str],
) -> Told | None:
    if not said and ruling is None:
        return None
    if ruling is not None:
        origin = Origin(who.get(ruling.made_by, ""), note=say("firm.because", why=ruling.reason))
        return Told(field_named(of), _shown(of, ruling.value), origin, _others(of, said, ruling.value))
    row, text = next(((row, text) for row, text in said if row.pk == kept.get("row")), said[0])
    return Told(field_named(of), _shown(of, text), origin_of(of, row), _others(of, said, text))


def _others(of: Field, said: Cells, in_force: str) -> list[Said]:
    """What else is said, each value once, with the latest cell that says it."""
    other: dict[str, SourceRow] = {}
    for row, text in said:
        if text != in_force:
            other.setdefault(text, row)
    return [Said(_shown(of, text), origin_of(of, row)) for text, row in other.items()]


def origin_of(of: Field, row: SourceRow) -> Origin:
    """The cell of a row, with its list's authority and day."""
    source = row.source
    cell = f"{row.cells.get(of, '')}{row.number}"
    place = f"{source.sheet} › {cell}" if source.sheet else cell
    note = say("firm.of_list", authority=source.authority.name, day=full_day(source.as_of))
    return Origin(source.file, place, reverse("console:list", args=[source.pk]), note)


def _shown(of: Field, text: str) -> str:
    return town_named(text) if of is Field.TOWN else value_told(text)
