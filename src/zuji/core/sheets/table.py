"""Reading the one table that a caller wants out of a workbook, row by row, good and bad."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from zuji.core.errors import Invalid
from zuji.core.sheets.columns import LIMITS, Column, Limits
from zuji.core.sheets.enums import CellProblem, SheetRefusal
from zuji.core.sheets.files import RawSheet, read_sheets
from zuji.core.sheets.header import Header, find_header
from zuji.core.sheets.places import Cell, Problem, shown
from zuji.core.sheets.screening import screen
from zuji.core.sheets.sorting import Skipped, data_rows, origins
from zuji.core.sheets.typed import Reader, Unfit, reader


class Row:
    """A data row: its typed values by key, None for a blank or a bad one, and what is wrong with it."""

    __slots__ = ("_index", "_table", "problems", "values")

    def __init__(self, table: "Table", index: int) -> None:
        self._table = table
        self._index = index
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []

    @property
    def number(self) -> int:
        """The row's number in its sheet, from 1."""
        return self._index + 1

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - its type is the column's
        return self.values[key]

    def cell(self, key: str) -> Cell:
        """Where a value stood: the first cell of a merged range; a column that the sheet lacks is pointed at as A."""
        row, column = self._table.origin(self._index, self._table.placed.get(key, 0))
        return Cell(self._table.file, self._table.sheet, row + 1, column + 1)

    def raw(self, key: str) -> object:
        """What stood there before it was typed; blank where the sheet lacks the column."""
        place = self._table.placed.get(key)
        return "" if place is None else self._table.at(self._index, place)

    def whole(self) -> list[object]:
        """All cells of the row as they stand, wanted or not."""
        return [self._table.at(self._index, place) for place in range(self._table.width)]

    def reject(self, code: StrEnum, key: str, *, expected: str = "") -> None:
        """Add a problem of the caller's own to a value."""
        self.problems.append(Problem(str(code), self.cell(key), shown(self.raw(key)), expected))


@dataclass(frozen=True)
class Table:
    """A table found in a sheet. `placed` gives the 0-based sheet column of each wanted key that the sheet has."""

    file: str
    columns: tuple[Column, ...]
    others: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    _raw: RawSheet
    _header: Header
    _kept: tuple[int, ...]
    _origins: Mapping[tuple[int, int], tuple[int, int]]

    @property
    def sheet(self) -> str:
        return self._raw.name

    @property
    def header(self) -> tuple[int, int]:
        """First and last row of the header, from 1."""
        return self._header.top + 1, self._header.bottom + 1

    @property
    def placed(self) -> Mapping[str, int]:
        return self._header.placed

    @property
    def width(self) -> int:
        return len(self._header.paths)

    @property
    def titles(self) -> tuple[str, ...]:
        """The name of each sheet column."""
        return self._header.titles

    @property
    def unused(self) -> tuple[str, ...]:
        """Names of the columns that nobody asked for; they are not read."""
        used = set(self.placed.values())
        return tuple(title for place, title in enumerate(self.titles) if title and place not in used)

    def __len__(self) -> int:
        return len(self._kept)

    def rows(self) -> Iterator[Row]:
        """The data rows in their order, typed one by one as they are asked for."""
        readers = [(column, reader(column)) for column in self.columns]
        first_seen: dict[tuple[str, object], Cell] = {}
        for index in self._kept:
            row = Row(self, index)
            for column, read in readers:
                _fill(row, column, read)
                if column.unique and row.values[column.key] is not None:
                    _check_first(row, column.key, first_seen)
            yield row

    def at(self, index: int, place: int) -> object:
        """A raw cell, by 0-based row and column, looked up through merged ranges."""
        return self._raw.at(*self.origin(index, place))

    def origin(self, index: int, place: int) -> tuple[int, int]:
        """The 0-based cell in which a value was written: the first one of a range merged over rows."""
        return self._origins.get((index, place), (index, place))


def read_table(
    data: bytes, *, file: str, columns: Sequence[Column], sheet: str | None = None, limits: Limits = LIMITS
) -> Table:
    """The table with the wanted columns in a workbook (.xlsx, .xls) or CSV.

    Without `sheet` the visible sheet that fits best is taken, the first among equals. Raises `Invalid` with a
    `SheetRefusal` when the file as a whole cannot be taken; nothing has been typed or handed out by then.
    """
    sheets = read_sheets(data, file, limits)
    headers = [find_header(raw, columns) for raw in sheets]
    # all sheets, before one is chosen: what may not come in may not come in by the side door
    for raw, header in zip(sheets, headers, strict=True):
        screen(file, raw, header)
    fitting = [(raw, header) for raw, header in zip(sheets, headers, strict=True) if header and raw.visible]
    raw, header = _chosen(fitting, file, sheet, sheets)
    _check_header(file, raw, header, columns)
    filled = origins(raw, header)
    kept, skipped = data_rows(raw, header, filled)
    if not kept:
        raise Invalid(SheetRefusal.NO_ROWS, file=file, sheet=raw.name, row=header.bottom + 1)
    others = tuple(other.name for other, _ in fitting if other is not raw)
    return Table(file, tuple(columns), others, skipped, raw, header, kept, filled)


def _chosen(
    fitting: Sequence[tuple[RawSheet, Header]], file: str, sheet: str | None, sheets: Sequence[RawSheet]
) -> tuple[RawSheet, Header]:
    if sheet is not None and sheet not in {raw.name for raw in sheets if raw.visible}:
        raise Invalid(SheetRefusal.NO_SUCH_SHEET, file=file, sheet=sheet)
    asked = [pair for pair in fitting if sheet in (None, pair[0].name)]
    if not asked:
        raise Invalid(SheetRefusal.NO_HEADER, file=file, sheet=sheet or "")
    return max(asked, key=lambda pair: pair[1].score[:2])


def _check_header(file: str, raw: RawSheet, header: Header, columns: Sequence[Column]) -> None:
    for key, place in header.doubles.items():
        first = Cell(file, raw.name, header.bottom + 1, header.placed[key] + 1)
        second = Cell(file, raw.name, header.bottom + 1, place + 1)
        raise Invalid(
            SheetRefusal.DUPLICATE_HEADER, file=file, header=header.joined(place), cell=str(first), other=str(second)
        )
    missing = [column.headers[0] for column in columns if column.required and column.key not in header.placed]
    if missing:
        raise Invalid(
            SheetRefusal.MISSING_COLUMN, file=file, sheet=raw.name, row=header.bottom + 1, columns="、".join(missing)
        )


def _fill(row: Row, column: Column, read: Reader) -> None:
    row.values[column.key] = None
    try:
        row.values[column.key] = read(row.raw(column.key))
    except Unfit as unfit:
        # the value stays None: nobody may use what the sheet did not say
        row.reject(unfit.code, column.key, expected=unfit.expected)
        return
    if column.required and row.values[column.key] is None:
        row.reject(CellProblem.CELL_REQUIRED, column.key)


def _check_first(row: Row, key: str, first_seen: dict[tuple[str, object], Cell]) -> None:
    cell = row.cell(key)
    # a value merged over rows has one cell, so it does not repeat itself
    first = first_seen.setdefault((key, row.values[key]), cell)
    if first != cell:
        row.reject(CellProblem.GIVEN_TWICE, key, expected=str(first))
