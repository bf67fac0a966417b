"""Calendar, queue, charts, long works and refusals, each in its states."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zuji.console.blocks.calendar import Event, calendar_page
from zuji.console.blocks.chart import Chart, ChartKind, Series, chart_file
from zuji.console.blocks.queue import Answer, Queue, Sitting, queue_page
from zuji.console.gallery.lists import SHAPES
from zuji.console.gallery.sending import as_asked
from zuji.console.pages import Desk, Page, desk, show
from zuji.core import http
from zuji.core.enums import WorkState
from zuji.core.errors import CoreRefusal, Problem, Refused
from zuji.core.templatetags.words import say
from zuji.people.messages.access import visible_notices

FIRST_HOUR, TOTAL = 9, 120
OVER = {WorkState.DONE, WorkState.STOPPED, WorkState.FAILED}


def events(at_desk: Desk, _: date, __: date) -> Iterator[Event]:
    """Something that lasts for weeks, several things at once, one that is over, one that is now."""
    account, at = at_desk
    zone = ZoneInfo(account.association.time_zone)
    today = at.astimezone(zone).date()
    days: dict[str, Any] = {"first": today - timedelta(days=9), "last": today + timedelta(days=12), "zone": zone}
    yield Event.of_days(key="long", title=say("gallery.long_row", number=1), url="#long", kind="campaign", **days)
    for n, state in enumerate(("over", "now", "", "", "", "rehearsal")):
        start = datetime.combine(today, time(FIRST_HOUR + n), zone)
        about: dict[str, Any] = {"key": f"e{n}", "url": f"#e{n}", "kind": "activity", "state": state}
        yield Event(title=say("gallery.row", number=n), start=start, end=start + timedelta(minutes=90), **about)


def calendar(request: HttpRequest, page: Page, *, view: str) -> HttpResponse:
    """A month, a week, a day or a list."""
    asked = as_asked(request, {"view": view, "on": request.GET.get("on", "")})
    return calendar_page(asked, page, partial(events, desk(request)), file="gallery")


def nothing(*_: object) -> None:
    """Decides nothing."""


def too_late(*_: object) -> None:
    """Somebody else has decided."""
    raise Refused(CoreRefusal.CHANGED_MEANWHILE)


def queue_of(request: HttpRequest) -> Queue:
    """A queue of one's own notices, of which none is touched."""
    account, _ = desk(request)
    return Queue(
        name="gallery",
        words="yes_no",
        empty="gallery.empty",
        rows=visible_notices(account),
        waits=Q(),
        decided=Q(pk=None),
        title=lambda row: str(row.pk),
        card="console/gallery/card.html",
        answers=(Answer("yes", nothing), Answer("no", too_late)),
        undo=nothing,
    )


def queue(request: HttpRequest, page: Page, *, told: str = "", is_last: bool = False) -> HttpResponse:
    """A card to decide; perhaps after an answer that can be taken back, or one that came too late."""
    made = queue_of(request)
    first = made.rows.first()
    if request.method != "POST" and first is not None:
        done = [[str(first.pk), "yes"]] if is_last else []
        Sitting(done=done, told={"code": told, "facts": {}} if told else {}).keep(request, made)
    return queue_page(request, page, made)


def queue_empty(request: HttpRequest, page: Page) -> HttpResponse:
    """Nothing waits."""
    made = queue_of(request)
    return queue_page(request, page, Queue(**{**vars(made), "rows": made.rows.none()}))


def charts(request: HttpRequest, page: Page) -> HttpResponse:
    """Every kind of chart, with what is not known in it; and one without anything to draw."""
    drawn = [_chart(kind) for kind in ChartKind] + [_chart(ChartKind.LINE, is_empty=True)]
    file = chart_file(request, drawn, at=desk(request).at)
    return file or show(request, "console/gallery/charts.html", page, charts=drawn)


def _chart(kind: ChartKind, *, is_empty: bool = False) -> Chart:
    x = tuple(f"{hour:02}:00" for hour in range(FIRST_HOUR, FIRST_HOUR + 8))
    heights: list[tuple[int | None, ...]] = [(0, 5, 17, None, 40, 42, 42, 42), (0, 0, 3, 9, 12, 30, 24, 11)]
    if is_empty:
        heights = [(None,) * len(x)]
    return Chart(
        key=f"{kind}-empty" if is_empty else str(kind),
        title=say("gallery.row", number=1),
        unit=say("unit.people"),
        kind=kind,
        places=say("gallery.column.since"),
        x=x,
        series=tuple(Series(name=say("gallery.row", number=n), values=values) for n, values in enumerate(heights, 1)),
        note=say("gallery.why"),
    )


def work(request: HttpRequest, page: Page, *, state: WorkState) -> HttpResponse:
    """A long work as somebody sees it who asked for it; a running one gets on each time that it is looked at."""
    _, at = desk(request)
    done = TOTAL if state == WorkState.DONE else at.second
    shown = SimpleNamespace(shown=state, asked_at=at, ended_at=at if state in OVER else None, stop_asked_at=None)
    shown.total, shown.done = TOTAL, done
    counts = {"changed": done, "same": 3, "refused": 2, "waiting": TOTAL - done}
    context: dict[str, Any] = {"work": shown, "counts": counts, "under_way": state not in OVER, "shape": SHAPES[state]}
    if getattr(request, "htmx", False) and request.htmx.target == "work":  # type: ignore[attr-defined]  # django-htmx
        return render(request, "console/work_progress.html", context)
    return show(request, "console/gallery/work.html", page, **context)


def refusal(request: HttpRequest, _: Page, *, problem: Callable[[], Problem]) -> HttpResponse:
    """What is said instead of a page."""
    return http.page(request, problem())


@dataclass(frozen=True)
class Button:
    """A button as a page may have one."""

    css: str
    is_disabled: bool = False


BUTTONS = (Button("main"), Button(""), Button("quiet"), Button("", is_disabled=True))
