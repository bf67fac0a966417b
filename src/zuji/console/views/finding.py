"""The palette's answers, and the same as a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from zuji.console.finders import FINDERS
from zuji.console.pages import Page, desk, show
from zuji.console.palette import RECENT, Asked, search
from zuji.people.enums import Right
from zuji.people.guards import needs

ASKED_CHARS = 80
RECENT_CHARS = 400


@needs(Right.SEE_FRAME)
def find(request: HttpRequest) -> HttpResponse:
    """What fits `q`, and of that first what was chosen before (`recent`): for the palette, or as a page."""
    asked = _asked(request)
    groups = search(asked, FINDERS)
    if getattr(request, "htmx", False):
        count = sum(len(group.hits) for group in groups)
        found = {"groups": groups, "asked": asked.text, "count": count}
        return render(request, "console/palette_found.html", found)
    page = Page(task="today", entry="", title=gettext("palette.title"), lead=gettext("palette.lead"))
    return show(request, "console/find.html", page, groups=groups, asked=asked.text)


def _asked(request: HttpRequest) -> Asked:
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:ASKED_CHARS]
    campaign = request.GET.get("campaign", "")
    recent = request.GET.get("recent", "")[:RECENT_CHARS].replace("\0", "").split(",")
    campaign_id = int(campaign) if campaign.isascii() and campaign.isdecimal() else None
    return Asked(desk(request), text, campaign_id, tuple(filter(None, recent))[: RECENT * 2])
