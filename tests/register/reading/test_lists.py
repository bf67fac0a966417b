import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from stdnum.cn import uscc

from tests.core.sheets.books import Sheet, book
from tests.register.reading.wordings import made
from zuji.core.errors import Invalid
from zuji.core.sheets.columns import Limits
from zuji.register.fields import Field
from zuji.register.reading import Ask, Choice, Why, read_list

HEADER = ["序号", "企业名称", "统一社会信用代码", "联系人", "联系电话", "成立日期"]
FIRM = [1, "广州云创软件有限公司", "440126123456789", "陈志伟", "15412345678", "2019.3.5"]
OTHER = [2, "广州恒博网络科技有限公司", "440126987654321", "李明", "020-12345678", "2018年1月2日"]
OLD_XLS = Path(__file__).parents[2] / "core" / "sheets" / "files" / "organisations.xls"


def read(*rows, chosen=None, remembered=None, file="名单.xlsx"):
    return read_list(book(Sheet(rows)), file=file, chosen=chosen, remembered=remembered)


def refused(data, *, file="名单.xlsx", **more):
    with pytest.raises(Invalid) as caught:
        read_list(data, file=file, **more)
    return caught.value


def numbers(reading):
    return [row.number for row in reading.rows()]


@pytest.mark.parametrize("seed", range(16))
def test_a_list_in_a_style_of_its_own_is_read_without_a_hand(seed):
    style = made(seed)
    reading = read_list(style.data, file=style.file)
    assert reading.sheet == style.sheet
    assert numbers(reading) == style.rows
    found = {field: place for field, place in reading.places.items() if field is not Field.NOTE}
    assert found == style.places, style.titles


def test_each_value_knows_its_cell():
    (row,) = read(["2020年度名册"], HEADER, FIRM).rows()
    assert row.fields[Field.PHONE] == "15412345678"
    assert str(row.cells[Field.PHONE]) == "名单!E3"
    assert row.fields[Field.FOUNDED] == "2019-03-05"
    assert row.whole() == FIRM


def test_a_bad_cell_is_named_and_the_rest_of_the_row_stands():
    bad = [1, "广州云创软件有限公司", "9.14E+17", "陈志伟", "1.54E+10", "2019.13.45"]
    first, second = read(HEADER, bad, OTHER).rows()
    assert [(str(each.code), each.cell.ref) for each in first.problems] == [
        ("digits_lost", "C2"),
        ("digits_lost", "E2"),
        ("not_a_date", "F2"),
    ]
    assert first.flawed == {Field.CODE, Field.PHONE, Field.FOUNDED}
    assert first.fields[Field.NAME] == "广州云创软件有限公司"
    assert second.problems == []


def test_a_hidden_sheet_is_never_the_list():
    old = Sheet([HEADER, *([number, *FIRM[1:]] for number in range(50))], "旧", hidden=True)
    reading = read_list(book(Sheet([HEADER, FIRM], "新"), old), file="名单.xlsx")
    assert (reading.sheet, reading.others) == ("新", ())


def test_two_sheets_that_look_alike_are_a_question_and_can_be_chosen():
    data = book(Sheet([HEADER, FIRM], "一"), Sheet([HEADER, FIRM, OTHER], "二"))
    reading = read_list(data, file="名单.xlsx")
    assert (reading.sheet, reading.others) == ("二", ("一",))
    assert [question.code for question in reading.questions] == [Ask.WHICH_SHEET]
    chosen = read_list(data, file="名单.xlsx", chosen=Choice(sheet="一"))
    assert (chosen.sheet, chosen.questions) == ("一", ())


def test_a_form_without_rows_gives_way_to_the_sheet_with_rows():
    data = book(Sheet([[*HEADER, "住所", "经营状态"]], "空表"), Sheet([HEADER, FIRM], "名单"))
    assert read_list(data, file="名单.xlsx").sheet == "名单"


def test_a_person_can_overrule_columns_and_header():
    reading = read(HEADER, FIRM, OTHER, chosen=Choice(columns={3: Field.PERSON, 4: None}))
    assert reading.places[Field.PERSON] == 3
    assert Field.PHONE not in reading.places
    forced = read(["甲表", "乙"], ["云创", "x"], ["恒博", "y"], chosen=Choice("名单", (1, 1), {0: Field.NAME}))
    assert [row.fields[Field.NAME] for row in forced.rows()] == ["云创", "恒博"]


def test_an_answer_of_before_is_remembered_by_its_heading():
    reading = read([*HEADER, "统 代："], [*FIRM, "x"], remembered={"统代": Field.BRAND})
    assert (reading.columns[6].field, reading.columns[6].reason) == (Field.BRAND, Why.REMEMBERED)


def test_a_column_of_strokes_is_empty_and_keeps_its_field():
    reading = read(HEADER, [*FIRM[:2], "—", *FIRM[3:]], [*OTHER[:2], "/", *OTHER[3:]])
    assert reading.places[Field.CODE] == 2
    assert [row.problems for row in reading.rows()] == [[], []]


def test_what_is_not_sure_is_asked():
    reading = read([*HEADER, "掌柜"], [*FIRM, "陈志伟"], [*OTHER, "李明"])
    assert [(question.code, question.place) for question in reading.questions] == [(Ask.WHICH_FIELD, 6)]
    assert reading.questions[0].facts["title"] == "掌柜"


def test_a_list_without_name_and_code_says_so():
    reading = read(["联系电话", "成立日期", "住所"], ["15412345678", "2019.3.5", "市莲路12号"])
    assert reading.questions[0].code is Ask.NO_NAME


def test_the_number_of_hosts_papers_is_a_credit_code_where_the_cells_say_so():
    hosts = ["主办单位名称", "证件号码", "网站域名"]
    code = "91440101MA59MUTB0C"
    code = code[:17] + uscc.calc_check_digit(code[:17])
    reading = read(hosts, ["广州云创软件有限公司", code, "a.com"], ["广州恒博软件有限公司", "9.14E+17", "b.cn"])
    assert reading.places[Field.CODE] == 1


@pytest.mark.parametrize("heading", ["身份证号", "政治面貌", "是否党员", "负责人证件号码", "宗教信仰", "证件号码"])
def test_a_forbidden_column_refuses_the_whole_file(heading):
    problem = refused(book(Sheet([[*HEADER, heading], [*FIRM, "x"]])))
    assert problem.code == "personal_column"


def test_a_forbidden_column_on_a_hidden_sheet_refuses_the_file_too():
    hidden = Sheet(
        [["企业名称", "法定代表人", "政治面貌"], ["广州云创软件有限公司", "陈志伟", "群众"]], "旧", hidden=True
    )
    assert refused(book(Sheet([HEADER, FIRM]), hidden)).code == "personal_column"


def test_an_identity_number_under_an_innocent_heading_refuses_the_file():
    first = "44011319900307123"
    number = first + "10X98765432"[sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(first)) % 11]
    assert refused(book(Sheet([[*HEADER, "备注"], [*FIRM, number]]))).code == "personal_content"


def test_counts_of_members_are_welcome():
    reading = read([*HEADER, "党员人数"], [*FIRM, 3])
    assert reading.places[Field.MEMBERS] == 6


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_text_list_is_read_in_any_usual_encoding(encoding):
    text = "\r\n".join(",".join(map(str, line)) for line in ([*HEADER, "镇街"], [*FIRM, "石碁镇"]))
    (row,) = read_list(text.encode(encoding), file="名单.csv").rows()
    assert (row.fields[Field.NAME], row.fields[Field.TOWN]) == (FIRM[1], "石碁镇")


def test_an_old_workbook_is_read():
    reading = read_list(OLD_XLS.read_bytes(), file="organisations.xls")
    assert Field.NAME in reading.places
    assert len(reading) > 0


def test_a_million_blank_rows_cost_nothing():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as made_book:
        page, look = made_book.add_worksheet(), made_book.add_format({"bold": True})
        for line, row in enumerate((HEADER, FIRM)):
            page.write_row(line, 0, row)
        page.write_blank(1_048_575, 5, None, look)
    tracemalloc.start()
    reading = read_list(out.getvalue(), file="名单.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(reading), peak < 50_000_000) == (1, True)


def test_formulas_count_by_their_results():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made_book:
        page = made_book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, FIRM)
        page.write_formula(1, 1, '=A1&"x"', None, "广州云创软件有限公司")
    (row,) = read_list(out.getvalue(), file="名单.xlsx").rows()
    assert row.fields[Field.NAME] == "广州云创软件有限公司"
    assert row.problems == []


def test_the_error_of_a_formula_that_was_pasted_as_text_is_named():
    (row,) = read(HEADER, [*FIRM[:3], "#N/A", *FIRM[4:]]).rows()
    assert [str(problem.code) for problem in row.problems] == ["formula_error"]


def test_a_bomb_is_refused_before_it_is_unpacked():
    plain = book(Sheet([HEADER, FIRM]))
    assert refused(plain, limits=Limits(unpacked_bytes=1000)).code == "workbook_too_large"


def test_a_locked_workbook_is_refused_with_its_reason():
    locked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(Sheet([HEADER, FIRM])))) as source, zipfile.ZipFile(locked, "w") as target:
        for member in source.infolist():
            target.writestr(member, source.read(member))
    data = bytearray(locked.getvalue())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)).code == "workbook_locked"


def test_macros_are_neither_run_nor_a_hindrance():
    mixed = io.BytesIO(book(Sheet([HEADER, FIRM])))
    with zipfile.ZipFile(mixed, "a") as target:
        target.writestr("xl/vbaProject.bin", b"not run")
    assert len(read_list(mixed.getvalue(), file="名单.xlsm")) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "workbook_empty"), (b"%PDF-1.4 x", "not_a_workbook"), (b"PK\x03\x04rubbish", "not_a_workbook")],
)
def test_what_is_no_list_is_refused(data, code):
    assert refused(data).code == code


def test_a_sheet_without_header_or_rows_is_refused_with_what_to_do():
    assert refused(book(Sheet([["说明"], ["见附件"]]))).code == "no_header"
    assert refused(book(Sheet([HEADER]))).code == "no_rows"
    chosen = Choice(sheet="别的")
    assert refused(book(Sheet([HEADER, FIRM])), chosen=chosen).code == "no_such_sheet"
