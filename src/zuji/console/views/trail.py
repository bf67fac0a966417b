"""A campaign's trails: the way, its stops with halls and exhibits, and whether every location is settled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.checkin.enums import CoordStatus
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import desk, show
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.trail import actions
from zuji.trail.access import visible_trails
from zuji.trail.models import Stop, Trail
from zuji.trail.queries import stops_of, unready_stops

SHAPES = {CoordStatus.CONFIRMED: "yes", CoordStatus.NOT_JUDGED: "same", CoordStatus.UNVERIFIED: "wait"}


@needs(Right.SEE_TRAIL)
def trail(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The trails of a campaign's activities."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SEE_TRAIL)
    trails = visible_trails(account, at=at).filter(activity__campaign=campaign).select_related("activity", "opened_by")
    return show(
        request,
        "console/trail.html",
        campaign_page(campaign, "trail"),
        campaign=campaign,
        trails=[_told(each) for each in trails.order_by("activity__held_on", "pk")],
        rights=rights_of(account, at=at),
    )


def _told(found: Trail) -> dict[str, object]:
    unready = {stop.pk for stop in unready_stops(found)}
    stops = [_stop(stop, unready) for stop in stops_of(found)]
    told: set[int] = set()
    for each in stops:  # a trail may come to a site twice; its halls are told once
        site = each["stop"].site_id  # type: ignore[attr-defined]
        each["is_first"] = site not in told
        told.add(site)
    return {"trail": found, "stops": stops, "unready": len(unready)}


def _stop(stop: Stop, unready: set[int]) -> dict[str, object]:
    checkpoints = [place.checkpoint for place in stop.places.all()]
    return {
        "stop": stop,
        "leg": getattr(stop, "leg", None),
        "checkpoints": [(each, SHAPES[CoordStatus(each.coord_status)]) for each in checkpoints],
        "is_unready": stop.pk in unready,
        "may_waive": any(each.coord_status == CoordStatus.UNVERIFIED for each in checkpoints),
    }


@needs(Right.OPEN_TRAIL)
@require_POST
def stop_waive(request: HttpRequest, campaign_id: int, stop_id: int) -> HttpResponse:
    """Accept by name that locations are not judged at a stop."""
    account, at = desk(request)
    actions.waive_location(actor=account, stop_id=stop_id, at=at)
    messages.success(request, gettext("trail.waived"))
    return redirect("console:trail", campaign_id)


@needs(Right.OPEN_TRAIL)
@require_POST
def trail_open(request: HttpRequest, campaign_id: int, trail_id: int) -> HttpResponse:
    """Open a trail."""
    account, at = desk(request)
    actions.open_trail(actor=account, trail_id=trail_id, at=at)
    messages.success(request, gettext("trail.opened"))
    return redirect("console:trail", campaign_id)
