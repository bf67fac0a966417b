"""When a check-in was, whatever the phone's clock says, and whether that is in the window. Pure; unix milliseconds."""

from typing import NamedTuple

from zuji.checkin.codes import STEP_S
from zuji.checkin.enums import TimeSource
from zuji.checkin.errors import Refusal

LATE_AFTER_MS = 2 * 60_000
AHEAD_AT_MOST_MS = 2 * 60_000
DELAY_AT_MOST_MS = 31 * 86_400_000
ARRIVALS_FOR_MS = 7 * 86_400_000
EARLY_AT_MOST_MS = 12 * 3_600_000
"""Nobody stands at a checkpoint longer before it opens."""
SHORT_WITHIN_MS = 5 * 60_000


class Times(NamedTuple):
    """The judged time; `late` when it arrived over two minutes after it, `about` when the phone's clock was no help."""

    at_ms: int
    late: bool
    about: bool
    source: TimeSource


class Window(NamedTuple):
    """When a checkpoint is open, both ends included."""

    opens_ms: int
    closes_ms: int


def by_step(step: int, *, arrived_ms: int) -> Times | int:
    """Time of a screen's step; where the step is further ahead than a screen may run, how long to wait in seconds."""
    step_ms = step * STEP_S * 1000
    ahead_ms = step_ms - arrived_ms
    if ahead_ms > AHEAD_AT_MOST_MS:
        return -(-(ahead_ms - AHEAD_AT_MOST_MS) // 1000)
    at_ms = min(step_ms, arrived_ms)
    return Times(at_ms, arrived_ms - at_ms > LATE_AFTER_MS, False, TimeSource.STEP)


def by_phone(at_ms: int, sent_ms: int, *, arrived_ms: int, window: Window | None = None) -> Times:
    """Arrival less the time that the item lay on the phone, so that a wrong clock cancels out.

    A clock that was set in between is no help, and shows: by a delay that cannot be, or by one that reaches back to
    long before the window opened in which the item came.
    """
    delay_ms = sent_ms - at_ms
    judged_ms = arrived_ms - delay_ms
    was_set = window is not None and _is_long_before(window, judged_ms, arrived_ms)
    if was_set or not 0 <= delay_ms <= DELAY_AT_MOST_MS:
        return Times(arrived_ms, False, True, TimeSource.ARRIVAL)
    return Times(judged_ms, delay_ms > LATE_AFTER_MS, False, TimeSource.PHONE)


def _is_long_before(window: Window, judged_ms: int, arrived_ms: int) -> bool:
    return window.opens_ms <= arrived_ms <= window.closes_ms and judged_ms < window.opens_ms - EARLY_AT_MOST_MS


def outside_window(window: Window, at_ms: int, *, arrived_ms: int) -> Refusal | None:
    """Why a time is refused at a checkpoint, or None where it is within."""
    if arrived_ms > window.closes_ms + ARRIVALS_FOR_MS:
        return Refusal.TOO_LATE
    if at_ms < window.opens_ms:
        return Refusal.CHECKPOINT_NOT_OPEN
    if at_ms > window.closes_ms:
        return Refusal.CHECKPOINT_CLOSED
    return None
