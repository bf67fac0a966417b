"""A campaign's trails, now or on a day: the way, its stops with halls and exhibits, and what has changed."""

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.history import as_they_were
from zuji.console.blocks.record import asked, histories
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import show
from zuji.console.ways import Way, way_of
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.trail import actions
from zuji.trail.access import visible_changes, visible_trails


@needs(Right.SEE_TRAIL)
def trail(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The trails of a campaign's activities."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SEE_TRAIL)
    then = asked(request)
    found = visible_trails(account, at=at).filter(activity__campaign=campaign).select_related("activity", "opened_by")
    trails = list(found.order_by("activity__held_on", "pk"))
    shown = as_they_were(trails, then.until) if then.until else trails
    ways = [way_of(each, until=then.until) for each in shown]
    with timezone.override(account.association.time_zone):
        steps = histories(request, _rows(ways), then)
    return show(
        request,
        "console/trail.html",
        campaign_page(campaign, "trail"),
        campaign=campaign,
        then=then,
        ways=ways,
        changes=visible_changes(account, at=at).filter(campaign=campaign),
        timeline=steps,
        rights=rights_of(account, at=at),
    )


def _rows(ways: list[Way]) -> list[Model]:
    """All that a change on the page could be about."""
    trails: list[Model] = [way.trail for way in ways]
    stops = [each.stop for way in ways for each in way.stops]
    return [*trails, *stops, *(place for way in ways for each in way.stops for place, _ in each.checkpoints)]


@needs(Right.OPEN_TRAIL)
@require_POST
def stop_waive(request: HttpRequest, campaign_id: int, stop_id: int) -> HttpResponse:
    """Accept by name that locations are not judged at a stop."""
    (account, at), _ = campaign_desk(request, campaign_id, Right.OPEN_TRAIL)
    actions.waive_location(actor=account, stop_id=stop_id, at=at)
    messages.success(request, gettext("trail.waived"))
    return redirect("console:trail", campaign_id)


@needs(Right.OPEN_TRAIL)
@require_POST
def trail_open(request: HttpRequest, campaign_id: int, trail_id: int) -> HttpResponse:
    """Open a trail."""
    (account, at), _ = campaign_desk(request, campaign_id, Right.OPEN_TRAIL)
    actions.open_trail(actor=account, trail_id=trail_id, at=at)
    messages.success(request, gettext("trail.opened"))
    return redirect("console:trail", campaign_id)
