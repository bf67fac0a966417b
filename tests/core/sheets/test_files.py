import subprocess
from datetime import UTC, date, datetime

import pytest

from tests.core.sheets.books import FILES, Sheet, book
from zuji.core.errors import Invalid
from zuji.core.sheets import Limits, SheetRefusal
from zuji.core.sheets.columns import LIMITS
from zuji.core.sheets.files import read_sheets

TEXT = "单位名称,联系人\n塱边文化馆（示例）,梅\n"
ROWS = [["单位名称", "联系人"], ["塱边文化馆（示例）", "梅"]]


def refused(data: bytes, file: str = "a.xlsx", limits: Limits = LIMITS) -> str:
    with pytest.raises(Invalid) as caught:
        read_sheets(data, file, limits)
    assert caught.value.facts["file"] == file
    return caught.value.code


def rows_of(data: bytes, file: str = "a.csv") -> list[list[object]]:
    (sheet,) = read_sheets(data, file, LIMITS)
    return sheet.rows


def test_a_workbook_gives_its_cells_from_a1_on():
    (sheet,) = read_sheets(book(Sheet([[], [None, "甲", 3, 2.5, True]])), "a.xlsx", LIMITS)
    assert sheet.rows == [[], ["", "甲", 3.0, 2.5, True]]


def test_rows_and_columns_keep_their_places_below_and_right_of_blank_ones():
    (sheet,) = read_sheets(book(Sheet([[], [], [None, None, "甲"], [], [None, None, None, "乙"]])), "a.xlsx", LIMITS)
    assert (sheet.at(2, 2), sheet.at(4, 3)) == ("甲", "乙")


def test_a_blank_at_the_foot_of_a_sheet_makes_it_no_longer():
    (sheet,) = read_sheets(book(Sheet([["甲"], *[[]] * 200, [" "]])), "a.xlsx", Limits(cells=100))
    assert sheet.rows == [["甲"]]


def test_days_arrive_as_midnights():
    (sheet,) = read_sheets(book(Sheet([[date(2019, 3, 5)]])), "a.xlsx", LIMITS)
    assert sheet.rows == [[datetime(2019, 3, 5, tzinfo=UTC)]]


def test_merged_ranges_and_hidden_sheets_are_told():
    shown, hidden = read_sheets(
        book(Sheet([["题", None], ["甲", "乙"]], merges=["A1:B1"]), Sheet([["藏"]], name="藏", hidden=True)),
        "a.xlsx",
        LIMITS,
    )
    assert shown.merges == [((0, 0), (0, 1))]
    assert [(sheet.name, sheet.visible) for sheet in (shown, hidden)] == [("名单", True), ("藏", False)]


def test_an_old_workbook_reads_like_a_new_one():
    shown, hidden = read_sheets((FILES / "organisations.xls").read_bytes(), "a.xls", LIMITS)
    assert shown.rows[2] == [1.0, "塱边文化馆（示例）", 5.0, 13800138000.0, datetime(2021, 7, 1, tzinfo=UTC)]
    assert (shown.merges, hidden.visible) == ([((0, 0), (0, 4))], False)


def test_cells_outside_of_the_sheet_are_blank():
    (sheet,) = read_sheets(TEXT.encode(), "a.csv", LIMITS)
    assert (sheet.at(1, 1), sheet.at(1, 2), sheet.at(9, 0)) == ("梅", "", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_office_programs(encoding):
    assert rows_of(TEXT.encode(encoding)) == ROWS


def test_rare_characters_of_panyu_survive_gb18030():
    assert rows_of("碁塱滘漖湴,𡒄\n".encode("gb18030")) == [["碁塱滘漖湴", "𡒄"]]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_mark_between_the_fields_is_found(mark):
    assert rows_of(TEXT.replace(",", mark).encode()) == ROWS


def test_quoted_fields_may_hold_marks_and_line_feeds():
    assert rows_of(b'a,"b,\nc"\n') == [["a", "b,\nc"]]


def test_a_nul_in_a_text_is_kept_for_its_row_to_answer_for():
    assert rows_of(b"a,b\x00c\n") == [["a", "b\x00c"]]


@pytest.mark.parametrize("head", ["<html>", "<!DOCTYPE html>", '<?xml version="1.0"?>', "%PDF-1.4"])
def test_a_page_called_a_table_is_no_workbook(head):
    assert refused(f"{head}<table></table>".encode(), "a.csv") == SheetRefusal.NOT_A_WORKBOOK


def test_bytes_in_no_encoding_are_no_workbook():
    assert refused(b"\xff\xff\x81\x00\xff", "a.csv") == SheetRefusal.NOT_A_WORKBOOK


def test_a_field_longer_than_any_sheet_allows_is_unreadable():
    assert refused(b'"' + b"a" * 200_000, "a.csv") == SheetRefusal.WORKBOOK_UNREADABLE


def test_a_workbook_without_a_single_value_is_empty():
    assert refused(book(Sheet([]), Sheet([[None]], name="二"))) == SheetRefusal.WORKBOOK_EMPTY


def test_a_sheet_with_too_many_cells_is_too_large():
    data = book(Sheet([["a"] * 10] * 10))
    assert refused(data, limits=Limits(cells=99)) == SheetRefusal.WORKBOOK_TOO_LARGE
    assert read_sheets(data, "a.xlsx", Limits(cells=100))


def test_a_text_of_too_many_lines_is_too_large():
    assert refused(b"a\n" * 60, "a.csv", Limits(cells=100)) == SheetRefusal.WORKBOOK_TOO_LARGE
    assert len(rows_of(b"a\n" * 50)) == 50


def test_a_parser_that_does_not_end_is_ended(monkeypatch):
    def endless(command, *, timeout, **_):
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", endless)
    assert refused(book(Sheet([["a"]]))) == SheetRefusal.WORKBOOK_UNREADABLE
