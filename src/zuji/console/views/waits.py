"""How much waits for somebody, for the navigation: asked by a page once it is there, so that none waits for it."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zuji.console.pages import Desk, desk
from zuji.console.today.now import Now
from zuji.console.today.waiting import listed
from zuji.people.enums import Right
from zuji.people.guards import needs

KEPT_S = 15
"""For whoever walks from page to page."""


@needs(Right.SEE_FRAME)
def waits(request: HttpRequest) -> HttpResponse:
    """As many things as Today lists."""
    at_desk = desk(request)
    count = cache.get_or_set(f"waits.{at_desk.account.pk}", lambda: _count(at_desk), KEPT_S)
    return render(request, "console/waits.html", {"waits": count})


def _count(at_desk: Desk) -> int:
    now = Now(at_desk)
    with timezone.override(now.zone):
        return len(listed(now))
