"""Writing sheets that survive an office program: codes stay text, and no text starts a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import BinaryIO, Protocol

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zuji.core.sheets.enums import Kind
from zuji.core.sheets.places import Problem, written
from zuji.core.sheets.typed import FORMULA_SIGNS

# Chinese office programs take full-width signs for formulas as well
_FORMULA_STARTS = (*FORMULA_SIGNS, *"＝＋－＠")
_TEXTS = frozenset({Kind.CODE, Kind.PHONE, Kind.TEXT, Kind.CHOICE})
_DAY, _MOMENT, _AS_TEXT, _AS_IS = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@", "General"
_BOLD = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
_TITLE = {"bold": True, "font_size": 14, "align": "center"}
_MARKED = {"bg_color": "#F6E3DE", "num_format": "@"}
_NARROWEST, _WIDEST, _REASONS_WIDTH = 10, 40, 60
_LONGEST_SHEET_NAME = 31
_LINES_AT_ONCE = 500
_SHEET_NAME_REFUSES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column to be written: its title in words, what it holds, and its width in characters (0: by its title)."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 0


class Returned(Protocol):
    """A row that goes back: what is wrong with it, and all its cells as they came."""

    @property
    def problems(self) -> Sequence[Problem]: ...

    def whole(self) -> Sequence[object]: ...


class ReturnedFrom(Protocol):
    """The table that rows go back to; a sheet without a name is called by its file."""

    @property
    def file(self) -> str: ...

    @property
    def sheet(self) -> str: ...

    @property
    def titles(self) -> Sequence[str]: ...

    @property
    def width(self) -> int: ...


def neutral(text: str) -> str:
    """A text that no office program takes for a formula."""
    # spaces and tabs before the sign do not keep a formula off
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) else text


def write_table(
    headings: Sequence[Heading],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str,
    made_at: datetime,
    title: str = "",
    notes: Sequence[str] = (),
) -> bytes:
    """An .xlsx workbook of one table, with a title row above and notes below when given. Datetimes are local ones."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = _page(book, sheet, made_at)
        top = _write_title(book, page, title, len(headings))
        _write_headings(book, page, headings, top)
        last = _write_rows(book, page, headings, rows, top + 1)
        for line, note in enumerate(notes, last):
            page.write_string(line, 0, neutral(note))
    return out.getvalue()


def save_table(
    out: BinaryIO, headings: Sequence[Heading], rows: Iterable[Sequence[object]], *, sheet: str, made_at: datetime
) -> None:
    """The same into an open file, with one row in memory at a time, however many there are."""
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = _page(book, sheet, made_at)
        _write_headings(book, page, headings, 0)
        _write_rows(book, page, headings, rows, 1)


def csv_pieces(headings: Sequence[Heading], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The same table as CSV, in UTF-8 with a mark that office programs need, some hundred lines at a time."""
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    lines = csv.writer(out)
    lines.writerow([neutral(heading.title) for heading in headings])
    for number, row in enumerate(rows, 1):
        outgoing = (_outgoing(value, heading.kind) for value, heading in zip(row, headings, strict=True))
        lines.writerow(["" if value is None else value for value in outgoing])
        if number % _LINES_AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def write_csv(headings: Sequence[Heading], rows: Iterable[Sequence[object]]) -> bytes:
    """The same in one piece."""
    return b"".join(csv_pieces(headings, rows))


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def write_rejects(
    rows: Iterable[Returned], table: ReturnedFrom, *, reasons: Callable[[Problem], str], heading: str, made_at: datetime
) -> bytes:
    """A workbook of the rows that have problems, as they came, with the reasons in a last column called `heading`.

    The cells at fault are marked. The sheet keeps its own header, so that it can be mended and sent in again.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = _page(book, table.sheet or table.file, made_at)
        # not the wanted columns alone: whoever mends the rows must know them again
        titles = [Heading(title) for title in table.titles]
        _write_headings(book, page, [*titles, Heading(heading, width=_REASONS_WIDTH)], 0)
        plain, marked = book.add_format({"num_format": "@"}), book.add_format(_MARKED)
        for line, row in enumerate((row for row in rows if row.problems), 1):
            faulty = {problem.cell.column - 1 for problem in row.problems}
            for place, value in enumerate(row.whole()):
                text = _outgoing(value, Kind.TEXT)
                _write_cell(page, (line, place), text, marked if place in faulty else plain)
            # two cells of a row may fail for one reason
            words = "\n".join(dict.fromkeys(map(reasons, row.problems)))
            page.write_string(line, table.width, neutral(words))
    return out.getvalue()


def _page(book: xlsxwriter.Workbook, sheet: str, made_at: datetime) -> Worksheet:
    book.set_properties({"created": made_at.astimezone(UTC)})
    name = _SHEET_NAME_REFUSES.sub(" ", sheet).strip(" '")[:_LONGEST_SHEET_NAME]
    return book.add_worksheet(name or None)


def _write_title(book: xlsxwriter.Workbook, page: Worksheet, title: str, width: int) -> int:
    """The row on which the headings go."""
    if not title:
        return 0
    look = book.add_format(_TITLE)
    page.write_string(0, 0, neutral(title), look)
    if width > 1:
        page.merge_range(0, 0, 0, width - 1, neutral(title), look)
    return 1


def _write_headings(book: xlsxwriter.Workbook, page: Worksheet, headings: Sequence[Heading], top: int) -> None:
    look = book.add_format(_BOLD)
    for place, heading in enumerate(headings):
        page.write_string(top, place, neutral(heading.title), look)
        page.set_column(place, place, heading.width or min(max(_NARROWEST, 2 * len(heading.title)), _WIDEST))
    page.freeze_panes(top + 1, 0)


def _write_rows(
    book: xlsxwriter.Workbook,
    page: Worksheet,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[object]],
    first: int,
) -> int:
    """The row below the last one."""
    moment = book.add_format({"num_format": _MOMENT})
    looks = [book.add_format({"num_format": _number_format(heading.kind)}) for heading in headings]
    line = first
    for line, row in enumerate(rows, first + 1):
        for place, (value, heading) in enumerate(zip(row, headings, strict=True)):
            look = moment if isinstance(value, datetime) else looks[place]
            _write_cell(page, (line - 1, place), _outgoing(value, heading.kind), look)
    return line


def _number_format(kind: Kind) -> str:
    if kind in _TEXTS:
        return _AS_TEXT
    return _DAY if kind is Kind.DATE else _AS_IS


def _outgoing(value: object, kind: Kind) -> object:
    """A value as it may leave: text that starts no formula, a number, a day, or None."""
    if value is None or value == "":
        return None
    if isinstance(value, str) or kind in _TEXTS:
        return neutral(written(value))
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _write_cell(page: Worksheet, place: tuple[int, int], value: object, look: Format) -> None:
    if isinstance(value, str):
        page.write_string(*place, value, look)
    elif isinstance(value, date):
        page.write_datetime(*place, value, look)
    elif value is not None:
        page.write_number(*place, value, look)
