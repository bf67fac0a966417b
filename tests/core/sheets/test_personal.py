from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.core.sheets.personal import (
    asks_papers,
    asks_personal,
    holds_identity_number,
    is_credit_code,
    is_identity_number,
    is_personal_header,
    is_status,
)

CHECKS = "10X98765432"
REGIONS = st.sampled_from(["440113", "440106", "110101", "654321"])
BIRTHS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
ORDERS = st.integers(min_value=0, max_value=999)


def identity_number(region: str, birth: str, order: int) -> str:
    """A made-up number that passes the check."""
    first = f"{region}{birth}{order:03}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first))
    return first + CHECKS[total % 11]


NUMBER = identity_number("440113", "19900307", 123)

FORBIDDEN = [
    "是否党员",
    "是否中共党员",
    "是否为党员",
    "党员",
    "党员姓名",
    "党员（是/否）",
    "政治面貌",
    "负责人政治面貌",
    "政治身份",
    "民主党派",
    "入党时间",
    "党龄",
    "是否共青团员",
    "团员",
    "宗教",
    "宗教信仰",
    "信仰",
    "身份证",
    "身份证号",
    "身份证号码",
    "法定代表人身份证号",
    "身 份 证\n号 码",
    "公民身份号码",
    "证件号码",
    "护照号",
    "Political status",
    "Is Party member",
    "Party member",
    "Religion",
    "ID card number",
    "ID No.",
]
WELCOME = [
    "党员数",
    "党员人数",
    "党员总数",
    "正式党员数",
    "党员（人）",
    "党员情况人数",
    "入党申请人数",
    "党员占比",
    "党支部书记",
    "党委书记姓名",
    "党组织名称",
    "是否建立党组织",
    "党建指导员",
    "党员活动室",
    "集团员工数",
    "集团员工姓名",
    "参加身份",
    "单位性质",
    "统一社会信用代码",
    "证照编号",
    "Number of Party members",
    "Party members (total)",
    "联系人",
    "备注",
    "",
]


@pytest.mark.parametrize("header", FORBIDDEN)
def test_a_header_that_asks_for_a_persons_status_is_known(header):
    assert asks_personal(header)


@pytest.mark.parametrize("header", WELCOME)
def test_counts_offices_and_ordinary_headers_are_welcome(header):
    assert not asks_personal(header)


@pytest.mark.parametrize("cell", ["身份证号", "政治面貌", " 是否党员", "居民身份证号码", "ID number", "入党时间"])
def test_a_cell_that_is_such_a_header_and_nothing_else_is_known_anywhere(cell):
    assert is_personal_header(cell)


@pytest.mark.parametrize(
    "cell", ["请勿填写身份证号", "党员大会", "党员", "身份证", "坚定信仰", "本表不收集政治面貌", 12.0, ""]
)
def test_a_sentence_or_a_theme_is_no_such_header(cell):
    assert not is_personal_header(cell)


@given(REGIONS, BIRTHS, ORDERS)
def test_every_number_with_a_sound_check_and_a_real_birth_date_is_known(region, birth, order):
    assert is_identity_number(identity_number(region, f"{birth:%Y%m%d}", order))


@given(REGIONS, BIRTHS, ORDERS, st.integers(min_value=0, max_value=16), st.integers(min_value=1, max_value=9))
def test_one_changed_digit_is_no_identity_number(region, birth, order, place, step):
    number = identity_number(region, f"{birth:%Y%m%d}", order)
    changed = str((int(number[place]) + step) % 10)
    assert not is_identity_number(number[:place] + changed + number[place + 1 :])


@given(st.sampled_from(["18991231", "19000229", "19901301", "19900230", "00000101", "21000101", "01010112"]), ORDERS)
def test_a_sound_check_around_no_real_birth_date_is_no_identity_number(birth, order):
    assert not is_identity_number(identity_number("440101", birth, order))


@given(st.integers(min_value=0, max_value=99_999_999))
def test_all_digit_credit_codes_of_guangzhou_are_never_taken_for_persons(order):
    code = f"91440101{order:08}{order % 10}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(code))
    assert not holds_identity_number(code + CHECKS[total % 11])


@pytest.mark.parametrize(
    "cell",
    [
        NUMBER,
        f" {NUMBER} ",
        f"身份证：{NUMBER}。",
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
        NUMBER.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        f"13800138000 {NUMBER}",
        f"{NUMBER}\n{NUMBER}",
    ],
)
def test_a_number_is_found_however_it_is_written(cell):
    assert holds_identity_number(cell)


def test_a_small_x_is_a_check_as_well():
    ends_in_x = next(
        number for order in range(999) if (number := identity_number("440113", "19900307", order)).endswith("X")
    )
    assert holds_identity_number(ends_in_x.lower())


@pytest.mark.parametrize("cell", [f"1{NUMBER}", f"{NUMBER}0", f"A{NUMBER}", NUMBER[:17], 440113199003071234, None, ""])
def test_a_part_of_a_longer_code_is_no_identity_number(cell):
    assert not holds_identity_number(cell)


def test_a_status_is_known_as_a_whole_cell_only():
    assert is_status(" 中共党员 ")
    assert not is_status("中共党员示范岗")
    assert not is_status(3.0)


@pytest.mark.parametrize(
    ("header", "open_whose"),
    [
        ("证件号码", True),
        ("主办单位证件号码", True),
        ("负责人证件号码", False),
        ("居民有效证件号", False),
        ("证件类型", False),
    ],
)
def test_the_number_of_papers_may_be_a_firms_unless_a_person_is_named(header, open_whose):
    assert asks_papers(header) is open_whose


@pytest.mark.parametrize(
    ("cell", "firm"),
    [("91110000600037341L", True), ("'91110000600037341l", True), ("9.11E+17", True), (9.11e17, True), (NUMBER, False)],
)
def test_a_credit_code_is_told_from_an_identity_number(cell, firm):
    assert is_credit_code(cell) is firm
