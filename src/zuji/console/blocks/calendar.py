"""A calendar: month, week, day or list of events, for any page that has some.

calendar_page(request, page, lambda first, last: events(desk, first, last), file="programme")
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext
from icalendar import Calendar as Sheet
from icalendar import Event as Entry

from zuji.console.blocks.weeks import (
    DAY,
    MINUTES,
    Bar,
    Block,
    bars,
    blocks,
    hidden,
    hours_shown,
    month_after,
    month_before,
    week_of,
    weeks_of_month,
)
from zuji.console.pages import Crumb, Page, desk, show
from zuji.core.templatetags.words import day as day_told
from zuji.core.templatetags.words import full_day, say

VIEWS = ("month", "week", "day", "list")
KEYS = {"month": "m", "week": "w", "day": "d", "list": "l"}
LANES = 4
"""Bars that a day of a month shows; the rest is a number that leads to the day."""
USUAL_HOURS = (8, 18)
ICS = "ics"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something in a calendar, in the calendar's own time zone; `end` is when it is over.

    `key` is the same whenever it is shown. `kind` has its word under `event.<kind>`, `state` (now, over, rehearsal, or
    none) under `event_state.<state>`. What is `is_all_day` begins and ends at midnight, and may say its `hours`;
    where there is little room a `short` title stands for the whole one.
    Details are for the hours of a day and for lists, not for a month.
    """

    key: str
    title: str
    start: datetime
    end: datetime
    url: str
    kind: str
    state: str = ""
    note: str = ""
    hours: str = ""
    short: str = ""
    is_all_day: bool = False
    is_detail: bool = False

    @classmethod
    def of_days(cls, *, first: date, last: date, zone: ZoneInfo, **said: Any) -> "Event":  # noqa: ANN401 - its other fields
        """An event that takes whole days, both of them included."""
        start, end = (datetime.combine(day, time(), zone) for day in (first, last + DAY))
        return cls(start=start, end=end, is_all_day=True, **said)

    @property
    def first_day(self) -> date:
        """The day on which it begins."""
        return self.start.date()

    @property
    def last_day(self) -> date:
        """The last day of which it takes any time."""
        return max((self.end - timedelta(microseconds=1)).date(), self.first_day)

    @property
    def starts(self) -> int:
        """The minute of its first day at which it begins."""
        return self.start.hour * 60 + self.start.minute

    @property
    def ends(self) -> int:
        """The minute of that day at which it is over, midnight where it goes on."""
        return self.end.hour * 60 + self.end.minute if self.end.date() == self.first_day else MINUTES

    @property
    def when(self) -> str:
        """Its days or its hours, in words."""
        if self.last_day > self.first_day:
            return say("calendar.span", first=day_told(self.first_day), last=day_told(self.last_day))
        if self.is_all_day:
            return self.hours or gettext("calendar.all_day")
        return say("calendar.hours", first=f"{self.start:%H:%M}", last=f"{self.end:%H:%M}")

    @property
    def is_bar(self) -> bool:
        """Whether it stands above the hours."""
        return self.is_all_day or self.last_day > self.first_day


Events = Callable[[date, date], Iterable[Event]]
"""The events that touch a span of days, both of them included."""


@dataclass(frozen=True)
class Cell:
    """A day as a calendar shows it; `more` events have no room, `blocks` are its hours."""

    day: date
    is_today: bool
    is_within: bool = True
    more: int = 0
    blocks: Sequence[Block[Event]] = ()


@dataclass(frozen=True)
class Row:
    """A row of days with the bars above them."""

    cells: Sequence[Cell]
    bars: Sequence[Bar[Event]]
    lanes: int


@dataclass(frozen=True)
class Grid:
    """Rows of days, the hours that their columns show, and the present minute where it is among them."""

    rows: Sequence[Row] = ()
    hours: Sequence[int] = ()
    now: int | None = None


@dataclass(frozen=True)
class Calendar:
    """What a page shows: a grid for month, week and day, groups by day for the list, and the ways on."""

    view: str
    on: date
    today: date
    first: date
    last: date
    title: str
    before: date
    after: date
    events: Sequence[Event]
    grid: Grid
    days: Sequence[tuple[date, Sequence[Event]]]


def calendar_page(request: HttpRequest, page: Page, events: Events, *, file: str) -> HttpResponse:
    """The page as the address asks for it, or with `?format=ics` a file of the events that it shows."""
    account, at = desk(request)
    now = at.astimezone(ZoneInfo(account.association.time_zone))
    view = request.GET.get("view", "")
    made = calendar(view if view in VIEWS else VIEWS[0], _day(request.GET.get("on", "")) or now.date(), events, now)
    if request.GET.get("format") == ICS:
        return _file(made, file, at=at)
    within = replace(page, title=made.title, crumbs=(*page.crumbs, Crumb(page.title, request.path)))
    return show(request, "console/calendar.html", within, calendar=made, keys=KEYS)


def calendar(view: str, on: date, events: Events, now: datetime) -> Calendar:
    """Events as a view shows them about a day. `now` is in the calendar's own zone."""
    first, last = _span(view, on)
    within = sorted(events(first, last), key=_order)
    before, after = _ways(view, on)
    return Calendar(
        view=view,
        on=on,
        today=now.date(),
        first=first,
        last=last,
        title=_title(view, on, first, last),
        before=before,
        after=after,
        events=within,
        grid=_grid(view, on, within, now),
        days=_by_day(within, first, last),
    )


def _order(event: Event) -> tuple[date, bool, datetime, int]:
    """By days; within a day what lasts longest first, and its details last of all."""
    return event.first_day, event.is_detail, event.start, -event.last_day.toordinal()


def _span(view: str, on: date) -> tuple[date, date]:
    if view == "month":
        weeks = weeks_of_month(on)
        return weeks[0][0], weeks[-1][-1]
    if view == "week":
        return week_of(on)[0], week_of(on)[-1]
    if view == "day":
        return on, on
    return on.replace(day=1), month_after(on) - DAY


def _ways(view: str, on: date) -> tuple[date, date]:
    if view in ("month", "list"):
        return month_before(on), month_after(on)
    step = DAY if view == "day" else 7 * DAY
    return on - step, on + step


def _title(view: str, on: date, first: date, last: date) -> str:
    if view == "week":
        if first.year != last.year:
            return say("calendar.span", first=full_day(first), last=full_day(last))
        return say("calendar.week", first=day_told(first), last=day_told(last), year=last.year)
    return date_format(on, gettext("format.long_day" if view == "day" else "format.month"))


def _grid(view: str, on: date, events: Sequence[Event], now: datetime) -> Grid:
    if view == "month":
        listed = [event for event in events if not event.is_detail]
        return Grid([_week(week, on, listed, now) for week in weeks_of_month(on)])
    if view == "list":
        return Grid()
    return _hours(week_of(on) if view == "week" else [on], events, now)


def _week(days: Sequence[date], on: date, events: Sequence[Event], now: datetime) -> Row:
    laid = bars(events, days)
    cells = [
        Cell(day, day == now.date(), day.month == on.month, more)
        for day, more in zip(days, hidden(laid, days, LANES), strict=True)
    ]
    return Row(cells, [bar for bar in laid if bar.lane < LANES], LANES)


def _hours(days: Sequence[date], events: Sequence[Event], now: datetime) -> Grid:
    above = bars([event for event in events if event.is_bar], days)
    timed = [event for event in events if not event.is_bar]
    columns = {day: blocks([event for event in timed if event.first_day == day]) for day in days}
    first, last = hours_shown([block for column in columns.values() for block in column], USUAL_HOURS)
    cells = [Cell(day, day == now.date(), blocks=columns[day]) for day in days]
    minute = now.hour * 60 + now.minute
    is_shown = now.date() in days and first * 60 <= minute < last * 60
    row = Row(cells, above, max((bar.lane + 1 for bar in above), default=0))
    return Grid([row], range(first, last), minute if is_shown else None)


def _by_day(events: Sequence[Event], first: date, last: date) -> list[tuple[date, list[Event]]]:
    """Events under the day on which they begin, or under the first that is shown."""

    def shown(event: Event) -> date:
        return max(event.first_day, first)

    listed = sorted((event for event in events if event.first_day <= last), key=shown)
    return [(day, list(group)) for day, group in groupby(listed, key=shown)]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # the months beside it must be days too
    return found if 1900 <= found.year <= 2200 else None


def _file(made: Calendar, file: str, *, at: datetime) -> HttpResponse:
    answer = HttpResponse(ics(made.events, at=at), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file}-{made.first:%Y%m%d}-{made.last:%Y%m%d}.ics"'
    answer["Cache-Control"] = "no-store"
    return answer


def ics(events: Iterable[Event], *, at: datetime) -> bytes:
    """Events as an iCalendar file; whoever takes it in again changes what it has instead of adding to it."""
    sheet = Sheet()
    sheet.add("prodid", "-//Zuji//Calendar//")
    sheet.add("version", "2.0")
    for event in events:
        entry = Entry()
        entry.add("uid", f"{event.key}@zuji")
        entry.add("dtstamp", at.astimezone(UTC))
        entry.add("dtstart", event.first_day if event.is_all_day else event.start.astimezone(UTC))
        entry.add("dtend", event.last_day + DAY if event.is_all_day else event.end.astimezone(UTC))
        entry.add("summary", event.title)
        if told := " ".join(filter(None, (event.hours, event.note))):
            entry.add("description", told)
        sheet.add_component(entry)
    return bytes(sheet.to_ical())
