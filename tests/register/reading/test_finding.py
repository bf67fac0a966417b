import pytest

from tests.core.sheets.books import raw
from zuji.core.sheets.enums import Skip
from zuji.core.sheets.sorting import origins
from zuji.register.reading.finding import SAMPLED, find_lines, header_of, rows_of, sample

HEADER = ["序号", "市场主体名称", "主体代码", "联络人手机"]
FIRM = [1, "广州云创软件有限公司", "91440101MA5ABCDE1X", "15412345678"]
TITLE = ["2020年度互联网企业名册", None, None, None]


def lines(*rows, merges=()):
    found = find_lines(raw(*rows, merges=merges))
    return (found.top, found.top + found.height - 1) if found else None


def sorted_rows(*rows, merges=()):
    sheet = raw(*rows, merges=merges)
    found = find_lines(sheet)
    header = header_of(found, {str(place): place for place in range(1, len(found.paths))})
    kept, skipped = rows_of(sheet, header, origins(sheet, header))
    return [index + 1 for index in kept], [(each.number, each.why) for each in skipped]


def test_a_header_in_unseen_words_is_found_on_the_first_line():
    assert lines(HEADER, FIRM) == (0, 0)


@pytest.mark.parametrize(
    "title", [TITLE, ["填报单位：番禺区", None, None, "截至2020年12月31日"], ["附件2"], ["单位：家"]]
)
def test_what_stands_above_is_no_header(title):
    assert lines(title, [], HEADER, FIRM) == (2, 2)
    assert lines(title, HEADER, FIRM, merges=[((0, 0), (0, 3))]) == (1, 1)


def test_a_header_of_two_lines_is_found_with_and_without_merges():
    upper, lower = ["序号", "登记情况", None, "联络人手机"], [None, "市场主体名称", "主体代码", None]
    merges = [((1, 0), (2, 0)), ((1, 1), (1, 2)), ((1, 3), (2, 3))]
    assert lines(TITLE, upper, lower, FIRM, merges=merges) == (1, 2)
    assert lines(TITLE, upper, lower, FIRM) == (1, 2)


def test_the_first_firm_is_no_second_line():
    short = [2, "虎牙", None, None]
    assert lines(HEADER, short, short) == (0, 0)


def test_a_sheet_without_headings_has_no_header():
    assert lines(FIRM, FIRM) is None
    assert lines(["说明"], ["本工作簿由各部门报送。"]) is None


def test_a_list_of_names_alone_has_one_heading():
    assert lines(["企业名称"], ["广州云创软件有限公司"]) == (0, 0)


def test_totals_notes_and_blank_rows_are_left_out():
    kept, skipped = sorted_rows(
        HEADER, FIRM, [], [2, *FIRM[1:]], ["合计", "共2家"], ["注：本表数据由各部门报送"], ["数据仅供内部使用"]
    )
    assert kept == [2, 4]
    assert skipped == [(5, Skip.TOTAL), (6, Skip.NOTE), (7, Skip.NOTE)]


@pytest.mark.parametrize("total", [["全区合计", 2], ["市桥街道小计", 1], [None, "共2家企业"], ["总 计", None]])
def test_a_total_is_known_whatever_it_totals(total):
    assert sorted_rows(HEADER, FIRM, total) == ([2], [(3, Skip.TOTAL)])


def test_a_line_that_counts_the_columns_is_no_data():
    assert sorted_rows(HEADER, ["甲", "乙", 1, 2], FIRM) == ([3], [(2, Skip.HEADER)])
    assert sorted_rows(HEADER, [1, 2, 3, 4], FIRM) == ([3], [(2, Skip.HEADER)])


@pytest.mark.parametrize(
    ("line", "why"),
    [([None, None, None, "（手机）"], Skip.HEADER), (["例", "广州某某有限公司", "91440101XXXXXXXXXX"], Skip.NOTE)],
)
def test_units_and_examples_below_a_header_are_no_data(line, why):
    assert sorted_rows(HEADER, line, FIRM) == ([3], [(2, why)])


def test_the_name_of_a_town_above_its_firms_is_neither_header_nor_data():
    assert lines(HEADER, ["石碁镇"], FIRM, ["南村镇"], FIRM) == (0, 0)
    assert sorted_rows(HEADER, ["石碁镇"], FIRM, ["南村镇"], FIRM)[0] == [3, 5]


def test_a_lone_line_at_the_foot_of_a_list_without_numbers_is_a_note():
    kept, _ = sorted_rows(HEADER[1:], FIRM[1:], ["本表仅供核对"])
    assert kept == [2]


def test_a_numbered_but_empty_line_is_no_row():
    assert sorted_rows(HEADER, FIRM, [2], [3]) == ([2], [])


def test_a_firm_of_which_only_the_name_is_known_is_a_row():
    kept, _ = sorted_rows(HEADER, FIRM, [2, "虎牙"])
    assert kept == [2, 3]


def test_the_sample_is_spread_over_the_whole_sheet():
    sheet = raw(HEADER, *([number, *FIRM[1:]] for number in range(10 * SAMPLED)), [])
    taken = sample(sheet, find_lines(sheet))
    assert SAMPLED <= len(taken) < 2 * SAMPLED
    assert taken[-1][0] > 9 * SAMPLED
