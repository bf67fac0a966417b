"""A whole workbook is looked through for personal columns before a single value of it is kept."""

from collections.abc import Iterator

from zuji.core.errors import Invalid
from zuji.core.sheets.enums import SheetRefusal
from zuji.core.sheets.files import RawSheet
from zuji.core.sheets.header import DEPTH, Header, lines_of
from zuji.core.sheets.personal import (
    asks_papers,
    asks_personal,
    holds_identity_number,
    is_credit_code,
    is_personal_header,
    is_status,
)
from zuji.core.sheets.places import Cell, shown
from zuji.core.sheets.typed import is_blank

_Place = tuple[int, int]


def screen(file: str, sheet: RawSheet, header: Header | None) -> None:
    """Refuse a sheet that holds a personal column, hidden or not; the refusal names a cell, never a person's value."""
    for row, column, words in _personal_headers(sheet, header):
        cell = Cell(file, sheet.name, row + 1, column + 1)
        raise Invalid(SheetRefusal.PERSONAL_COLUMN, file=file, cell=str(cell), header=shown(words))
    for row, column in _personal_content(sheet, header):
        raise Invalid(SheetRefusal.PERSONAL_CONTENT, file=file, cell=str(Cell(file, sheet.name, row + 1, column + 1)))


def _personal_headers(sheet: RawSheet, header: Header | None) -> Iterator[tuple[int, int, str]]:
    if header is None:
        for row, cells in enumerate(sheet.rows[:DEPTH]):
            yield from ((row, column, str(cell)) for column, cell in enumerate(cells) if is_personal_header(cell))
        return
    above = _heading_above(sheet, header)
    for column in range(len(header.paths)):
        words = above[column] + header.joined(column)
        if asks_personal(words) and not (asks_papers(words) and _of_firms(sheet, header, column)):
            yield header.bottom, column, words


def _of_firms(sheet: RawSheet, header: Header, column: int) -> bool:
    """Whether credit codes make up most of a column."""
    cells = [sheet.at(row, column) for row in range(header.bottom + 1, len(sheet.rows))]
    filled = [cell for cell in cells if not is_blank(cell)]
    return 2 * sum(map(is_credit_code, filled)) > len(filled)


def _heading_above(sheet: RawSheet, header: Header) -> list[str]:
    """The line above a header, where it is a line of headings too and not a title."""
    blank = [""] * len(header.paths)
    if not header.top:
        return blank
    line = lines_of(sheet)[header.top - 1]
    return [part.text for part in line] if len({part.column for part in line if part.text}) > 1 else blank


def _personal_content(sheet: RawSheet, header: Header | None) -> Iterator[_Place]:
    # without a header nobody knows what a word such as 中共党员 says of whom; a number says it anywhere
    first_data = header.bottom + 1 if header else len(sheet.rows)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if (
                isinstance(cell, str)
                and cell
                and (holds_identity_number(cell) or (row >= first_data and is_status(cell)))
            ):
                yield row, column
