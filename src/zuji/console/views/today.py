"""Today: what waits for this account, what has changed, the numbers that matter, and what comes next."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from zuji.checkin.models import Activity
from zuji.console.pages import Page, desk, show
from zuji.console.programme import hours_of
from zuji.console.today.news import deeds
from zuji.console.today.now import Now
from zuji.console.today.numbers import numbers
from zuji.console.today.waiting import listed
from zuji.core.templatetags.words import week_day
from zuji.people.enums import Right
from zuji.people.guards import needs

NEXT = 4


class Coming(NamedTuple):
    """An activity that comes next, its hours, and its day in the calendar."""

    activity: Activity
    hours: str
    url: str
    is_today: bool


@needs(Right.SEE_FRAME)
def today(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    now = Now(desk(request))
    with timezone.override(now.zone):
        title, waiting = week_day(now.at), listed(now)
        return show(
            request,
            "console/today.html",
            Page(task="today", entry="today", title=title, lead=gettext("page.today.lead")),
            main=_main(now),
            waiting=waiting,
            deeds=deeds(now),
            since=now.since,
            numbers=numbers(now),
            coming=_coming(now),
            sees_figures=Right.SEE_FIGURES in now.scopes,
            begins=not now.running and Right.EDIT_CAMPAIGNS in now.scopes,
        )


def _main(now: Now) -> tuple[str, str] | None:
    """What this account most likely came for, while a campaign runs: its words and where it is done."""
    rights = now.scopes
    if Right.SEE_CAMPAIGNS not in rights or not now.running:
        return None
    key = now.running[0].pk
    if Right.SHOW_CODES in rights and Right.EDIT_CAMPAIGNS not in rights:
        return gettext("poster.screen"), reverse("public:steward")
    if Right.IMPORT_WALKERS in rights and Right.EDIT_ORGANISATIONS not in rights:
        return gettext("today.passes"), reverse("console:passes", args=[key])
    if Right.SEE_MATRIX in rights:
        return gettext("today.matrix"), reverse("console:matrix", args=[key])
    return gettext("today.figures.see"), reverse("console:figures")


def _coming(now: Now) -> list[Coming]:
    """The next activities of whatever this account sees, today's too."""
    if Right.SEE_CAMPAIGNS not in now.scopes:
        return []
    url = reverse("console:calendar")
    ahead = [each for each in now.activities if each.held_on >= now.today][:NEXT]
    return [
        Coming(each, hours_of(each, now.zone), f"{url}?view=day&on={each.held_on}", each.held_on == now.today)
        for each in ahead
    ]
