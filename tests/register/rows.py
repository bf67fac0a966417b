"""Lists, rows and firms laid straight into the tables, for tests that are about what stands on them."""

from collections.abc import Iterable
from datetime import date, datetime

from tests.cast import DAY, LONG_AGO
from zuji.core.models import Association
from zuji.register.enums import Band, ListState
from zuji.register.fields import PERSONAL, Field
from zuji.register.models import Authority, Card, Doubt, Enterprise, Link, SourceList, SourceRow, SourceRowDetail
from zuji.register.settling import show

JUNE = date(2021, 6, 30)
LETTERS = dict(zip(Field, "ABCDEFGHIJKLMNOPQRSTUVWXYZ[]", strict=True))
"""The column that each field stands in."""


def authority(association: Association, name: str = "市场监管局") -> Authority:
    """An authority, made once."""
    return Authority.objects.get_or_create(association=association, name=name)[0]


def source(
    association: Association,
    rows: Iterable[dict[str, str]] = (),
    *,
    by: str = "市场监管局",
    as_of: date = JUNE,
) -> SourceList:
    """A list that was taken in, with rows from the second on; each is told by field."""
    sender = authority(association, by)
    number = SourceList.objects.count() + 1
    made = SourceList.objects.create(
        authority=sender,
        file=f"{by}{number}.xlsx",
        sheet="名单",
        digest=f"{number:064}",
        as_of=as_of,
        state=ListState.TAKEN_IN,
        staged_at=LONG_AGO,
        taken_in_at=LONG_AGO,
    )
    for place, told in enumerate(rows, 2):
        row(made, place, **told)
    return made


def row(of: SourceList, number: int, **told: str) -> SourceRow:
    """A row of a list; what it says of persons stands apart."""
    values = {name: text for name, text in told.items() if name not in PERSONAL}
    cells = {name: LETTERS[Field(name)] for name in told}
    made = SourceRow.objects.create(source=of, number=number, values=values, cells=cells)
    if persons := {name: text for name, text in told.items() if name in PERSONAL}:
        SourceRowDetail.objects.create(row=made, values=persons, received_at=DAY)
    return made


def firm(association: Association, *rows: SourceRow, at: datetime = LONG_AGO) -> Enterprise:
    """A firm that these rows are about."""
    made = Enterprise.objects.create(association=association, made_at=at)
    Link.objects.bulk_create(Link(row=each, enterprise=made, band=Band.SURE, made_at=at) for each in rows)
    return made


def firms(association: Association, *told: dict[str, str], by: str = "市场监管局") -> list[Enterprise]:
    """A firm with a card, and what the rules say of it, for each row of a new list."""
    listed = source(association, told, by=by)
    made = [firm(association, each) for each in listed.rows.order_by("number")]
    show([each.pk for each in made], association, at=DAY)
    return made


def doubt(one: Enterprise, other: Enterprise, rank: int = 1) -> Doubt:
    """Whether the first rows of two firms are about one."""
    rows = [each.links.earliest("pk").row for each in (one, other)]
    first, second = sorted(rows, key=lambda each: each.pk)
    about = {"association": one.association, "rank": rank, "score": 1.5}
    return Doubt.objects.create(one=first, other=second, **about)


def cards(association: Association) -> list[dict[str, object]]:
    """The cards as they stand, in full."""
    return list(Card.objects.filter(association=association).order_by("pk").values())
