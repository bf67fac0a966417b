"""How a calendar is laid out: the days of a month by weeks, bars that run over days, and hours side by side. Pure.

Instants have been turned into local days and minutes before they come here, so that no zone is asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Protocol, TypeVar

DAY = timedelta(days=1)
WEEK = 7
MINUTES = 24 * 60
SHORTEST = 30
"""Minutes that anything takes in a day's column, or its words would not fit."""


class OverDays(Protocol):
    """What lasts from one day to another, both of them included."""

    @property
    def first_day(self) -> date: ...

    @property
    def last_day(self) -> date: ...


class OverMinutes(Protocol):
    """What lasts from one minute of a day to another; from 0 on midnight, up to 1440."""

    @property
    def starts(self) -> int: ...

    @property
    def ends(self) -> int: ...


D = TypeVar("D", bound=OverDays)
M = TypeVar("M", bound=OverMinutes)


@dataclass(frozen=True)
class Bar(Generic[D]):
    """A part of what lasts over days, in one row of days: its first and last column and its lane, all from 0.

    `begins` and `ends` say whether it does so here, or goes on in the row before or after.
    """

    of: D
    first: int
    last: int
    lane: int
    begins: bool
    ends: bool

    @property
    def days(self) -> int:
        """How many days it takes in this row."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Block(Generic[M]):
    """What lasts within a day: from which minute to which, in which of so many columns side by side."""

    of: M
    top: int
    bottom: int
    column: int
    columns: int


def week_of(day: date) -> list[date]:
    """The seven days of a day's week, from Monday on."""
    monday = day - day.weekday() * DAY
    return [monday + n * DAY for n in range(WEEK)]


def weeks_of_month(day: date) -> list[list[date]]:
    """The weeks that a day's month touches, whole ones."""
    first = day.replace(day=1)
    weeks = [week_of(first)]
    while (after := weeks[-1][-1] + DAY).month == first.month:
        weeks.append(week_of(after))
    return weeks


def month_before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - DAY).replace(day=1)


def month_after(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def bars(lasting: Iterable[D], days: Sequence[date]) -> list[Bar[D]]:
    """Bars over a row of consecutive days: those that begin first and last longest on top, none over another."""
    touching = [each for each in lasting if each.first_day <= days[-1] and each.last_day >= days[0]]
    free: list[int] = []
    laid = []
    for each in sorted(touching, key=lambda each: (each.first_day, -each.last_day.toordinal())):
        first = max((each.first_day - days[0]).days, 0)
        last = min((each.last_day - days[0]).days, len(days) - 1)
        lane = _lane(free, first)
        free[lane] = last + 1
        laid.append(Bar(each, first, last, lane, each.first_day >= days[0], each.last_day <= days[-1]))
    return laid


def hidden(laid: Iterable[Bar[D]], days: Sequence[date], lanes: int) -> list[int]:
    """How many bars each day has below the first few lanes."""
    below = [bar for bar in laid if bar.lane >= lanes]
    return [sum(bar.first <= column <= bar.last for bar in below) for column in range(len(days))]


def blocks(lasting: Iterable[M]) -> list[Block[M]]:
    """Blocks of one day: those that overlap stand side by side, as many columns as are needed at once, no more."""
    spans = sorted(((*_reach(each), each) for each in lasting), key=lambda span: (span[0], -span[1]))
    laid: list[Block[M]] = []
    for group in _groups(spans):
        free: list[int] = []
        placed = []
        for top, bottom, each in group:
            column = _lane(free, top)
            free[column] = bottom
            placed.append((each, top, bottom, column))
        laid += [Block(*each, columns=len(free)) for each in placed]
    return laid


def hours_shown(laid: Iterable[Block[M]], usual: tuple[int, int]) -> tuple[int, int]:
    """The first and the last hour that a day's column must show: the usual ones, and whatever lies outside."""
    listed = list(laid)
    first = min((block.top // 60 for block in listed), default=usual[0])
    last = max((-(-block.bottom // 60) for block in listed), default=usual[1])
    return min(first, usual[0]), max(last, usual[1])


def _reach(each: OverMinutes) -> tuple[int, int]:
    """Top and bottom within the day, never shorter than what can be read."""
    bottom = min(max(each.ends, each.starts + SHORTEST), MINUTES)
    return min(each.starts, bottom - SHORTEST), bottom


def _groups(spans: Sequence[tuple[int, int, M]]) -> Iterable[list[tuple[int, int, M]]]:
    """Spans in the order of their tops, cut wherever nothing goes on."""
    group: list[tuple[int, int, M]] = []
    reach = 0
    for span in spans:
        if group and span[0] >= reach:
            yield group
            group, reach = [], 0
        group.append(span)
        reach = max(reach, span[1])
    if group:
        yield group


def _lane(free: list[int], at: int) -> int:
    """The first lane that is free from there on, a new one if there is none."""
    for lane, since in enumerate(free):
        if since <= at:
            return lane
    free.append(0)
    return len(free) - 1
