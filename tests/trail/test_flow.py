"""Everybody is somewhere once: at the stations where they were, and on one way at most."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.trail.flow import Station, flow, joined, spans_of


def station(site: int | None, *checkpoints: int, mode: str = "foot") -> Station:
    return Station(
        site=site, name={"zh": "站", "en": "Stop"}, short="站", letters="站点", mode=mode, checkpoints=checkpoints
    )


TWO = [station(1, 11, 12), station(2, 21)]


def test_stops_that_follow_one_another_at_a_site_are_one_station():
    found = joined([station(1, 11), station(1, 12, 13), station(2, 21, mode="coach"), station(1, 14)])
    assert [(each.site, each.checkpoints, each.mode) for each in found] == [
        (1, (11, 12, 13), "foot"),
        (2, (21,), "coach"),
        (1, (14,), "foot"),
    ]


def test_checkpoints_at_no_site_stay_stations_of_their_own():
    assert len(joined([station(None, 1), station(None, 2)])) == 2


def test_a_pass_at_two_doors_of_a_station_is_there_once():
    found = flow({"110": 4, "100": 3, "010": 2, "111": 1}, TWO)
    assert (found.here, found.leaving, found.came) == ((10, 1), (9, 0), 10)


def test_who_has_come_further_is_not_on_the_way_from_where_they_were():
    three = [station(1, 1), station(2, 2), station(3, 3)]
    found = flow({"100": 5, "110": 3, "101": 2}, three)
    assert found.here == (10, 3, 2)
    assert found.leaving == (5, 3, 0)
    assert found.passed_by == 2


def test_a_walk_without_stations_has_nobody_anywhere():
    found = flow({}, [])
    assert (found.here, found.leaving, found.came, found.passed_by) == ((), (), 0, 0)


def test_a_station_without_a_checkpoint_is_passed_through():
    found = flow({"11": 2}, [station(1, 1), station(2), station(3, 3)])
    assert (found.here, found.leaving) == ((2, 0, 2), (0, 0, 0))


shapes = st.lists(st.integers(0, 3), min_size=1, max_size=5).filter(any)


@given(shapes, st.data())
def test_it_is_what_counting_one_pass_after_another_gives(shape, data):
    stations = [station(number, *range(number * 10, number * 10 + doors)) for number, doors in enumerate(shape)]
    one = st.text("01", min_size=sum(shape), max_size=sum(shape)).filter(lambda marks: "1" in marks)
    passes = data.draw(st.lists(one, max_size=20))
    found = flow(Counter(passes), stations)
    spans = list(spans_of(stations))
    here, leaving = [0] * len(shape), [0] * len(shape)
    for marks in passes:
        reached = [number for number, (first, end) in enumerate(spans) if "1" in marks[first:end]]
        for number in reached:
            here[number] += 1
        if reached[-1] < len(shape) - 1:
            leaving[reached[-1]] += 1
    assert (list(found.here), list(found.leaving), found.came) == (here, leaving, len(passes))


@given(shapes, st.data())
def test_nobody_is_on_two_ways_and_nobody_is_lost(shape, data):
    stations = [station(number, *range(number * 10, number * 10 + doors)) for number, doors in enumerate(shape)]
    marks = st.text("01", min_size=sum(shape), max_size=sum(shape)).filter(lambda text: "1" in text)
    counts = data.draw(st.dictionaries(marks, st.integers(1, 50), max_size=8))
    found = flow(counts, stations)
    assert sum(found.leaving) + found.here[-1] == found.came == sum(counts.values())


@pytest.mark.parametrize(("doors", "spans"), [((), []), ((1, 2), [(0, 1), (1, 3)]), ((0, 1), [(0, 0), (0, 1)])])
def test_spans_cover_every_checkpoint_once(doors, spans):
    stations = [station(number, *range(count)) for number, count in enumerate(doors)]
    assert list(spans_of(stations)) == spans
