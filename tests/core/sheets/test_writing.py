import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.core.sheets.books import COLUMNS, HEADER, MADE_AT, MEI, TAO, Sheet, book, read
from zuji.core.sheets import (
    Column,
    Heading,
    Kind,
    csv_pieces,
    neutral,
    read_table,
    save_table,
    write_csv,
    write_rejects,
    write_table,
)

HEADINGS = (
    Heading("单位名称", width=30),
    Heading("统一社会信用代码", Kind.CODE),
    Heading("联系电话", Kind.PHONE),
    Heading("人数", Kind.COUNT),
    Heading("比例", Kind.NUMBER),
    Heading("日期", Kind.DATE),
)
ROW = ("甲（示例）", "914401010000000095", "13800138000", 6, Decimal("0.25"), date(2021, 7, 26))
WANTED = (
    Column("name", ("单位名称",), required=True),
    Column("code", ("统一社会信用代码",), Kind.CODE),
    Column("phone", ("联系电话",), Kind.PHONE),
    Column("count", ("人数",), Kind.COUNT),
    Column("share", ("比例",), Kind.NUMBER),
    Column("day", ("日期",), Kind.DATE),
)
STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\t=", "\n@"]


def page_of(data: bytes):
    return load_workbook(io.BytesIO(data)).worksheets[0]


def written(*rows, **wanted):
    return page_of(write_table(HEADINGS, rows, sheet="名单", made_at=MADE_AT, **wanted))


def rejects(table) -> bytes:
    return write_rejects(
        table.rows(), table, reasons=lambda problem: f"{problem.cell}：{problem.code}", heading="原因", made_at=MADE_AT
    )


def cells_of(page) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_codes_and_telephones_are_text_cells():
    page = written(ROW)
    assert [(page[cell].data_type, page[cell].number_format) for cell in ("B2", "C2")] == [("s", "@"), ("s", "@")]


def test_a_code_handed_in_as_a_number_is_still_a_text_cell():
    assert written((*ROW[:2], 13800138000, *ROW[3:]))["C2"].value == "13800138000"


def test_numbers_and_days_stay_numbers_and_days():
    page = written(ROW)
    assert (page["D2"].value, page["E2"].value, page["F2"].value) == (6, 0.25, datetime(2021, 7, 26))  # noqa: DTZ001
    assert page["F2"].number_format == "yyyy-mm-dd"


def test_a_moment_shows_its_hour():
    page = written((*ROW[:5], datetime(2021, 7, 26, 9, 30, tzinfo=UTC)))
    assert (page["F2"].value.hour, page["F2"].number_format) == (9, "yyyy-mm-dd hh:mm")


def test_missing_values_are_blank_and_not_zero():
    assert [cell.value for cell in written((*ROW[:3], None, None, ""))[2]][3:] == [None, None, None]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_text_that_could_start_a_formula_is_neutralised(start, place):
    row = list(ROW)
    row[place] = f"{start}cmd|'/c calc'!A0"
    cell = written(row).cell(2, place + 1)
    assert (cell.value, cell.data_type) == (f"'{row[place]}", "s")


@pytest.mark.parametrize("start", STARTS)
def test_text_files_are_neutralised_as_well(start):
    (line,) = list(csv.reader(io.StringIO(write_csv(HEADINGS[:1], [[f"{start}1+1"]]).decode("utf-8-sig"))))[1:]
    assert line == [f"'{start}1+1"]


def test_headings_titles_and_notes_are_neutralised_too():
    page = page_of(write_table([Heading("=1")], [["a"]], sheet="a", made_at=MADE_AT, title="@题", notes=["+注"]))
    assert cells_of(page) == [["'@题"], ["'=1"], ["a"], ["'+注"]]


@given(st.text())
def test_no_neutral_text_begins_a_formula(text):
    assert not neutral(text).lstrip().startswith(tuple("=+-@"))
    assert neutral(text).endswith(text)


def test_a_negative_number_is_a_number_and_no_formula():
    assert b"-3" in write_csv([Heading("差", Kind.NUMBER)], [[-3]])
    assert page_of(write_table([Heading("差", Kind.NUMBER)], [[-3]], sheet="a", made_at=MADE_AT))["A2"].value == -3


def test_a_title_and_notes_stand_around_the_table():
    page = written(ROW, ROW, title="参加单位", notes=["注：示例", "二"])
    column = [row[0] for row in cells_of(page)]
    assert column == ["参加单位", "单位名称", "甲（示例）", "甲（示例）", "注：示例", "二"]
    assert (
        str(page.merged_cells.ranges[0] if hasattr(page.merged_cells, "__getitem__") else page.merged_cells) == "A1:F1"
    )


def test_a_table_without_rows_has_its_headings():
    assert cells_of(written(notes=["注：无"])) == [
        [heading.title for heading in HEADINGS],
        ["注：无", None, None, None, None, None],
    ]


@pytest.mark.parametrize(
    ("asked", "called"),
    [("a/b:c*d", "a b c d"), ("长" * 40, "长" * 31), ("'甲'", "甲"), ("[]", "Sheet1"), ("", "Sheet1")],
)
def test_a_sheet_gets_a_name_that_office_programs_take(asked, called):
    data = write_table([Heading("a")], [], sheet=asked, made_at=MADE_AT)
    assert load_workbook(io.BytesIO(data)).sheetnames == [called]


def test_the_same_table_gives_the_same_bytes():
    first, second = (write_table(HEADINGS, [ROW], sheet="名单", made_at=MADE_AT) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("file", ["a.xlsx", "a.csv"])
def test_what_was_written_reads_back_the_same(file):
    rows = [ROW, ("=乙（示例）", "91440101MA5AK1J2X3", "020-34812345", 0, Decimal("-1.5"), None)]
    data = write_table(HEADINGS, rows, sheet="名单", made_at=MADE_AT) if file == "a.xlsx" else write_csv(HEADINGS, rows)
    table = read_table(data, file=file, columns=WANTED)
    assert [tuple(row.values.values()) for row in table.rows()] == rows


def test_a_text_file_begins_with_the_mark_that_office_programs_need():
    assert write_csv(HEADINGS, []).startswith(b"\xef\xbb\xbf")


# rejects


def test_bad_rows_come_back_with_their_reasons_beside_them():
    table = read(["登记表"], HEADER, MEI, ["乙（示例）", "个体", "陶", "1.38E+10", 2], TAO)
    assert cells_of(page_of(rejects(table))) == [
        [*HEADER, "原因"],
        ["乙（示例）", "个体", "陶", "1.38E+10", "2", "名单!B4：not_a_choice\n名单!D4：digits_lost"],
    ]


def test_the_cells_at_fault_are_marked():
    page = page_of(rejects(read(HEADER, ["乙（示例）", "个体", "陶", None, 2])))
    fills = [cell.fill.fgColor.rgb for cell in page[2]]
    assert [fill != "00000000" for fill in fills] == [False, True, False, False, False, False]


def test_unwanted_columns_come_back_too():
    table = read(["序号", *HEADER, "备注"], [7, None, *MEI[1:], "迟报"])
    assert [cell.value for cell in page_of(rejects(table))[2]][:2] == ["7", None]
    assert [cell.value for cell in page_of(rejects(table))[2]][6] == "迟报"


def test_rejects_can_be_mended_and_sent_in_again():
    upper, lower = ["单位名称", "单位性质", "联系方式", None], [None, None, "联系人", "联系电话"]
    table = read(upper, lower, ["甲（示例）", "个体", "梅", "34812345"], merges=["A1:A2", "B1:B2", "C1:D1"])
    page = page_of(rejects(table))
    mended = [[cell.value for cell in row] for row in page.iter_rows()]
    mended[1][1] = "企业"
    (row,) = read_table(book(Sheet(mended)), file="b.xlsx", columns=COLUMNS).rows()
    assert (row["name"], row["kind"], row["phone"], row.problems) == ("甲（示例）", "firm", "34812345", [])


def test_a_name_merged_over_rows_comes_back_in_each_of_its_rows():
    columns = (Column("name", ("单位名称",)), Column("expected", ("预计人数",), Kind.COUNT))
    rows = [["单位名称", "预计人数"], ["甲（示例）", 1], [None, "多"]]
    page = page_of(rejects(read(*rows, columns=columns, merges=["A2:A3"])))
    assert [cell.value for cell in page[2]][:2] == ["甲（示例）", "多"]


def test_rejects_are_neutralised():
    page = page_of(rejects(read(HEADER, ["=1+1", "个体"])))
    assert page["A2"].value == "'=1+1"


def test_rejects_of_a_text_file_are_a_workbook_named_after_it():
    table = read_table(f"{','.join(HEADER)}\n乙,个体,,,\n".encode(), file="名单.csv", columns=COLUMNS)
    assert load_workbook(io.BytesIO(rejects(table))).sheetnames == ["名单.csv"]


def test_a_table_saved_row_by_row_is_the_same_as_one_made_whole():
    rows = [ROW, ("=乙", None, "", 0, None, None)]
    out = io.BytesIO()
    save_table(out, HEADINGS, iter(rows), sheet="名单", made_at=MADE_AT)
    assert cells_of(page_of(out.getvalue())) == cells_of(written(*rows))


def test_csv_comes_in_pieces_of_some_hundred_lines():
    read: list[int] = []

    def rows():
        for number in range(1200):
            read.append(number)
            yield [number]

    pieces = csv_pieces([Heading("n", Kind.COUNT)], rows())
    next(pieces)
    assert 0 < len(read) < 1200
    assert b"".join(pieces).decode().splitlines()[-1] == "1199"
