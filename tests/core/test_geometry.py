"""Distances and the GCJ-02 shift, with the shift in Panyu that the protocol states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.core.geometry import (
    Point,
    distance_m,
    gcj02_to_wgs84,
    in_gcj02_area,
    wgs84_to_gcj02,
)

PANYU = Point(22.95, 113.36)
anywhere = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
in_china = st.builds(Point, st.floats(18.2, 53.5), st.floats(74, 134.7))


def test_a_degree_of_latitude_is_111_kilometres():
    assert distance_m(Point(22, 113), Point(23, 113)) == pytest.approx(111_195, abs=1)


def test_the_antipodes_are_half_the_earth_away():
    assert distance_m(Point(0, 0), Point(0, 180)) == pytest.approx(20_015_115, abs=1)


@given(anywhere, anywhere)
def test_distance_is_the_same_both_ways_and_never_negative(a, b):
    assert distance_m(a, b) == pytest.approx(distance_m(b, a), abs=1e-6)
    assert distance_m(a, b) >= 0
    assert distance_m(a, a) == 0


def test_in_panyu_the_shift_is_some_560_metres_east_and_290_south():
    image = wgs84_to_gcj02(PANYU)
    assert distance_m(PANYU, Point(PANYU.lat, image.lon)) == pytest.approx(561, abs=3)
    assert distance_m(PANYU, Point(image.lat, PANYU.lon)) == pytest.approx(289, abs=3)
    assert image.lon > PANYU.lon
    assert image.lat < PANYU.lat


@given(in_china)
def test_the_way_back_is_exact_to_a_millimetre(point):
    assert distance_m(gcj02_to_wgs84(wgs84_to_gcj02(point)), point) < 0.001


@given(anywhere.filter(lambda point: not in_gcj02_area(point)))
def test_elsewhere_nothing_is_shifted(point):
    assert wgs84_to_gcj02(point) == point
    assert gcj02_to_wgs84(point) == point
