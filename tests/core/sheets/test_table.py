from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.sheets.books import COLUMNS, FILES, HEADER, MEI, TAO, Sheet, book, names, read, refusal
from zuji.core.errors import Invalid
from zuji.core.sheets import Cell, CellProblem, Column, Kind, Problem, SheetRefusal, Table, read_table

LONG = 24_000


class Trouble(StrEnum):
    UNKNOWN_ORGANISATION = "unknown_organisation"


def problems(table: Table) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.cell)) for row in table.rows() for problem in row.problems]


def _below_a_header(lines: list[str]) -> bytes:
    return "\n".join((",".join(HEADER), *lines)).encode()


def test_rows_come_typed_and_in_order():
    mei, tao = read(HEADER, MEI, TAO).rows()
    assert mei.values == {
        "name": "美的网络（示例）",
        "kind": "firm",
        "contact": "梅",
        "phone": "13800138000",
        "expected": 6,
    }
    assert (tao.number, tao["kind"], tao.problems) == (3, "other", [])


def test_every_value_remembers_its_file_sheet_and_cell():
    table = read(["登记表"], ["序号", *HEADER], [1, *MEI])
    (row,) = table.rows()
    assert row.cell("phone") == Cell("名单.xlsx", "名单", 3, 5)
    assert (str(row.cell("phone")), row.raw("phone")) == ("名单!E3", "13800138000")


def test_a_value_merged_over_rows_remembers_the_cell_in_which_it_was_written():
    columns = (Column("name", ("单位名称",)), Column("contact", ("联系人",)))
    rows = [["单位名称", "联系人"], ["甲（示例）", "梅"], [None, "陶"]]
    last = list(read(*rows, columns=columns, merges=["A2:A3"]).rows())[-1]
    assert (last["name"], last.cell("name").ref, last.cell("contact").ref) == ("甲（示例）", "A2", "B3")


def test_a_table_tells_what_it_is():
    table = read(["登记表"], ["序号", *HEADER], [1, *MEI], ["合计"])
    assert (table.file, table.sheet, table.header, len(table)) == ("名单.xlsx", "名单", (2, 2), 1)
    assert (table.placed["name"], table.unused, table.others) == (1, ("序号",), ())


def test_rows_can_be_read_again():
    table = read(HEADER, MEI, MEI)
    assert problems(table) == problems(table)


def test_an_optional_column_that_is_absent_is_none_everywhere():
    (row,) = read(["单位名称", "联系人"], ["甲（示例）", "梅"]).rows()
    assert (row["phone"], row.raw("phone"), row.problems) == (None, "", [])


def test_bad_cells_are_told_beside_their_values_while_good_rows_go_on():
    table = read(HEADER, ["甲（示例）", "个体", "梅", "1.38E+10", "约三十"], TAO)
    bad, good = table.rows()
    assert good.values["expected"] == 3
    assert bad.problems == [
        Problem("not_a_choice", Cell("名单.xlsx", "名单", 2, 2), "个体", "企业、非企业"),
        Problem("digits_lost", Cell("名单.xlsx", "名单", 2, 4), "1.38E+10"),
        Problem("not_a_count", Cell("名单.xlsx", "名单", 2, 5), "约三十"),
    ]
    assert bad.values == {"name": "甲（示例）", "kind": None, "contact": "梅", "phone": None, "expected": None}


def test_a_required_value_that_is_blank_is_a_problem_of_its_row():
    assert problems(read(HEADER, MEI, ["—", "企业", "陶", None, 2])) == [(CellProblem.CELL_REQUIRED, "名单!A3")]


def test_a_second_row_of_the_same_organisation_points_at_the_first():
    table = read(HEADER, MEI, TAO, ["美的网络（示例）\u3000", *MEI[1:]])
    assert problems(table) == [(CellProblem.GIVEN_TWICE, "名单!A4")]
    assert [row["expected"] for row in table.rows()] == [6, 3, 6]
    assert list(table.rows())[-1].problems[0].expected == "名单!A2"


def test_a_caller_adds_problems_of_its_own():
    (row,) = read(HEADER, MEI).rows()
    row.reject(Trouble.UNKNOWN_ORGANISATION, "name", expected="先登记单位")
    assert row.problems == [
        Problem("unknown_organisation", Cell("名单.xlsx", "名单", 2, 1), "美的网络（示例）", "先登记单位")
    ]
    assert row.problems[0].facts == {"cell": "名单!A2", "found": "美的网络（示例）", "expected": "先登记单位"}


def test_a_problem_with_an_absent_column_still_has_a_cell():
    (row,) = read(["单位名称", "联系人"], ["甲（示例）", "梅"]).rows()
    row.reject(Trouble.UNKNOWN_ORGANISATION, "phone")
    assert row.problems[0].cell.ref == "A2"


def test_a_long_value_is_shortened_in_its_problem():
    (row,) = read(["单位名称", "联系人"], ["甲" * 300, "梅"]).rows()
    assert (len(row.problems[0].found), row.problems[0].expected) == (40, "200")


def test_a_nul_in_one_text_costs_only_its_row():
    text = b"\xef\xbb\xbf" + f"{','.join(HEADER)}\n甲\x00（示例）,企业,梅,,1\n{','.join(map(str, TAO))}\n".encode()
    table = read_table(text, file="a.csv", columns=COLUMNS)
    assert problems(table) == [(CellProblem.UNREADABLE_TEXT, "A2")]
    assert len(table) == 2


def test_an_escaped_nul_in_a_workbook_costs_only_its_row():
    assert problems(read(HEADER, ["甲\x00", "企业"], TAO)) == [(CellProblem.UNREADABLE_TEXT, "名单!A2")]


# sheets


def test_the_sheet_that_fits_best_is_taken_and_the_others_are_told():
    short = Sheet([["单位名称", "联系人"], ["乙（示例）", "陶"]], name="简表")
    words = Sheet([["填写说明"], ["请按模板填写"]], name="说明")
    table = read_table(book(words, short, Sheet([HEADER, MEI])), file="a.xlsx", columns=COLUMNS)
    assert (table.sheet, table.others) == ("名单", ("简表",))


def test_the_first_of_equal_sheets_is_taken():
    data = book(Sheet([HEADER, MEI], name="一"), Sheet([HEADER, TAO], name="二"))
    table = read_table(data, file="a.xlsx", columns=COLUMNS)
    assert (table.sheet, table.others) == ("一", ("二",))


def test_a_caller_may_choose_the_sheet():
    data = book(Sheet([HEADER, MEI], name="一"), Sheet([HEADER, TAO], name="二"))
    assert names(read_table(data, file="a.xlsx", columns=COLUMNS, sheet="二")) == ["陶的文化馆（示例）"]
    assert refusal(data, sheet="三").code == SheetRefusal.NO_SUCH_SHEET


def test_a_hidden_sheet_is_never_read():
    data = book(Sheet([["说明", "无"]]), Sheet([HEADER, MEI], name="藏", hidden=True))
    assert refusal(data).code == SheetRefusal.NO_HEADER
    assert refusal(data, sheet="藏").code == SheetRefusal.NO_SUCH_SHEET


# refusals


def test_a_workbook_without_a_header_is_refused():
    assert refusal(book(Sheet([MEI, TAO]))).code == SheetRefusal.NO_HEADER


def test_a_duplicate_header_is_refused_with_both_cells():
    found = refusal(book(Sheet([["登记表"], [*HEADER, "单位名称"], [*MEI, "乙"]])))
    assert found.code == SheetRefusal.DUPLICATE_HEADER
    assert (found.facts["header"], found.facts["cell"], found.facts["other"]) == ("单位名称", "名单!A2", "名单!F2")


def test_two_unwanted_columns_may_share_a_name():
    assert len(read([*HEADER, "备注", "备注"], MEI)) == 1


def test_a_header_that_lacks_a_required_column_says_which():
    found = refusal(book(Sheet([["登记表"], HEADER[1:], MEI[1:]])))
    assert (found.code, found.facts["columns"], found.facts["row"]) == (SheetRefusal.MISSING_COLUMN, "单位名称", 2)


def test_a_header_with_nothing_below_is_refused():
    assert refusal(book(Sheet([HEADER, [], ["合计"], ["注：无"]]))).code == SheetRefusal.NO_ROWS


# forms of a file


def test_an_old_workbook_gives_the_same_table():
    columns = (*COLUMNS, Column("since", ("登记日期",), Kind.DATE))
    table = read_table((FILES / "organisations.xls").read_bytes(), file="a.xls", columns=columns)
    assert [(row["name"], row["expected"], row["since"]) for row in table.rows()] == [
        ("塱边文化馆（示例）", 5, date(2021, 7, 1)),
        ("石碁村史馆（示例）", 3, date(2021, 7, 2)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_file_gives_the_same_table(encoding):
    text = "\n".join(",".join(map(str, row)) for row in (["登记表"], HEADER, MEI, TAO)).encode(encoding)
    table = read_table(text, file="名单.csv", columns=COLUMNS)
    (mei, _) = table.rows()
    assert (mei["phone"], str(mei.cell("phone")), table.sheet) == ("13800138000", "D3", "")


@given(
    st.one_of(st.binary(), st.text().map(str.encode), st.lists(st.text(alphabet='甲0,"\n\x00 =')).map(_below_a_header))
)
def test_whatever_a_text_file_holds_is_a_table_or_a_coded_refusal(data):
    try:
        outcome: object = [row.values for row in read_table(data, file="a.csv", columns=COLUMNS).rows()]
    except Invalid as refused:
        outcome = SheetRefusal(refused.code)
    assert outcome


def test_a_long_list_is_typed_row_by_row():
    text = "单位名称,联系人\n" + "".join(f"单位{order}（示例）,梅\n" for order in range(LONG))
    table = read_table(text.encode(), file="a.csv", columns=COLUMNS)
    assert len(table) == LONG
    rows = table.rows()
    assert next(rows).number == 2
    assert sum(1 for _ in rows) == LONG - 1
