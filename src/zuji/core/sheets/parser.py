"""Runs as a process of its own: a workbook on standard input, its sheets on standard output.

A damaged or hostile file can end the parser's process by one allocation, and no check beforehand sees all of them;
here it ends this process and not the server. So this file imports nothing of Zuji. Memory and time are limited.
"""

import io
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import msgspec
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY_BYTES = 2 << 30
SECONDS = 60
DAMAGED, LARGE = 3, 4


class Parsed(msgspec.Struct, array_like=True):
    """A sheet: name, whether it is shown, rows from the first one on, merged ranges as 0-based corners."""

    name: str
    visible: bool
    rows: list[list[object]]
    merges: list[tuple[tuple[int, int], tuple[int, int]]]


def parse(data: bytes, most_cells: int) -> list[Parsed]:
    """All worksheets of a workbook. Days come as midnights in UTC, the only dates that travel between processes."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [meta for meta in book.sheets_metadata if meta.typ is SheetTypeEnum.WorkSheet]
    return [
        _parsed(book.get_sheet_by_name(meta.name), meta.visible is SheetVisibleEnum.Visible, most_cells)
        for meta in sheets
    ]


def _parsed(sheet: CalamineSheet, visible: bool, most_cells: int) -> Parsed:
    width = sheet.end[1] + 1 if sheet.end else 0
    rows = list(_filled(sheet, width, most_cells)) if width else []
    return Parsed(sheet.name, visible, rows, list(sheet.merged_cell_ranges or ()))


def _filled(sheet: CalamineSheet, width: int, most_cells: int) -> Iterator[list[object]]:
    """The rows from A1 down to the last filled one: a blank left in row 1,048,576 makes no list long."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    given = blank = 0
    for row in sheet.iter_rows():
        if not any(map(_is_filled, row)):
            blank += 1
            continue
        given += blank + 1
        if given * width > most_cells:
            sys.exit(LARGE)
        yield from ([] for _ in range(blank))
        blank = 0
        yield [*left, *map(_portable, row)]


def _is_filled(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _portable(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=UTC)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
    return str(cell) if isinstance(cell, time | timedelta) else cell


def main() -> None:
    """Parse standard input; exit code 3 says that the parser gave up, 4 that a sheet has too many cells."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        answer = msgspec.msgpack.encode(parse(sys.stdin.buffer.read(), int(sys.argv[1])))
    except Exception:  # noqa: BLE001 - each format has errors of its own, and all mean the same here
        sys.exit(DAMAGED)
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
