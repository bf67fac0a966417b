"""What is on: campaigns, their activities, and when one can check in where, as events of a calendar."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.urls import reverse

from zuji.checkin.access import visible_activities, visible_campaigns
from zuji.checkin.models import Activity, Campaign, Checkpoint
from zuji.console.blocks.calendar import Event
from zuji.console.pages import Desk
from zuji.core.templatetags.words import named, say
from zuji.trail.models import Site

Place = Site | Checkpoint


def events(at_desk: Desk, first: date, last: date) -> list[Event]:
    """What touches these days of whatever this account sees, by a few queries, however much there is."""
    zone = ZoneInfo(at_desk.account.association.time_zone)
    now = at_desk.at.astimezone(zone)
    found = [event for campaign in _campaigns(at_desk, first, last) for event in _of_campaign(campaign, now, zone)]
    return [event for event in found if event.first_day <= last and event.last_day >= first]


def _campaigns(at_desk: Desk, first: date, last: date) -> QuerySet[Campaign]:
    account, at = at_desk
    held = visible_activities(account, at=at).filter(held_on__range=(first, last)).values("campaign")
    rows = visible_campaigns(account, at=at).filter(Q(opens_on__lte=last, closes_on__gte=first) | Q(pk__in=held))
    return rows.order_by("opens_on", "pk").prefetch_related("activities__checkpoints__place__stop__site")


def _of_campaign(campaign: Campaign, now: datetime, zone: ZoneInfo) -> Iterator[Event]:
    url = reverse("console:campaign", args=[campaign.pk])
    yield Event.of_days(
        key=f"campaign-{campaign.pk}",
        title=named(campaign),
        url=url,
        kind="campaign",
        state="over" if campaign.closes_on < now.date() else "",
        first=campaign.opens_on,
        last=campaign.closes_on,
        zone=zone,
    )
    for activity in campaign.activities.all():
        yield _activity(activity, url, now, zone)
        yield from _windows(activity, now, zone)


def _activity(activity: Activity, url: str, now: datetime, zone: ZoneInfo) -> Event:
    day = activity.held_on
    return Event.of_days(
        key=f"activity-{activity.pk}",
        title=named(activity),
        url=url,
        kind="activity",
        state=_state(activity, now, over=day < now.date(), on=day == now.date()),
        hours=hours_of(activity, zone),
        first=day,
        last=day,
        zone=zone,
    )


def _windows(activity: Activity, now: datetime, zone: ZoneInfo) -> Iterator[Event]:
    """When one can check in, one window for each site, or for each checkpoint that stands at none."""
    by_place: dict[Place, list[Checkpoint]] = {}
    for checkpoint in activity.checkpoints.all():
        by_place.setdefault(_place(checkpoint), []).append(checkpoint)
    for place, checkpoints in by_place.items():
        start, end = _span(checkpoints, zone)
        yield Event(
            key=f"activity-{activity.pk}-{place._meta.model_name}-{place.pk}",
            title=named(place),
            short=named(place, "short") if isinstance(place, Site) else "",
            start=start,
            end=end,
            url=reverse("console:trail", args=[activity.campaign_id]),
            kind="window",
            state=_state(activity, now, over=end <= now, on=start <= now < end),
            note=say("calendar.checkpoints", n=len(checkpoints)),
            is_detail=True,
        )


def _place(checkpoint: Checkpoint) -> Place:
    stands = getattr(checkpoint, "place", None)
    return stands.stop.site if stands else checkpoint


def _span(checkpoints: Sequence[Checkpoint], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when the first opens to when the last closes."""
    first, last = min(each.opens_at for each in checkpoints), max(each.closes_at for each in checkpoints)
    return first.astimezone(zone), last.astimezone(zone)


def hours_of(activity: Activity, zone: ZoneInfo) -> str:
    """From when to when one can check in at an activity; empty where it has no checkpoint."""
    checkpoints = list(activity.checkpoints.all())
    if not checkpoints:
        return ""
    first, last = _span(checkpoints, zone)
    return say("calendar.hours", first=f"{first:%H:%M}", last=f"{last:%H:%M}")


def _state(activity: Activity, now: datetime, *, over: bool, on: bool) -> str:
    if activity.rehearsal:
        return "rehearsal"
    return "over" if over else "now" if on else ""
