"""Which value is in force, and what a text means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.register.enums import EnterpriseStatus, FilingKind
from zuji.register.finding import asked_grams, folded, grams, search_key
from zuji.register.values import (
    FILING_FORMS,
    Cell,
    others,
    ranked,
    read_day,
    read_filings,
    read_staff,
    read_status,
    read_town,
)

FIRST = date(2021, 1, 1)
CELLS = st.lists(
    st.builds(
        Cell,
        text=st.sampled_from("甲乙丙"),
        row=st.integers(1, 50),
        number=st.integers(2, 9),
        column=st.just("B"),
        source=st.integers(1, 4),
        authority=st.integers(1, 3),
        as_of=st.integers(0, 3).map(lambda days: FIRST + timedelta(days=days)),
    ),
    min_size=1,
    unique_by=lambda cell: cell.row,
)
ORDERS = st.lists(st.integers(1, 3), unique=True)


@given(CELLS, ORDERS, st.randoms())
def test_the_value_in_force_does_not_hang_on_the_order_of_rows(cells, order, random):
    mixed = random.sample(cells, len(cells))
    assert ranked(mixed, order) == ranked(cells, order)


@given(CELLS, ORDERS)
def test_nobody_outranks_an_authority_named_before_it_nor_a_later_list_of_the_same(cells, order):
    places = [order.index(cell.authority) if cell.authority in order else len(order) for cell in ranked(cells, order)]
    assert places == sorted(places)
    first = ranked(cells, order)[0]
    same = [cell for cell in cells if cell.authority == first.authority]
    assert first.as_of == max(cell.as_of for cell in same)


@given(CELLS)
def test_without_an_order_the_later_list_wins(cells):
    first = ranked(cells, ())[0]
    latest = [cell for cell in cells if cell.as_of == max(each.as_of for each in cells)]
    assert (first.source, first.number, first.row) == min((cell.source, cell.number, cell.row) for cell in latest)


@given(CELLS)
def test_the_others_say_something_else_each_once(cells):
    ordered = ranked(cells, ())
    texts = [cell.text for cell in others(ordered)]
    assert {*texts, ordered[0].text} == {cell.text for cell in cells}
    assert len(texts) == len({*texts}) == len({cell.text for cell in cells}) - 1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        *(("在营（开业）企业", "active"), ("存续", "active"), ("正常", "active"), ("active", "active")),
        *(("吊销，未注销", "revoked"), ("已注销", "deregistered"), ("迁出", "moved_out"), ("非正常", "unknown")),
        *(("", "unknown"), ("？", "unknown")),
    ],
)
def test_a_status_is_read_by_its_words(text, status):
    assert read_status(text) == status


def test_every_status_and_filing_kind_is_one_of_the_closed_sets():
    assert {read_status(text) for text in ("吊销", "注销", "迁出", "在业", "")} == set(EnterpriseStatus)
    assert set(FILING_FORMS) == set(FilingKind)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12),
        ("12人", 12),
        ("１２", 12),
        ("约30人", 30),
        ("1,200", 1200),
        ("12.0", 12),
        ("10-20人", None),
        ("", None),
    ],
)
def test_a_head_count_is_a_number_or_unknown(text, count):
    assert read_staff(text) == count


@pytest.mark.parametrize("text", ["2019.3.5", "2019-03-05", "2019年3月5日", "20190305", "43529", "2019/3/5 00:00"])
def test_a_day_is_read_in_every_shape_of_sheets(text):
    assert read_day(text) == date(2019, 3, 5)


@pytest.mark.parametrize("text", ["2019", "2019-13-01", "不详", ""])
def test_what_is_no_day_is_unknown(text):
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("town", "address", "code"),
    [
        *(("石碁镇", "", "440113120"), ("石基", "", "440113120"), ("440113007", "", "440113007")),
        *(("", "广州市番禺区市桥街大北路1号", "440113007"), ("", "上海市番禺路8号", ""), ("天河区", "", "")),
        *(("", "深圳市宝安区沙湾路2号", ""), ("", "", "")),
    ],
)
def test_a_town_is_known_by_its_name_its_code_or_the_address_in_the_district(town, address, code):
    assert read_town(town, address) == code


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("icp", "粤ICP备12345678号-2、粤icp备87654321号", [("粤ICP备12345678号-2", True), ("粤ICP备87654321号", True)]),
        ("icp", "粤ICP备1234567号", [("粤ICP备1234567号", False)]),
        ("icp", "无", [("无", False)]),
        ("police", "粤公网安备 44011302000123号", [("粤公网安备", False), ("44011302000123号", False)]),
        ("police", "粤公网安备44011302000123号", [("粤公网安备44011302000123号", True)]),
        ("algorithm", "网信算备440113000000000000001号", [("网信算备440113000000000000001号", True)]),
        ("icp", "", []),
    ],
)
def test_filings_are_read_with_the_form_of_their_kind(kind, text, read):
    assert [(each.number, each.well_formed) for each in read_filings(kind, text)] == read


@given(st.text("木棉数科广州网络", min_size=2, max_size=12), st.data())
def test_any_part_of_a_name_of_two_characters_is_in_the_index(name, data):
    start = data.draw(st.integers(0, len(name) - 2))
    asked = folded(name[start : data.draw(st.integers(start + 2, len(name)))])
    held = set(grams([name]))
    assert any(set(way) <= held for way in asked_grams(asked)) or not asked_grams(asked)
    assert asked in search_key([name])


@given(st.text("木棉数科广州网络西安", min_size=2, max_size=10), st.integers(2, 60))
def test_the_pinyin_of_a_name_from_its_beginning_is_in_the_index_however_it_is_read(name, letters):
    _, sound, initials = search_key([name]).split("\n")
    held = set(grams([name]))
    for asked in (sound[:letters], initials[:letters]):
        ways = asked_grams(asked)
        assert not ways or any(set(way) <= held for way in ways)
