"""When messages go: properties of quiet hours, of gathering and of back-off."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zuji.people.messages.schedule import (
    LONGEST_BACK_OFF,
    MOST_TRIES,
    SPREAD,
    TOO_OLD,
    Pace,
    back_off,
    first_try,
    held_until,
    is_quiet,
)

GUANGZHOU = "Asia/Shanghai"
NIGHT = (time(21), time(8))
ZONES = some.sampled_from([GUANGZHOU, "UTC", "Asia/Kathmandu", "Europe/London", "America/New_York", "Pacific/Apia"])
INSTANTS = some.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=some.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
MINUTES = some.times().map(lambda each: each.replace(second=0, microsecond=0))
QUIET = some.tuples(MINUTES, MINUTES)


def at(hour: int, minute: int = 0, day: int = 26) -> datetime:
    return datetime(2021, 7, day, hour, minute, tzinfo=ZoneInfo(GUANGZHOU))


@pytest.mark.parametrize(
    ("when", "until"),
    [
        (at(20, 59), None),
        (at(21), at(8, day=27)),
        (at(23, 59), at(8, day=27)),
        (at(0, day=27), at(8, day=27)),
        (at(7, 59, day=27), at(8, day=27)),
        (at(8, day=27), None),
        (at(12), None),
    ],
)
def test_quiet_hours_across_midnight_hold_until_the_morning(when, until):
    assert held_until(when, GUANGZHOU, NIGHT) == until
    assert held_until(when.astimezone(UTC), GUANGZHOU, NIGHT) == until


@pytest.mark.parametrize(
    ("when", "until"), [(at(12), at(14)), (at(13, 59), at(14)), (at(14), None), (at(11, 59), None)]
)
def test_quiet_hours_within_a_day_hold_until_their_end(when, until):
    assert held_until(when, GUANGZHOU, (time(12), time(14))) == until


def test_no_quiet_hours_and_empty_ones_hold_nothing():
    assert held_until(at(3), GUANGZHOU, None) is None
    assert held_until(at(3), GUANGZHOU, (time(3), time(3))) is None


def test_the_wall_clock_of_the_association_counts_and_not_the_servers():
    noon_in_utc = datetime(2021, 7, 26, 14, tzinfo=UTC)
    assert held_until(noon_in_utc, GUANGZHOU, NIGHT) == at(8, day=27)
    assert held_until(noon_in_utc, "Europe/London", NIGHT) is None


def test_the_end_is_met_where_a_night_is_an_hour_shorter_or_longer():
    london = ZoneInfo("Europe/London")
    for evening in (datetime(2021, 3, 27, 23, tzinfo=london), datetime(2021, 10, 30, 23, tzinfo=london)):
        end = held_until(evening, "Europe/London", NIGHT)
        assert end.astimezone(london).time() == time(8)
        assert end - evening.astimezone(UTC) in (timedelta(hours=8), timedelta(hours=10))


@given(INSTANTS, ZONES, QUIET)
def test_what_is_held_is_held_within_quiet_hours_and_for_less_than_a_day_and_an_hour(when, zone, quiet):
    until = held_until(when, zone, quiet)
    assert (until is not None) == is_quiet(when, zone, quiet)
    if until is not None:
        assert when < until <= when + timedelta(hours=25)


@given(INSTANTS, QUIET)
def test_where_clocks_never_change_the_end_of_quiet_hours_is_not_quiet(when, quiet):
    until = held_until(when, GUANGZHOU, quiet)
    if until is not None:
        assert until.astimezone(ZoneInfo(GUANGZHOU)).time() == quiet[1]
        assert held_until(until, GUANGZHOU, quiet) is None


@given(INSTANTS, ZONES, QUIET)
def test_an_instant_is_quiet_by_one_of_two_halves_of_the_day(when, zone, quiet):
    if quiet[0] != quiet[1]:
        assert is_quiet(when, zone, quiet) != is_quiet(when, zone, (quiet[1], quiet[0]))


@given(INSTANTS)
def test_every_pace_is_due_in_its_own_time(when):
    assert first_try(when, Pace.AT_ONCE) == when
    assert first_try(when, Pace.MINUTE) == when + timedelta(minutes=1)
    hour = first_try(when, Pace.HOUR)
    assert when < hour <= when + timedelta(hours=1)
    assert (hour.minute, hour.second, hour.microsecond) == (0, 0, 0)


@given(some.integers(1, 1000), some.floats(0, 1, exclude_max=True))
def test_a_back_off_grows_and_stays_within_its_limits(tries, chance):
    wait = back_off(tries, chance)
    assert timedelta(seconds=48) <= wait <= LONGEST_BACK_OFF * (1 + SPREAD)
    assert back_off(tries + 1, chance) >= wait


def test_a_back_off_doubles_from_a_minute():
    assert [back_off(tries, 0.5) for tries in (1, 2, 3, 9)] == [timedelta(minutes=each) for each in (1, 2, 4, 256)]


def test_all_tries_lie_within_the_time_after_which_nobody_wants_to_be_told():
    assert sum((back_off(tries, 0.99) for tries in range(1, MOST_TRIES)), timedelta()) < TOO_OLD
