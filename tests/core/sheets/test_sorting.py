import pytest

from tests.core.sheets.books import HEADER, MEI, TAO, names, read
from zuji.core.sheets import Column, Skip

WALKERS = (Column("name", ("单位名称",), required=True), Column("contact", ("联系人",)))
BOTH = ["美的网络（示例）", "陶的文化馆（示例）"]


def skipped(table) -> list[tuple[int, Skip]]:
    return [(row.number, row.why) for row in table.skipped]


@pytest.mark.parametrize(
    "word",
    ["合计", "合 计", "总计：", "小计", "合计43家", "共计（43家）", "Total", "全区合计", "石碁镇小计：6", "共43家企业"],
)
def test_a_row_of_totals_is_left_out_and_told(word):
    table = read(HEADER, MEI, TAO, [word, None, None, None, 9])
    assert names(table) == BOTH
    assert skipped(table) == [(4, Skip.TOTAL)]


def test_totals_beside_a_serial_column_are_known():
    table = read(
        ["序号", *HEADER],
        [1, *MEI],
        [None, "小计", None, None, None, 6],
        [2, *TAO],
        ["合计", None, None, None, None, 9],
    )
    assert names(table) == BOTH
    assert skipped(table) == [(3, Skip.TOTAL), (5, Skip.TOTAL)]


@pytest.mark.parametrize("name", ["共41号工作室（示例）", "番禺区共享合计软件（示例）"])
def test_a_firm_whose_name_holds_a_word_of_totals_is_a_firm(name):
    assert names(read(HEADER, [name, "企业"])) == [name]


def test_a_firm_whose_name_begins_like_a_total_is_a_firm():
    assert names(read(HEADER, ["总计划信息（示例）", "企业"])) == ["总计划信息（示例）"]


@pytest.mark.parametrize(
    "words",
    [
        "注：人数以实到为准",
        "备注: 7月20日前报送",
        "说明：",
        "填表人：陶",
        "审核人（签字）：",
        "（盖章）",
        "以上名单由协会提供。",
        "以下空白",
        "Note: sample",
    ],
)
def test_notes_below_are_left_out_and_told(words):
    table = read(HEADER, MEI, TAO, [], [words])
    assert names(table) == BOTH
    assert skipped(table) == [(5, Skip.NOTE)]


def test_what_follows_a_note_alone_in_its_row_is_a_note_too():
    table = read(HEADER, MEI, ["注：一、人数以实到为准"], ["二、集合时间另行通知"])
    assert [row.number for row in table.skipped] == [3, 4]


def test_full_rows_after_a_note_are_data():
    assert names(read(HEADER, MEI, ["注：以下为补报"], TAO)) == BOTH


def test_a_line_merged_over_columns_is_a_note():
    table = read(HEADER, MEI, ["各单位请于当日八点集合", None, None, None, None], merges=["A3:E3"])
    assert (names(table), skipped(table)) == (BOTH[:1], [(3, Skip.NOTE)])


def test_signatures_in_one_row_are_a_note():
    assert skipped(read(HEADER, MEI, ["填表人：陶", None, "审核人：梅"])) == [(3, Skip.NOTE)]


def test_a_text_beside_the_wanted_columns_is_a_note():
    assert skipped(read(["序号", *HEADER], [1, *MEI], ["由区网络文化协会提供"])) == [(3, Skip.NOTE)]


def test_a_header_printed_again_on_the_next_page_is_left_out():
    table = read(HEADER, MEI, HEADER, TAO)
    assert (names(table), skipped(table)) == (BOTH, [(3, Skip.HEADER)])


def test_both_lines_of_a_header_printed_again_are_left_out():
    upper, lower = ["单位名称", "联系方式", None], [None, "联系人", "联系电话"]
    table = read(upper, lower, ["甲（示例）", "梅", "34812345"], upper, lower, ["乙（示例）", "陶", "34812346"])
    assert names(table) == ["甲（示例）", "乙（示例）"]


def test_blank_rows_and_bare_serials_are_passed_over_in_silence():
    table = read(["序号", *HEADER], [1, *MEI], [], [2], ["", "—"], [3, *TAO])
    assert (names(table), table.skipped) == (BOTH, ())


def test_a_lone_name_in_a_row_is_data():
    assert names(read(HEADER, MEI, ["乙（示例）"])) == [BOTH[0], "乙（示例）"]


def test_a_row_without_its_required_name_is_data_with_a_problem():
    table = read(HEADER, MEI, [None, "企业", "陶", None, 4])
    assert [bool(row.problems) for row in table.rows()] == [False, True]


def test_a_name_merged_over_rows_holds_for_each_row_that_has_something():
    rows = [["单位名称", "联系人"], ["甲（示例）", "梅"], [None, "陶"], [None, "兰"], ["乙（示例）", "国"]]
    table = read(*rows, merges=["A2:A4"], columns=WALKERS)
    assert [(row["name"], row["contact"]) for row in table.rows()] == [
        ("甲（示例）", "梅"),
        ("甲（示例）", "陶"),
        ("甲（示例）", "兰"),
        ("乙（示例）", "国"),
    ]


def test_a_header_merged_one_row_too_far_is_no_value_of_that_row():
    (row,) = read(["登记表"], ["单位名称", "联系人", "预计人数"], ["甲（示例）", None, 3], merges=["B2:B3"]).rows()
    assert (row["name"], row["contact"], row["expected"]) == ("甲（示例）", None, 3)


def test_a_row_with_nothing_of_its_own_is_no_row_whatever_is_merged_into_it():
    rows = [["单位名称", "联系人"], ["甲（示例）", "梅"], [None, None], ["乙（示例）", "国"]]
    assert len(read(*rows, merges=["A2:A3"], columns=WALKERS)) == 2
