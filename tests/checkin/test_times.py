"""Judged time: a screen's step or the time on the phone, and never the phone's clock alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.checkin import times
from zuji.checkin.enums import TimeSource
from zuji.checkin.errors import Refusal
from zuji.checkin.times import Window

ARRIVED = 1_627_263_068_000  # 26 July 2021, 09:31:08 in Guangzhou
MINUTE, DAY, YEAR = 60_000, 86_400_000, 365 * 86_400_000
instants = st.integers(min_value=0, max_value=4_000_000_000_000)
offsets = st.integers(min_value=-60 * YEAR, max_value=60 * YEAR)


@pytest.mark.parametrize("offset", [0, 11 * MINUTE, -11 * MINUTE, 2 * DAY, -2 * DAY, 50 * YEAR])
def test_a_wrong_clock_cancels_out(offset):
    scanned, sent = ARRIVED - 5 * MINUTE + offset, ARRIVED + offset
    judged = times.by_phone(scanned, sent, arrived_ms=ARRIVED)
    assert judged == (ARRIVED - 5 * MINUTE, True, False, TimeSource.PHONE)


@pytest.mark.parametrize(
    ("at", "sent"),
    [(ARRIVED, ARRIVED - 1), (0, ARRIVED), (ARRIVED - 32 * DAY, ARRIVED)],
)
def test_a_clock_set_in_between_counts_as_arrival_and_says_about(at, sent):
    assert times.by_phone(at, sent, arrived_ms=ARRIVED) == (
        ARRIVED,
        False,
        True,
        TimeSource.ARRIVAL,
    )


@given(instants, instants, offsets)
def test_a_constant_error_of_the_clock_changes_nothing(at, sent, offset):
    right = times.by_phone(at, sent, arrived_ms=ARRIVED)
    assert times.by_phone(at + offset, sent + offset, arrived_ms=ARRIVED) == right


@given(instants, instants, instants)
def test_no_time_is_after_arrival(at, sent, arrived):
    assert times.by_phone(at, sent, arrived_ms=arrived).at_ms <= arrived


@given(st.integers(0, 200_000_000), instants)
def test_a_step_is_never_after_arrival_or_tells_how_long_to_wait(step, arrived):
    judged = times.by_step(step, arrived_ms=arrived)
    if isinstance(judged, int):
        assert judged > 0
        again = times.by_step(step, arrived_ms=arrived + judged * 1000)
        assert not isinstance(again, int)
        assert again.at_ms == arrived + judged * 1000
    else:
        assert judged.at_ms == min(step * 15_000, arrived)
        assert judged.late == (arrived - judged.at_ms > 2 * MINUTE)


@pytest.mark.parametrize(
    ("ahead_ms", "expected"),
    [
        (0, ARRIVED),
        (15_000, ARRIVED),
        (2 * MINUTE, ARRIVED),
        (-15_000, ARRIVED - 15_000),
    ],
)
def test_a_screen_that_runs_a_little_ahead_counts_as_now(ahead_ms, expected):
    arrived = ARRIVED // 15_000 * 15_000
    judged = times.by_step((arrived + ahead_ms) // 15_000, arrived_ms=arrived)
    assert judged.at_ms == expected - ARRIVED + arrived


def test_a_step_over_two_minutes_ahead_is_asked_to_come_again():
    arrived = ARRIVED // 15_000 * 15_000
    assert times.by_step(arrived // 15_000 + 9, arrived_ms=arrived) == 15
    assert times.by_step(arrived // 15_000 + 9, arrived_ms=arrived + 1) == 15


@pytest.mark.parametrize(("away_ms", "late"), [(2 * MINUTE, False), (2 * MINUTE + 1, True)])
def test_a_step_over_two_minutes_old_is_late(away_ms, late):
    arrived = ARRIVED // 15_000 * 15_000 + away_ms
    assert times.by_step(ARRIVED // 15_000, arrived_ms=arrived).late is late


WINDOW = Window(ARRIVED - 60 * MINUTE, ARRIVED)


@pytest.mark.parametrize(
    ("at", "arrived", "expected"),
    [
        (WINDOW.opens_ms, ARRIVED, None),
        (WINDOW.closes_ms, ARRIVED, None),
        (WINDOW.opens_ms - 1, ARRIVED, Refusal.CHECKPOINT_NOT_OPEN),
        (WINDOW.closes_ms + 1, ARRIVED + 1, Refusal.CHECKPOINT_CLOSED),
        (WINDOW.closes_ms, ARRIVED + 7 * DAY, None),
        (WINDOW.closes_ms, ARRIVED + 7 * DAY + 1, Refusal.TOO_LATE),
    ],
)
def test_the_window_holds_at_both_ends_and_arrivals_for_seven_days(at, arrived, expected):
    assert times.outside_window(WINDOW, at, arrived_ms=arrived) is expected


class TestAClockThatWasTwoDaysBackAtTheScanAndRightAgainWhenItWasSent:
    """The delay that it tells is one that may be: only the window shows that it is none."""

    def test_counts_as_arrival_in_the_window_in_which_it_came(self):
        judged = times.by_phone(ARRIVED - 2 * DAY, ARRIVED, arrived_ms=ARRIVED, window=WINDOW)
        assert judged == (ARRIVED, False, True, TimeSource.ARRIVAL)

    def test_is_believed_where_it_came_when_the_window_was_shut(self):
        sent = WINDOW.closes_ms + DAY
        judged = times.by_phone(sent - 2 * DAY, sent, arrived_ms=sent, window=WINDOW)
        assert judged == (sent - 2 * DAY, True, False, TimeSource.PHONE)

    @pytest.mark.parametrize("early", [0, 60 * MINUTE])
    def test_is_no_reason_to_doubt_a_scan_in_the_window_or_too_early_by_hours(self, early):
        at = WINDOW.opens_ms - early
        judged = times.by_phone(at, ARRIVED, arrived_ms=ARRIVED, window=WINDOW)
        assert judged == (at, True, False, TimeSource.PHONE)
