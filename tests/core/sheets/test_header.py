from tests.core.sheets.books import COLUMNS, HEADER, MEI, TAO, raw
from zuji.core.sheets import Column
from zuji.core.sheets.header import DEPTH, find_header, lines_of, readings

TITLE = ["参加单位登记表", None, None, None, None]
UPPER = ["单位名称", "单位性质", "联系方式", None, "预计人数"]
LOWER = [None, None, "联系人", "联系电话", None]
# A3:A4, B3:B4 and E3:E4 go down, C3:D3 goes across
MERGES = [((2, 0), (3, 0)), ((2, 1), (3, 1)), ((2, 4), (3, 4)), ((2, 2), (2, 3))]
ALL = {"name": 0, "kind": 1, "contact": 2, "phone": 3, "expected": 4}


def found(*rows, merges=(), columns=COLUMNS):
    return find_header(raw(*rows, merges=merges), columns)


def lines(header):
    return header.top, header.bottom


def test_a_header_on_the_first_line_is_found():
    header = found(HEADER, MEI)
    assert (lines(header), header.placed) == ((0, 0), ALL)


def test_titles_and_blank_lines_may_stand_above():
    header = found(TITLE, [], ["填报单位：", "区委"], HEADER, MEI)
    assert lines(header) == (3, 3)


def test_a_title_merged_over_all_columns_is_no_part_of_the_header():
    header = found(TITLE, HEADER, MEI, merges=[((0, 0), (0, 4))])
    assert lines(header) == (1, 1)
    assert header.joined(0) == "单位名称"


def test_a_two_line_header_with_merged_cells_is_read_as_one():
    header = found(TITLE, [], UPPER, LOWER, MEI, merges=[((0, 0), (0, 4)), *MERGES])
    assert (lines(header), header.placed) == ((2, 3), ALL)
    assert header.joined(2) == "联系方式联系人"


def test_a_column_known_by_its_lower_line_keeps_that_as_its_title():
    header = found(TITLE, [], UPPER, LOWER, MEI, merges=MERGES)
    assert header.titles == ("单位名称", "单位性质", "联系人", "联系电话", "预计人数")


def test_a_two_line_header_is_read_without_merged_cells_too():
    header = found(UPPER, LOWER, MEI, TAO)
    assert (lines(header), header.placed) == ((0, 1), ALL)


def test_the_first_row_of_data_is_no_second_line():
    header = found(HEADER, MEI, TAO)
    assert header.height == 1


def test_a_row_of_data_that_repeats_a_header_word_is_no_second_line():
    columns = (Column("name", ("单位名称", "企业"), required=True), Column("kind", ("单位性质",)))
    assert lines(found(["单位名称", "单位性质"], ["甲（示例）", "企业"], columns=columns)) == (0, 0)


def test_a_second_line_that_adds_only_unwanted_columns_belongs_to_the_header():
    header = found(["单位名称", "联系人", "备注", None], [None, None, "是否党员", "说明"], ["甲", "梅", "", ""])
    assert lines(header) == (0, 1)
    assert header.joined(2) == "备注是否党员"


def test_a_serial_column_and_other_columns_shift_nothing():
    header = found(["序号", "区域", *HEADER], [1, "石碁镇", *MEI])
    assert header.placed == {key: place + 2 for key, place in ALL.items()}


def test_synonyms_units_and_decoration_are_understood():
    header = found(["*名 称：", "单位性质（选填）", "联系人", "电话", "预计人数(人)"], MEI)
    assert header.placed == ALL


def test_the_joined_name_goes_before_the_lower_line_alone():
    columns = (Column("name", ("单位名称",)), Column("phone", ("联系人电话", "电话")))
    upper = ["单位名称", "法定代表人", None, "联系人", None]
    header = found(
        upper, [None, "姓名", "电话", "姓名", "电话"], columns=columns, merges=[((0, 1), (0, 2)), ((0, 3), (0, 4))]
    )
    assert (header.placed["phone"], header.doubles) == (4, {})


def test_a_reading_without_doubles_goes_before_a_shorter_one():
    columns = (Column("name", ("单位名称",)), Column("phone", ("联系人电话", "电话")))
    upper, lower = (
        ["单位情况", None, "法定代表人", None, "联系人", None],
        ["单位名称", "区域", "姓名", "电话", "姓名", "电话"],
    )
    merges = [((0, 0), (0, 1)), ((0, 2), (0, 3)), ((0, 4), (0, 5))]
    header = found(upper, lower, ["甲（示例）"], columns=columns, merges=merges)
    assert (lines(header), header.placed) == ((0, 1), {"name": 0, "phone": 5})


def test_two_equal_claims_are_a_double():
    header = found([*HEADER, "电话"], [*MEI, "1"])
    assert header.doubles == {"phone": 5}


def test_the_line_with_more_wanted_columns_wins():
    assert lines(found(["单位名称", "联系人"], HEADER, MEI)) == (1, 1)


def test_a_header_printed_again_does_not_move_the_first():
    assert lines(found(HEADER, MEI, HEADER, TAO)) == (0, 0)


def test_one_required_column_is_enough_when_it_is_all_that_is_required():
    assert found(["单位名称"], ["甲（示例）"]).placed == {"name": 0}


def test_a_single_optional_column_is_not_enough():
    assert found(["联系人"], ["梅"]) is None


def test_no_line_of_an_unrelated_sheet_is_a_header():
    assert found(["说明", "本表由各单位填写"], ["一", "二"]) is None
    assert found() is None


def test_a_header_below_the_searched_lines_is_none():
    blank = [[""]] * DEPTH
    assert found(*blank, HEADER, MEI) is None
    assert found(*blank[1:], HEADER, MEI) is not None


def test_merged_ranges_that_overlap_or_leave_the_sheet_end_the_search_in_time():
    everywhere = [((0, 0), (1_048_575, 16_383))] * 1000
    assert len(lines_of(raw(HEADER, MEI, merges=everywhere))) == 2


def test_a_range_that_begins_outside_of_the_lines_is_left_alone():
    grid = lines_of(raw(HEADER, MEI, merges=[((5, 0), (6, 0)), ((0, 9), (0, 10))]))
    assert [part.text for part in grid[0]] == HEADER


def test_every_line_is_offered_as_a_header_alone_and_with_the_next():
    offered = [(reading.top, reading.height) for reading in readings(raw(TITLE, HEADER, MEI))]
    assert offered == [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1)]
