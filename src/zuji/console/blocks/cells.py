"""The cells of a list's rows, as the page shows them and as an export writes them.

django-tables2 asks anew for each cell which arguments a column's function takes. That is most of the time that an
export of 24,000 rows takes, so here it is asked once a column.
"""

from collections.abc import Callable, Iterator, Sequence
from inspect import Parameter, signature
from typing import Any, NamedTuple

import django_tables2 as tables
from django.utils.translation import gettext

Made = Callable[[Any, Any], Any]
"""From a value and its record, what is shown or written."""


class Cell(NamedTuple):
    """A cell of the page: its column's class and words, and what stands in it."""

    css: str
    label: str
    shown: object


class Row(NamedTuple):
    """A row of the page."""

    record: Any
    cells: list[Cell]


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

    def show(self, record: Any) -> Cell:  # noqa: ANN401 - a row of any list
        """The cell as the page shows it."""
        value = self._value(record)
        return Cell(self.css, self.label, self.default if value in self._none else self._show(value, record))

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
    """Rows of the page."""
    shown = readers(table)
    for record in records:
        yield Row(record, [reader.show(record) for reader in shown])


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
