"""A list page: a table with filters, search, sorting, paging, and an export of exactly what is shown.

A new list is a table, perhaps a filter set, and one call of `list_page`; see `views/participants.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from zuji.console.blocks.files import workbook_or_csv
from zuji.console.blocks.filters import ListFilters
from zuji.console.pages import Page, desk, show
from zuji.core.sheets import Heading

PER_PAGE = 40
FORMATS = ("xlsx", "csv")


class ListTable(tables.Table):
    """A table of a list page; its columns are those of `blocks.columns`. The first column heads its row."""

    class Meta:
        orderable = True

    def headings(self) -> list[Heading]:
        """The columns that an export writes."""
        return [Heading(str(bound.header), bound.column.kind) for bound in self._exported()]

    def values(self) -> Iterator[list[object]]:
        """The cells that an export writes, row by row, every page of them; what is unknown is said as on the page."""
        for row in self.rows:
            yield [self._value(row, bound) for bound in self._exported()]

    def _exported(self) -> list[tables.columns.BoundColumn]:
        return [bound for bound in self.columns if not bound.column.exclude_from_export]

    def _value(self, row: tables.rows.BoundRow, bound: tables.columns.BoundColumn) -> object:
        value = row.get_cell_value(bound.name)
        return gettext(bound.column.empty) if value is None and bound.column.empty else value


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a list page is made of; `file` begins an export's name, `empty` are the words when there are no rows."""

    table: type[ListTable]
    filters: type[ListFilters] | None = None
    file: str
    empty: str
    template: str = "console/list.html"


def list_page(
    request: HttpRequest,
    page: Page,
    listing: Listing,
    rows: QuerySet[Any] | Sequence[object],
    **context: Any,  # noqa: ANN401 - whatever the template wants
) -> HttpResponse:
    """The page, or with `?format=xlsx` and `?format=csv` its rows as a file: the same filters, the same order."""
    chosen, table = _narrow(request, listing, rows)
    if request.GET.get("format") in FORMATS:
        return _export(request, table, listing)
    table.paginator = Paginator(table.rows, PER_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))  # a page that is not there is the nearest one
    everything = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return show(
        request, listing.template, page, table=table, filter=chosen, listing=listing, everything=everything, **context
    )


def narrowed(request: HttpRequest, listing: Listing, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that the list shows on all its pages, in its order; for what else is made of a list."""
    shown: QuerySet[Any] = _narrow(request, listing, rows)[1].data.data
    return shown


def _narrow(
    request: HttpRequest, listing: Listing, rows: QuerySet[Any] | Sequence[object]
) -> tuple[ListFilters | None, ListTable]:
    chosen = listing.filters(request.GET, queryset=rows, request=request) if listing.filters else None
    return chosen, listing.table(chosen.qs if chosen else rows, order_by=request.GET.get("sort"))


def _export(request: HttpRequest, table: ListTable, listing: Listing) -> HttpResponse:
    account, at = desk(request)
    with timezone.override(account.association.time_zone):
        return workbook_or_csv(request.GET["format"], table.headings(), table.values(), file=listing.file, made_at=at)
