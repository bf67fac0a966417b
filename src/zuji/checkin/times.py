"""When a check-in was, whatever the phone's clock says, and whether that is in the window. Pure; unix milliseconds."""

from typing import NamedTuple

from zuji.checkin.codes import STEP_S
from zuji.checkin.enums import TimeSource
from zuji.checkin.errors import Refusal

LATE_AFTER_MS = 2 * 60_000
AHEAD_AT_MOST_MS = 2 * 60_000
DELAY_AT_MOST_MS = 31 * 86_400_000
ARRIVALS_FOR_MS = 7 * 86_400_000
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


def by_phone(at_ms: int, sent_ms: int, *, arrived_ms: int) -> Times:
    """Arrival less the time that the item lay on the phone, so that a wrong clock cancels out."""
    delay_ms = sent_ms - at_ms
    if not 0 <= delay_ms <= DELAY_AT_MOST_MS:
        return Times(arrived_ms, False, True, TimeSource.ARRIVAL)
    return Times(arrived_ms - delay_ms, delay_ms > LATE_AFTER_MS, False, TimeSource.PHONE)


def outside_window(window: Window, at_ms: int, *, arrived_ms: int) -> Refusal | None:
    """Why a time is refused at a checkpoint, or None where it is within."""
    if arrived_ms > window.closes_ms + ARRIVALS_FOR_MS:
        return Refusal.TOO_LATE
    if at_ms < window.opens_ms:
        return Refusal.CHECKPOINT_NOT_OPEN
    if at_ms > window.closes_ms:
        return Refusal.CHECKPOINT_CLOSED
    return None
