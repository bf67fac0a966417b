"""Files that end a parser's process must not end ours, so each of these runs the real parser as its own process."""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.core.sheets.books import FILES, HEADER, MEI, Sheet, book, refusal
from zuji.core.sheets import SheetRefusal
from zuji.core.sheets.parser import parse

BOOK = book(Sheet([HEADER, MEI]))
XLS = (FILES / "organisations.xls").read_bytes()
SHEET = "xl/worksheets/sheet1.xml"


def with_sheet(xml: bytes) -> bytes:
    """The book with another sheet in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == SHEET else old.read(name))
    return out.getvalue()


def sheet_xml(*cells: str) -> bytes:
    rows = "".join(cells)
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return f'<?xml version="1.0"?>{head}<sheetData>{rows}</sheetData></worksheet>'.encode()


def test_two_cells_at_the_corners_of_a_sheet_do_not_end_the_server():
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal(with_sheet(sheet_xml(first, last))).code == SheetRefusal.WORKBOOK_UNREADABLE


def test_a_cell_that_only_has_a_look_makes_a_sheet_no_larger():
    first = '<row r="1"><c r="A1" t="inlineStr"><is><t>单位名称</t></is></c></row>'
    data = '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c></row>'
    styled = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    (sheet,) = parse(with_sheet(sheet_xml(first, data, styled)), 100)
    assert sheet.rows == [["单位名称"], ["甲"]]


@pytest.mark.parametrize("place", [1510, 2277])
def test_a_damaged_old_workbook_that_makes_the_parser_panic_is_unreadable(place):
    damaged = bytearray(XLS)
    damaged[place : place + 2] = b"\xff\xff"
    assert refusal(bytes(damaged), file="a.xls").code == SheetRefusal.WORKBOOK_UNREADABLE


def test_broken_markup_is_unreadable():
    assert refusal(with_sheet(sheet_xml("<row><c>")[:-30])).code == SheetRefusal.WORKBOOK_UNREADABLE


def test_a_workbook_without_the_sheet_that_it_names_is_unreadable():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
    assert refusal(out.getvalue()).code == SheetRefusal.WORKBOOK_UNREADABLE


def test_hours_travel_as_text_and_days_as_midnights():
    moment = datetime(2021, 7, 26, 9, 30)  # noqa: DTZ001 - a sheet knows no zone
    (sheet,) = parse(book(Sheet([[moment, date(2021, 7, 26)]])), 100)
    assert sheet.rows == [
        [datetime(2021, 7, 26, tzinfo=UTC).replace(hour=9, minute=30), datetime(2021, 7, 26, tzinfo=UTC)]
    ]


def test_every_kind_of_cell_can_travel():
    from zuji.core.sheets.parser import _portable

    assert _portable(time(8, 30)) == "08:30:00"
    assert _portable(timedelta(hours=30)) == "1 day, 6:00:00"
    assert _portable(2.5) == 2.5
