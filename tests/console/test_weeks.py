"""The layout of calendars, by properties: every day shown once, nothing upon another, no lane or column too many."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.console.blocks import weeks

DAY = timedelta(days=1)
DAYS = st.dates(date(1999, 12, 1), date(2032, 3, 1))


@dataclass(frozen=True)
class Days:
    first_day: date
    last_day: date
    name: int = 0


@dataclass(frozen=True)
class Minutes:
    starts: int
    ends: int
    name: int = 0


@st.composite
def spans(draw):
    """A few things about one week, each lasting up to three weeks."""
    monday = weeks.week_of(draw(DAYS))[0]
    numbers = draw(st.lists(st.tuples(st.integers(-20, 8), st.integers(0, 20)), max_size=12))
    lasting = [
        Days(monday + start * DAY, monday + (start + length) * DAY, name)
        for name, (start, length) in enumerate(numbers)
    ]
    return weeks.week_of(monday), lasting


HOURS = st.lists(st.tuples(st.integers(0, 1439), st.integers(0, 600)), max_size=12).map(
    lambda pairs: [Minutes(start, min(start + length, 1440), name) for name, (start, length) in enumerate(pairs)]
)


# --- weeks and months


@given(DAYS)
def test_a_week_is_seven_days_from_monday_on_with_its_day(day):
    week = weeks.week_of(day)
    assert (len(week), week[0].weekday(), day in week) == (7, 0, True)
    assert all(after - before == DAY for before, after in pairwise(week))


@given(DAYS)
def test_a_month_is_shown_whole_by_weeks_without_a_gap(day):
    shown = [each for week in weeks.weeks_of_month(day) for each in week]
    assert all(after - before == DAY for before, after in pairwise(shown))
    of_month = [each for each in shown if (each.year, each.month) == (day.year, day.month)]
    assert of_month[0].day == 1
    assert (of_month[-1] + DAY).day == 1
    # no week more than is needed
    assert of_month[0] in shown[:7]
    assert of_month[-1] in shown[-7:]


@given(DAYS)
def test_months_follow_each_other(day):
    first = day.replace(day=1)
    assert weeks.month_before(weeks.month_after(day)) == first
    assert weeks.month_after(day) - first in [n * DAY for n in (28, 29, 30, 31)]


def test_a_month_of_four_weeks_and_one_of_six():
    assert len(weeks.weeks_of_month(date(2021, 2, 9))) == 4
    assert len(weeks.weeks_of_month(date(2021, 8, 1))) == 6


# --- bars over days


def covered(bar):
    return range(bar.first, bar.last + 1)


@given(spans())
def test_each_day_of_what_lasts_is_covered_once_by_its_own_bar(drawn):
    days, lasting = drawn
    laid = weeks.bars(lasting, days)
    for each in lasting:
        own = [column for bar in laid if bar.of is each for column in covered(bar)]
        assert own == [column for column, day in enumerate(days) if each.first_day <= day <= each.last_day]


@given(spans())
def test_no_bar_lies_upon_another(drawn):
    days, lasting = drawn
    cells = Counter((bar.lane, column) for bar in weeks.bars(lasting, days) for column in covered(bar))
    assert set(cells.values()) <= {1}


@given(spans())
def test_there_are_no_more_lanes_than_bars_at_once(drawn):
    days, lasting = drawn
    laid = weeks.bars(lasting, days)
    at_once = Counter(column for bar in laid for column in covered(bar))
    assert max((bar.lane + 1 for bar in laid), default=0) == max(at_once.values(), default=0)


@given(spans())
def test_a_bar_says_where_it_goes_on(drawn):
    days, lasting = drawn
    for bar in weeks.bars(lasting, days):
        assert bar.begins == (bar.of.first_day == days[bar.first])
        assert bar.ends == (bar.of.last_day == days[bar.last])
        assert bar.days == bar.last - bar.first + 1 > 0


@given(spans(), st.integers(0, 4))
def test_what_has_no_room_is_counted_for_each_day(drawn, lanes):
    days, lasting = drawn
    laid = weeks.bars(lasting, days)
    shown = Counter(column for bar in laid if bar.lane < lanes for column in covered(bar))
    whole = Counter(column for bar in laid for column in covered(bar))
    assert [shown[n] + more for n, more in enumerate(weeks.hidden(laid, days, lanes))] == [whole[n] for n in range(7)]


@given(spans(), st.randoms())
def test_bars_do_not_depend_on_the_order_of_different_things(drawn, chance):
    days, lasting = drawn
    different = list({(each.first_day, each.last_day): each for each in lasting}.values())
    shuffled = list(different)
    chance.shuffle(shuffled)
    assert weeks.bars(shuffled, days) == weeks.bars(different, days)


# --- blocks within a day


@given(HOURS)
def test_every_block_stands_once_within_the_day_and_can_be_read(lasting):
    laid = weeks.blocks(lasting)
    assert sorted(block.of.name for block in laid) == [each.name for each in lasting]
    for block in laid:
        assert 0 <= block.top < block.bottom <= 1440
        assert block.bottom - block.top >= weeks.SHORTEST
        assert block.top <= block.of.starts
        assert block.of.ends <= block.bottom


def overlap(one, other):
    return one.top < other.bottom and other.top < one.bottom


@given(HOURS)
def test_blocks_that_overlap_stand_side_by_side_in_columns_of_one_width(lasting):
    laid = weeks.blocks(lasting)
    for number, one in enumerate(laid):
        assert 0 <= one.column < one.columns
        for other in laid[number + 1 :]:
            if overlap(one, other):
                assert one.column != other.column
                assert one.columns == other.columns


@given(HOURS)
def test_there_are_no_more_columns_than_blocks_at_once(lasting):
    laid = weeks.blocks(lasting)
    for block in laid:
        # those that are tied to it by a chain of overlaps share its columns
        tied = {block}
        while more := {each for each in laid if each not in tied and any(overlap(each, other) for other in tied)}:
            tied |= more
        at_once = max(sum(each.top <= minute < each.bottom for each in tied) for minute in {each.top for each in tied})
        assert block.columns == at_once


@given(HOURS)
def test_the_hours_that_are_shown_hold_every_block_and_the_usual_ones(lasting):
    laid = weeks.blocks(lasting)
    first, last = weeks.hours_shown(laid, (8, 18))
    assert first <= 8 < 18 <= last <= 24
    assert all(first * 60 <= block.top and block.bottom <= last * 60 for block in laid)


@pytest.mark.parametrize(
    ("starts", "ends", "top", "bottom"), [(600, 600, 600, 630), (1439, 1440, 1410, 1440), (0, 1440, 0, 1440)]
)
def test_what_takes_no_time_still_has_room_for_its_name(starts, ends, top, bottom):
    (block,) = weeks.blocks([Minutes(starts, ends)])
    assert (block.top, block.bottom, block.columns) == (top, bottom, 1)
