from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.checkin.enums import CoordStatus, Datum, Evidence, Fence, Reason, TimeSource
from zuji.checkin.judge import Fix, Place, judge
from zuji.checkin.times import Times, by_phone
from zuji.core.geometry import Point, distance_m
from zuji.project.demo.phones import FAR_AWAY_M, Locates, Names, Phone, Scan, Way, fix, item, moved

SCHOOL = Point(22.9564, 113.4334)
NINE = datetime(2021, 7, 26, 1, 0, tzinfo=UTC)
NAMES = Names("0190", "token", "6.p1.0.mac")
seeds = st.integers(0, 10_000)


def judged(locates, seed):
    """What the house makes of such a phone at a confirmed place, by a screen."""
    said = fix(locates, SCHOOL, Random(seed))
    reading = said and Fix(said["lat"], said["lon"], said["accuracy"], Datum(said["datum"]))
    times = Times(0, False, False, TimeSource.STEP)
    return judge(Place(SCHOOL, 150, CoordStatus.CONFIRMED), Evidence.SCREEN, reading, times)


@given(seeds)
def test_a_phone_that_is_right_stands_inside(seed):
    assert judged(Locates.RIGHT, seed).fence is Fence.INSIDE


@given(seeds)
def test_a_phone_that_says_gcj02_stands_inside(seed):
    assert judged(Locates.GCJ02, seed).fence is Fence.INSIDE


@given(seeds)
def test_a_phone_that_hides_gcj02_is_suspected_of_it(seed):
    assert judged(Locates.GCJ02_UNSAID, seed).reasons == (Reason.GCJ02_SUSPECTED,)


@given(seeds)
def test_a_vague_phone_says_nothing(seed):
    assert judged(Locates.VAGUE, seed).reasons == (Reason.VAGUE_FIX,)


@given(seeds)
def test_a_phone_elsewhere_stands_outside(seed):
    assert judged(Locates.ELSEWHERE, seed).fence is Fence.OUTSIDE


def test_a_phone_that_refuses_gives_nothing():
    assert fix(Locates.REFUSED, SCHOOL, Random(1)) is None


@given(st.floats(-FAR_AWAY_M, FAR_AWAY_M), st.floats(-FAR_AWAY_M, FAR_AWAY_M))
def test_moving_a_place_moves_it_by_so_many_metres(north, east):
    away = distance_m(SCHOOL, moved(SCHOOL, north, east))
    assert away == pytest.approx((north**2 + east**2) ** 0.5, rel=0.01, abs=1)


@pytest.mark.parametrize("off", [timedelta(), timedelta(minutes=11), timedelta(days=-2)])
@pytest.mark.parametrize("kept", [timedelta(), timedelta(hours=2)])
def test_a_wrong_clock_cancels_out_of_what_a_phone_hands_in(off, kept):
    handed = item(Scan(1, Phone(1, clock=off), 0, NINE, Way.POSTER), NAMES, sent=NINE + kept, fix=None)
    at, sent = (int(datetime.fromisoformat(handed[name]).timestamp() * 1000) for name in ("at", "sent"))
    arrived_ms = int((NINE + kept).timestamp() * 1000)
    assert by_phone(at, sent, arrived_ms=arrived_ms).at_ms == int(NINE.timestamp() * 1000)
    assert datetime.fromisoformat(handed["at"]) == NINE + off


def test_an_item_names_its_pass_and_code():
    handed = item(Scan(1, Phone(1), 0, NINE, Way.POSTER), NAMES, sent=NINE, fix=None)
    assert (handed["id"], handed["pass"], handed["code"], handed["fix"]) == ("0190", "token", "6.p1.0.mac", None)
