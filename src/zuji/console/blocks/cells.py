"""The cells of a list's rows, as the page shows them and as an export writes them.

django-tables2 asks anew for each cell which arguments a column's function takes. That is most of the time that an
export of 24,000 rows takes, so here it is asked once a column.
"""

from collections.abc import Callable, Iterator, Sequence
from inspect import Parameter, signature
from typing import Any, NamedTuple

import django_tables2 as tables
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

Made = Callable[[Any, Any], Any]
"""From a value and its record, what is shown or written."""


CELL = '<td class="{}" data-th="{}">{}</td>'


class Row(NamedTuple):
    """A row of the page: what heads it, with that column's class, and its other cells as they are written."""

    record: Any
    css: str
    head: object
    cells: SafeString


class Reader:
    """Reads the cells of one column."""

    def __init__(self, bound: tables.columns.BoundColumn, table: tables.Table) -> None:
        column = bound.column
        self.css, self.label, self.default = column.css, str(bound.header), bound.default
        self.unknown = gettext(column.empty) if column.empty else None
        self._accessor, self._none = tables.A(bound.accessor), column.empty_values
        around = {"column": column, "bound_column": bound, "table": table}
        self._show = _made(bound.render, around)
        # the library's own way from a shown to a written value is to show it
        plain = getattr(bound.value, "__func__", None) is tables.Column.value
        self._write = self._show if plain else _made(bound.value, around)

    def show(self, record: Any) -> object:  # noqa: ANN401 - a row of any list
        """What stands in the cell on the page."""
        value = self._value(record)
        return self.default if value in self._none else self._show(value, record)

    def write(self, record: Any) -> object:  # noqa: ANN401 - a row of any list
        """The cell as an export writes it; what is unknown is said as on the page."""
        value = self._value(record)
        written = None if value in self._none else self._write(value, record)
        return self.unknown if written is None else written

    def _value(self, record: Any) -> Any:  # noqa: ANN401 - a row of any list
        try:
            return self._accessor.resolve(record)
        except (AttributeError, LookupError, TypeError, ValueError):
            return None  # a column may be made of its record alone, or lead through a row that is not there


def readers(table: tables.Table) -> list[Reader]:
    """One for each column that is shown, in its order."""
    return [Reader(bound, table) for bound in table.columns]


def rows_of(table: tables.Table, records: Sequence[Any]) -> Iterator[Row]:
    """Rows of the page. Their cells are put together here, since a template takes five times as long over as many."""
    head, *others = readers(table)
    for record in records:
        cells = format_html_join("", CELL, ((each.css, each.label, each.show(record)) for each in others))
        yield Row(record, head.css, head.show(record), cells)


def _made(function: Callable[..., Any], around: dict[str, Any]) -> Made:
    wanted = signature(function).parameters.values()
    names = {each.name for each in wanted}
    takes_all = any(each.kind is Parameter.VAR_KEYWORD for each in wanted)
    fixed = {name: thing for name, thing in around.items() if takes_all or name in names}
    with_value, with_record = takes_all or "value" in names, takes_all or "record" in names
    if with_value and with_record:
        return lambda value, record: function(value=value, record=record, **fixed)
    if with_value:
        return lambda value, _: function(value=value, **fixed)
    return lambda _, record: function(record=record, **fixed)
