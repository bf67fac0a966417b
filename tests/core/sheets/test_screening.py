import pytest
from stdnum.cn import uscc

from tests.core.sheets.books import COLUMNS, HEADER, MEI, TAO, Sheet, book, names, refusal
from tests.core.sheets.test_personal import NUMBER, identity_number
from zuji.core.sheets import SheetRefusal, read_table

GOOD = Sheet([HEADER, MEI, TAO])


def refused(*sheets: Sheet) -> tuple[str, str]:
    found = refusal(book(*sheets))
    return found.code, str(found.facts["cell"])


@pytest.mark.parametrize("header", ["是否党员", "政治面貌", "身份证号", "宗教信仰", "政治\n面貌", "ID card"])
def test_a_forbidden_column_refuses_the_whole_workbook_and_names_its_cell(header):
    rows = [["登记表"], [*HEADER, header], [*MEI, ""]]
    found = refusal(book(Sheet(rows)))
    assert found.code == SheetRefusal.PERSONAL_COLUMN
    assert found.facts["cell"] == "名单!F2"
    assert found.facts["file"] == "名单.xlsx"


def test_a_forbidden_column_that_nobody_asked_for_refuses_as_well_even_when_blank():
    assert refused(Sheet([[*HEADER, "党龄"], MEI])) == (SheetRefusal.PERSONAL_COLUMN, "名单!F1")


@pytest.mark.parametrize("header", ["党员数", "正式党员人数", "党支部书记", "党组织名称", "集团员工数"])
def test_counts_and_offices_are_let_through(header):
    table = read_table(book(Sheet([[*HEADER, header], [*MEI, "5"]])), file="a.xlsx", columns=COLUMNS)
    assert table.unused == (header,)


def test_a_forbidden_heading_over_two_columns_is_seen():
    rows = [["单位名称", "联系人", "政治面貌", None], [None, None, "党员", "群众"], ["甲（示例）", "梅", "", ""]]
    assert refused(Sheet(rows, merges=["A1:A2", "B1:B2", "C1:D1"]))[0] == SheetRefusal.PERSONAL_COLUMN


def test_a_forbidden_heading_above_a_one_line_header_is_seen():
    rows = [["基本情况", None, "政治面貌", None], ["单位名称", "联系人", "有", "无"], ["甲（示例）", "梅", "", ""]]
    assert refused(Sheet(rows, merges=["A1:B1", "C1:D1"]))[0] == SheetRefusal.PERSONAL_COLUMN


def test_counts_under_a_heading_of_members_are_let_through():
    rows = [["单位名称", "联系人", "党员情况", None], [None, None, "总数", "预备党员数"], ["甲（示例）", "梅", 5, 1]]
    table = read_table(book(Sheet(rows, merges=["A1:A2", "B1:B2", "C1:D1"])), file="a.xlsx", columns=COLUMNS)
    assert table.unused == ("党员情况总数", "党员情况预备党员数")


def test_a_title_that_speaks_of_members_is_no_column():
    rows = [["区网络企业党员活动报名表", None, None], ["单位名称", "联系人", "预计人数"], ["甲（示例）", "梅", 3]]
    table = read_table(book(Sheet(rows, merges=["A1:C1"])), file="a.xlsx", columns=COLUMNS)
    assert names(table) == ["甲（示例）"]


def test_an_unmerged_title_is_no_column_either():
    rows = [["党员活动报名表"], ["单位名称", "联系人"], ["甲（示例）", "梅"]]
    assert len(read_table(book(Sheet(rows)), file="a.xlsx", columns=COLUMNS)) == 1


def test_a_hidden_sheet_is_looked_through_too():
    hidden = Sheet([["姓名", "政治面貌"], ["梅", ""]], name="藏", hidden=True)
    assert refused(GOOD, hidden) == (SheetRefusal.PERSONAL_COLUMN, "藏!B1")


def test_another_sheet_with_a_header_of_its_own_is_looked_through():
    other = Sheet([["单位名称", "联系人", "是否党员"], ["甲（示例）", "梅", "是"]], name="二")
    assert refused(GOOD, other) == (SheetRefusal.PERSONAL_COLUMN, "二!C1")


def test_instructions_that_forbid_such_data_are_let_through():
    words = Sheet([["填写说明"], ["请勿填写身份证号和政治面貌。"], ["党员大会"]], name="说明")
    assert len(read_table(book(GOOD, words), file="a.xlsx", columns=COLUMNS)) == 2


@pytest.mark.parametrize("where", [(1, 2), (2, 4)])
def test_an_identity_number_under_any_header_refuses_the_workbook(where):
    rows = [list(row) for row in (HEADER, MEI, TAO)]
    rows[where[0]][where[1]] = NUMBER
    cell = f"名单!{'ABCDE'[where[1]]}{where[0] + 1}"
    assert refused(Sheet(rows)) == (SheetRefusal.PERSONAL_CONTENT, cell)


def test_the_refusal_does_not_repeat_the_number():
    found = refusal(book(Sheet([HEADER, [*MEI[:2], NUMBER, *MEI[3:]]])))
    assert NUMBER not in str(found.facts)


def test_an_identity_number_in_a_note_or_a_hidden_sheet_refuses_as_well():
    assert refused(Sheet([HEADER, MEI, [f"注：经办人 {NUMBER}"]])) == (SheetRefusal.PERSONAL_CONTENT, "名单!A3")
    assert refused(GOOD, Sheet([[NUMBER]], name="藏", hidden=True)) == (SheetRefusal.PERSONAL_CONTENT, "藏!A1")


def test_a_credit_code_that_passes_the_same_check_is_let_through():
    code = identity_number("914401", "01000000", 9)
    rows = [[*HEADER, "统一社会信用代码"], [*MEI, code]]
    assert len(read_table(book(Sheet(rows)), file="a.xlsx", columns=COLUMNS)) == 1


def test_a_status_below_an_innocent_header_is_seen():
    assert refused(Sheet([[*HEADER, "类别"], [*MEI, "中共党员"]])) == (SheetRefusal.PERSONAL_CONTENT, "名单!F2")


def test_a_forbidden_workbook_is_refused_as_such_before_a_missing_header():
    assert refused(Sheet([["姓名", "身份证号"], ["梅", ""]])) == (SheetRefusal.PERSONAL_COLUMN, "名单!B1")


def test_text_files_are_looked_through_like_workbooks():
    text = f"{','.join(HEADER)},备注\n甲,企业,梅,13800138000,1,{NUMBER}\n".encode("gb18030")
    found = refusal(text, file="a.csv")
    assert (found.code, found.facts["cell"]) == (SheetRefusal.PERSONAL_CONTENT, "F2")


FIRST = "91440101304567890"
CREDIT_CODE = FIRST[:17] + uscc.calc_check_digit(FIRST[:17])


def with_papers(heading: str, *cells: object) -> Sheet:
    return Sheet([[*HEADER, heading], *([f"甲{number}（示例）", *MEI[1:], cell] for number, cell in enumerate(cells))])


def test_the_number_of_a_hosts_papers_passes_where_credit_codes_stand_below():
    data = book(with_papers("证件号码", CREDIT_CODE, "9.14E+17", None))
    assert read_table(data, file="a.xlsx", columns=COLUMNS).unused == ("证件号码",)


@pytest.mark.parametrize("cells", [("x", "y"), (CREDIT_CODE, "E1234567", "E7654321"), (None,)], ids=str)
def test_the_number_of_papers_is_refused_where_it_may_be_a_persons(cells):
    assert refused(with_papers("证件号码", *cells))[0] == SheetRefusal.PERSONAL_COLUMN


@pytest.mark.parametrize("heading", ["负责人证件号码", "联系人证件号", "身份证件号码"])
def test_the_number_of_a_persons_papers_is_refused_whatever_stands_below(heading):
    assert refused(with_papers(heading, CREDIT_CODE))[0] == SheetRefusal.PERSONAL_COLUMN
