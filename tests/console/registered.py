"""A register of a few firms, laid straight into its tables: lists of an authority, rows, firms, cards."""

from datetime import date, timedelta
from typing import Any

from tests.cast import DAY
from zuji.core.models import Association
from zuji.register.enums import Band, ListState
from zuji.register.finding import grams, search_key
from zuji.register.models import Authority, Card, Doubt, Enterprise, Link, SourceList, SourceRow, SourceRowDetail

JUNE, BEFORE = date(2021, 6, 30), DAY - timedelta(days=3)


def authority(association: Association, name: str = "市场监管") -> Authority:
    """An authority, made once."""
    return Authority.objects.get_or_create(association=association, name=name)[0]


def source(of: Authority, file: str = "6月名单.xlsx", **changes: Any) -> SourceList:
    """A list that was taken in."""
    values = {
        "digest": file,
        "sheet": "企业",
        "as_of": JUNE,
        "state": ListState.TAKEN_IN,
        "columns": {"0": "name", "1": "code", "2": "phone"},
        "header": ["企业名称", "信用代码", "电话"],
        "staged_at": DAY,
        "taken_in_at": DAY,
    }
    return SourceList.objects.create(authority=of, file=file, **values | changes)


def row(of: SourceList, number: int, name: str, *, phone: str = "", **values: str) -> SourceRow:
    """A row of a list; a telephone stands apart."""
    said = {"name": name, **values}
    made = SourceRow.objects.create(
        source=of, number=number, values=said, cells={"name": "A", "code": "B", "phone": "C"}
    )
    if phone:
        SourceRowDetail.objects.create(row=made, values={"phone": phone}, received_at=DAY)
    return made


def firm(association: Association, name: str, *, rows: int = 1, number: int = 1, **card: Any) -> Enterprise:
    """A firm with a row in each of several lists, and its card."""
    made = Enterprise.objects.create(association=association, made_at=BEFORE)
    listed = SourceList.objects.filter(authority__association=association)
    sources = list(listed[:rows]) or [source(authority(association))]
    laid = [row(each, number + 100 * made.pk, name, code=card.get("code", "")) for each in sources]
    Link.objects.bulk_create(Link(row=each, enterprise=made, band=Band.SURE, made_at=BEFORE, why=[]) for each in laid)
    values = {"name": {"value": name, "row": laid[0].pk, "column": "A"}}
    Card.objects.create(
        enterprise=made,
        association=association,
        name=name,
        sort_key=name,
        search_key=search_key([name]),
        grams=grams([name]),
        values=values,
        rows=len(laid),
        lists=len(laid),
        **card,
    )
    return made


def doubt(association: Association, one: SourceRow, other: SourceRow, rank: int = 1) -> Doubt:
    """A pair that waits."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    return Doubt.objects.create(association=association, one=first, other=second, rank=rank, score=1.5, why=[])
