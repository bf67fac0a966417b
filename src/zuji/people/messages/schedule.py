"""When a message goes: gathered with others, outside of quiet hours, and again after a failure. Pure."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

FIRST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=6)
MOST_TRIES = 12
"""About a day and a half of trying, with the longest back-off at the end."""
TOO_OLD = timedelta(days=3)
"""Nobody wants to be told later than this."""
STUCK = timedelta(minutes=5)
"""Longer than any sending takes: whoever held it has died."""
SPREAD = 0.2
_GATHERED = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


class Pace(StrEnum):
    """How long a message waits for others that go with it."""

    AT_ONCE = "at_once"
    MINUTE = "minute"
    HOUR = "hour"


def first_try(made_at: datetime, pace: Pace) -> datetime:
    """When a message of this pace is due: at once, a minute later, or with the next full hour."""
    if pace is Pace.AT_ONCE:
        return made_at
    if pace is Pace.MINUTE:
        return made_at + _GATHERED
    return made_at.replace(minute=0, second=0, microsecond=0) + _HOUR


def back_off(tries: int, chance: float) -> timedelta:
    """How long to wait after that many failed tries, 1 or more; `chance` in [0, 1) spreads it by a fifth each way.

    Doubles from a minute to six hours, so that a receiver that was down is not met by everybody at the same moment.
    """
    # 512 minutes are past the longest; a larger power would only overflow
    whole = min(FIRST_BACK_OFF * (1 << min(tries - 1, 9)), LONGEST_BACK_OFF)
    return whole * (1 + SPREAD * (2 * chance - 1))


def is_quiet(at: datetime, zone: str, quiet: tuple[time, time] | None) -> bool:
    """Whether an instant lies in quiet hours of that zone's wall clock: from the first inclusive to the second not."""
    if quiet is None or quiet[0] == quiet[1]:
        return False
    wall, (begin, end) = at.astimezone(ZoneInfo(zone)).time(), quiet
    return begin <= wall < end if begin < end else wall >= begin or wall < end


def held_until(at: datetime, zone: str, quiet: tuple[time, time] | None) -> datetime | None:
    """The end of the quiet hours in which an instant lies, UTC; None where it lies in none."""
    if quiet is None or not is_quiet(at, zone, quiet):
        return None
    place = ZoneInfo(zone)
    day = at.astimezone(place).date()
    ends = (datetime.combine(day + timedelta(days=days), quiet[1], place).astimezone(UTC) for days in (0, 1))
    return next(end for end in ends if end > at)
