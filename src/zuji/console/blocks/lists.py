"""A list page: a table with filters, search, order, pages, chosen columns and saved views, acts on many rows at once,
and an export of exactly what is shown.

A new list is a table, perhaps a filter set, and one call of `list_page`; see `views/participants.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

import django_tables2 as tables
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from zuji.console.blocks import picked, views
from zuji.console.blocks.bulk import BulkAct
from zuji.console.blocks.cells import readers, rows_of
from zuji.console.blocks.columns import Layout, Link
from zuji.console.blocks.files import streamed
from zuji.console.blocks.filters import ListFilters
from zuji.console.pages import Page, desk, show
from zuji.core.sheets import Heading
from zuji.people.enums import Right
from zuji.people.rights import rights_of

PER_PAGE = 40
PAGE_SIZES = (PER_PAGE, 100, 200)
FORMATS = ("xlsx", "csv")
ROWS_AT_ONCE = 500
KEPT = ("per", "cols")
"""What an address says beside its filters and its order, and a change of those leaves as it is."""
MOVED = ("cols", "col", "up", "page")
"""What a change of columns makes anew."""

Rows = QuerySet[Any] | Sequence[object]


class ListTable(tables.Table):
    """A table of a list page; its columns are those of `blocks.columns`. The first column heads its row."""

    class Meta:
        orderable = True

    request: HttpRequest

    def prepare(self, rows: Sequence[Any]) -> None:
        """Look up what cells need beyond their own row: once for a page, and once for every few hundred exported."""

    def headings(self) -> list[Heading]:
        """The columns that an export writes."""
        return [Heading(str(bound.header), bound.column.kind) for bound in self.columns]

    def values(self) -> Iterator[list[object]]:
        """The cells that an export writes, row by row, every page of them."""
        exported = readers(self)
        for chunk in self._chunks():
            self.prepare(chunk)
            for record in chunk:
                yield [reader.write(record) for reader in exported]

    def _chunks(self) -> Iterator[list[Any]]:
        data = self.data.data
        records = data.iterator(chunk_size=ROWS_AT_ONCE) if isinstance(data, QuerySet) else iter(data)
        while chunk := list(islice(records, ROWS_AT_ONCE)):
            yield chunk


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a list page is made of; `file` begins an export's name, `empty` are the words when there are no rows.

    `acts` is what can be done to many rows at once; each is offered to whoever has its right. `saved`: whether views
    of it are worth saving, which those of a passing list are not.
    """

    table: type[ListTable]
    filters: type[ListFilters] | None = None
    file: str
    empty: str
    template: str = "console/list.html"
    acts: tuple[BulkAct, ...] = ()
    saved: bool = True


def list_page(
    request: HttpRequest,
    page: Page,
    listing: Listing,
    rows: Rows,
    **context: Any,  # noqa: ANN401 - whatever the template wants
) -> HttpResponse:
    """The page, or with `?format=xlsx` and `?format=csv` its rows as a file: the same filters, columns and order.

    A post is an act on the rows that were picked, or on all that the address narrows to.
    """
    if listing.acts and request.method == "POST":
        return picked.answer(request, page, listing.acts, narrowed(request, listing, rows))
    if canonical := Layout.rearranged(listing.table, request.GET):
        return redirect(f"{request.path}?{canonical}")
    chosen, table = _narrow(request, listing, rows)
    if request.GET.get("format") in FORMATS:
        return _export(request, table, listing)
    shown: dict[str, Any] = {
        "table": table,
        "rows": list(rows_of(table, _turn_to(table, request.GET))),
        "filter": chosen,
        "listing": listing,
        "layout": Layout(listing.table, request.GET),
        "everything": _everything(request.GET, chosen, table, rows),
        "sizes": PAGE_SIZES,
        "orders": _orders(table, request.GET.get("sort", "")),
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
        "around": [(name, value) for name, values in request.GET.lists() if name not in MOVED for value in values],
        "views": views.of(request) if listing.saved else None,
        "opens": isinstance(next(iter(listing.table.base_columns.values())), Link),
        "acts": _offered(request, listing, context.get("rights")),
    }
    return show(request, listing.template, page, **shown, **context)


def narrowed(request: HttpRequest, listing: Listing, rows: Rows) -> QuerySet[Any]:
    """The rows that the list shows on all its pages, in its order; for what else is made of a list."""
    shown: QuerySet[Any] = _narrow(request, listing, rows)[1].data.data
    return shown


def _narrow(request: HttpRequest, listing: Listing, rows: Rows) -> tuple[ListFilters | None, ListTable]:
    chosen = listing.filters(request.GET, queryset=rows, request=request) if listing.filters else None
    layout = Layout(listing.table, request.GET)
    table = listing.table(
        chosen.qs if chosen else rows,
        order_by=request.GET.get("sort"),
        sequence=layout.sequence,
        exclude=layout.hidden,
    )
    table.request = request
    if isinstance(rows, QuerySet) and table.order_by:
        table.data.data = _steady(table.data.data, rows)
    return chosen, table


def _steady(sorted_rows: QuerySet[Any], rows: QuerySet[Any]) -> QuerySet[Any]:
    """The chosen order, within it the list's own, and the key last, or rows could come on two pages or on none."""
    own = rows.query.order_by or rows.model._meta.ordering
    terms = [*sorted_rows.query.order_by, *own, "pk"]
    return sorted_rows.order_by(*(_unknown_last(rows, term) for term in dict.fromkeys(terms)))


def _unknown_last(rows: QuerySet[Any], term: Any) -> Any:  # noqa: ANN401 - a name or an expression
    """What is unknown comes last, whichever way round the rest goes."""
    if not isinstance(term, str) or not term.startswith("-"):
        return term
    # a plain descending term can be read from an index backwards, one with nulls last cannot
    return OrderBy(F(term[1:]), descending=True, nulls_last=True) if _can_be_unknown(rows, term[1:]) else term


def _can_be_unknown(rows: QuerySet[Any], name: str) -> bool:
    try:
        return name != "pk" and bool(rows.model._meta.get_field(name).null)
    except FieldDoesNotExist:
        return True


def _turn_to(table: ListTable, query: QueryDict) -> list[Any]:
    """The records of the asked page; one that is not there is the nearest one."""
    asked = query.get("per", "")
    size = int(asked) if asked in map(str, PAGE_SIZES) else PER_PAGE
    table.paginator = Paginator(table.data.data, size)
    table.page = table.paginator.get_page(query.get("page"))
    records = _fetched(table.data.data, table.page.object_list)
    table.prepare(records)
    return records


def _fetched(rows: Rows, page: Rows) -> list[Any]:
    """The records of a page: their keys first, then them, so that a late page sorts keys and not whole rows."""
    if not isinstance(rows, QuerySet) or not isinstance(page, QuerySet):
        return list(page)
    keys = list(page.values_list("pk", flat=True))
    found = {record.pk: record for record in rows.filter(pk__in=keys).order_by()}
    return [found[key] for key in keys]


def _everything(query: QueryDict, chosen: ListFilters | None, table: ListTable, rows: Rows) -> int:
    """How many rows there are without filters; counted apart only where filters are set."""
    if chosen is None or not any(query.get(name) for name in chosen.filters):
        return int(table.paginator.count)
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


def _orders(table: ListTable, sort: str) -> list[tuple[str, str, bool]]:
    """What the list can be ordered by: the address's word, its words, whether it is so now. The list's own first."""
    arrows = {"": "↑", "-": "↓"}
    columns = [bound for bound in table.columns if bound.orderable]
    ways = [(way + bound.name, f"{bound.header} {arrow}") for bound in columns for way, arrow in arrows.items()]
    return [("", gettext("list.order_usual"), not sort), *((alias, label, alias == sort) for alias, label in ways)]


def _offered(request: HttpRequest, listing: Listing, rights: set[Right] | None) -> list[BulkAct]:
    if not listing.acts:
        return []
    account, at = desk(request)
    held = rights_of(account, at=at) if rights is None else rights
    return [act for act in listing.acts if act.right in held]


def _export(request: HttpRequest, table: ListTable, listing: Listing) -> HttpResponse:
    account, at = desk(request)
    with timezone.override(account.association.time_zone):
        answer = streamed(
            request, request.GET["format"], table.headings(), table.values(), file=listing.file, made_at=at
        )
    return cast(HttpResponse, answer)  # what views are said to return; to whoever serves them it is all one
