"""Reads about firms that others may call."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, Q, QuerySet

from zuji.core.models import Association
from zuji.register.cards import cells_of, ground_on, root_of, told_of
from zuji.register.enums import Answer
from zuji.register.fields import PERSONAL, Field
from zuji.register.judging import day_of
from zuji.register.models import Card, Enterprise, Link, Overruling, SourceList, SourceRowDetail
from zuji.register.searching import search
from zuji.register.values import Cell
from zuji.register.writing import merged_into

__all__ = [
    "COUNTS",
    "FieldTold",
    "Origin",
    "TownCounts",
    "counts_by_town",
    "family",
    "links_of",
    "record_of",
    "resolved",
    "search",
]


@dataclass(frozen=True, slots=True)
class Origin:
    """A cell: what it says, and where: file, sheet, row, column, the list's day and authority."""

    text: str
    row_id: int
    file: str
    sheet: str
    row: int
    column: str
    as_of: date
    authority: str


@dataclass(frozen=True, slots=True)
class FieldTold:
    """A field of a firm: its value in force, the person's word or the cell that it comes from, and all cells."""

    field: str
    value: str
    ruling: Overruling | None
    cells: tuple[Origin, ...]

    @property
    def others(self) -> tuple[Origin, ...]:
        """The cells that say something else than what is in force."""
        return tuple(cell for cell in self.cells if cell.text != self.value)


def record_of(enterprise: Enterprise, *, at: datetime, persons: bool = False) -> list[FieldTold]:
    """Every field of a firm of which something is known, the cell in force first.

    Of a merged firm it tells the one that it was found to be. What is said of persons is told only when asked for.
    """
    association = Association.objects.get(pk=enterprise.association_id)
    ground = ground_on(association.pk, day_of(association, at))
    members = family(enterprise.pk, association.pk)
    root = members[0]
    told = told_of({root: members}, ground.on)[root]
    if persons:
        details = SourceRowDetail.objects.filter(row__in=[row.key for row in told.rows])
        by_row = dict(details.values_list("row", "values"))
        for row in told.rows:
            row.values = {**row.values, **by_row.get(row.key, {})}
    places = _places({row.source for row in told.rows})
    fields = []
    for of in Field:
        cells = cells_of(ground, told, of) if persons or of not in PERSONAL else []
        ruling = told.ruled.get(of)
        if ruling is not None or cells:
            value = ruling.value if ruling else cells[0].text
            fields.append(FieldTold(of.value, value, ruling, tuple(_origin(cell, places) for cell in cells)))
    return fields


def family(firm: int, association_id: int) -> list[int]:
    """The firm that one was found to be in the end, and every one that was found to be it."""
    merged = merged_into(association_id)
    root = root_of(firm, merged)
    return [root, *(each for each in sorted(merged) if root_of(each, merged) == root)]


def _places(lists: set[int]) -> dict[int, tuple[str, str, str]]:
    found = SourceList.objects.filter(pk__in=lists).values_list("pk", "file", "sheet", "authority__name")
    return {key: (file, sheet, authority) for key, file, sheet, authority in found}


def _origin(cell: Cell, places: dict[int, tuple[str, str, str]]) -> Origin:
    file, sheet, authority = places[cell.source]
    return Origin(cell.text, cell.row, file, sheet, cell.number, cell.column, cell.as_of, authority)


def links_of(enterprise: Enterprise) -> QuerySet[Link]:
    """The rows in force of a firm and of those that were found to be it, the latest list first."""
    links = Link.objects.filter(enterprise__in=family(enterprise.pk, enterprise.association_id), ended_at=None)
    joined = links.select_related("row__source__authority")
    return joined.order_by("-row__source__as_of", "-row__source", "row__number")


def resolved(enterprise_id: int) -> int:
    """The firm that one is in the end, over however many merges."""
    firm = Enterprise.objects.get(pk=enterprise_id)
    return root_of(firm.pk, merged_into(firm.association_id))


@dataclass(frozen=True, slots=True)
class TownCounts:
    """How many firms a town has, how many of them count, and what the rules say of those: of `not_known` nobody knows
    whether they are three-haves firms.
    """

    town: str
    firms: int
    counted: int
    three_haves: int
    not_known: int
    key: int


COUNTS: Final = Q(internet=Answer.YES, in_district=Answer.YES, active=Answer.YES)
"""What makes a firm count as one of the district's Internet firms, as R1 counts them."""


def counts_by_town(cards: QuerySet[Card]) -> list[TownCounts]:
    """Counts by town's code, "" for firms whose town nobody knows."""
    yes, unknown = Answer.YES, Answer.UNKNOWN
    counted = cards.order_by("town").values("town")
    counted = counted.annotate(
        firms=Count("pk"),
        sure=Count("pk", filter=COUNTS),
        haves=Count("pk", filter=COUNTS & Q(three_haves=yes)),
        open=Count("pk", filter=COUNTS & Q(three_haves=unknown)),
        keys=Count("pk", filter=COUNTS & Q(key=yes)),
    )
    columns = ("town", "firms", "sure", "haves", "open", "keys")
    return [TownCounts(*row) for row in counted.values_list(*columns)]
