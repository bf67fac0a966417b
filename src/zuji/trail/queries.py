"""Reads about trails that others may call."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zuji.checkin.enums import CoordStatus
from zuji.checkin.models import Campaign, Pass
from zuji.trail.enums import ImpressionState
from zuji.trail.models import Change, Impression, Site, Stop, Trail

UNREADY = Q(places=None) | Q(places__checkpoint__coord_status=CoordStatus.UNVERIFIED)


def stops_of(trail: Trail) -> QuerySet[Stop]:
    """A trail's stops in order, with everything that its page shows: site, halls, exhibits, leg and checkpoints."""
    return trail.stops.select_related("site", "leg", "location_waived_by").prefetch_related(
        "site__halls__exhibits", "places__checkpoint__confirmed_by"
    )


def unready_stops(trail: Trail) -> QuerySet[Stop]:
    """The stops that keep a trail from opening: no checkpoint, or one that is neither confirmed nor accepted."""
    return trail.stops.filter(UNREADY).select_related("site").order_by("order").distinct()


def unready_stops_of(campaign: Campaign) -> QuerySet[Stop]:
    """The same of all trails of a campaign that are not open yet."""
    return Stop.objects.filter(UNREADY, trail__activity__campaign=campaign, trail__opened_at=None).distinct()


def unopened(campaigns: Iterable[Campaign], *, since: date) -> QuerySet[Any]:
    """Trails of campaigns that are not open yet, of activities from a day on: each with `unready`, how many stops keep
    it from opening, the first day on top.
    """
    keys = [each.pk for each in campaigns]
    stops = Stop.objects.filter(UNREADY, trail=OuterRef("pk")).order_by().values("trail")
    counted = stops.annotate(n=Count("pk", distinct=True)).values("n")
    rows = Trail.objects.filter(activity__campaign__in=keys, activity__held_on__gte=since, opened_at=None)
    unready = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return rows.annotate(unready=unready).select_related("activity__campaign").order_by("activity__held_on", "pk")


def undecided(campaigns: Iterable[Campaign]) -> dict[int, tuple[int, datetime]]:
    """By campaign: how many impressions wait for a decision, and since when the oldest does."""
    keys = [each.pk for each in campaigns]
    waiting = Impression.objects.filter(campaign__in=keys, state=ImpressionState.WAITING)
    rows = waiting.order_by().values_list("campaign").annotate(Count("pk"), Min("received_at"))
    return {campaign: (count, oldest) for campaign, count, oldest in rows}


def changes_of(campaign: Campaign) -> QuerySet[Change]:
    """What everybody who holds a campaign's walk is told now, the newest first."""
    return campaign.changes.filter(taken_back_at=None).order_by("-written_at", "-pk")


def open_trails(campaign: Campaign) -> QuerySet[Trail]:
    """A campaign's opened trails, rehearsals left out, in the order of their days."""
    found = Trail.objects.filter(activity__campaign=campaign, activity__rehearsal=False, opened_at__isnull=False)
    return found.select_related("activity").order_by("activity__held_on", "pk")


def approved_impressions(campaign: Campaign, limit: int, *, as_of: datetime) -> list[Impression]:
    """The newest that were approved by then and still are, each with its stop's site; rehearsals are left out."""
    found = Impression.objects.filter(campaign=campaign, state=ImpressionState.APPROVED, decided_at__lte=as_of)
    shown = found.filter(stop__trail__activity__rehearsal=False).select_related("stop__site")
    return list(shown.order_by("-decided_at", "-pk")[:limit])


def impressions_of(walk_pass: Pass) -> QuerySet[Impression]:
    """What a pass wrote, withdrawn ones too, in the order in which it arrived."""
    return walk_pass.impressions.order_by("received_at", "pk")


def approved_at(stop: Stop) -> QuerySet[Impression]:
    """What was approved of a stop, latest first."""
    return stop.impressions.filter(state=ImpressionState.APPROVED).order_by("-decided_at", "-pk")


def sites_of(campaign: Campaign) -> QuerySet[Site]:
    """The sites at which a campaign's trails stop, rehearsals' too."""
    return Site.objects.filter(stops__trail__activity__campaign=campaign).order_by("pk").distinct()
