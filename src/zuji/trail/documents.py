"""Reads about walks that others may call."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from zuji.checkin.models import Activity, Campaign, Checkpoint
from zuji.committee.models import ParticipantOrganisation
from zuji.core.errors import NotFound
from zuji.trail.models import Change, Exhibit, Hall, Leg, Site, Stop, StopCheckpoint, Trail
from zuji.trail.queries import changes_of

Words = dict[str, str]
Document = dict[str, object]


def walk_at_checkpoint(checkpoint_id: int) -> Activity:
    """The activity that a checkpoint is part of."""
    found = _activities().filter(checkpoints=checkpoint_id).first()
    if found is None:
        raise NotFound("checkpoint")
    return found


def walk_of_campaign(campaign_id: int, *, at: datetime) -> Activity:
    """The activity that a campaign is about now: today's, else the next one, else the last one."""
    activities = list(_activities().filter(campaign=campaign_id).order_by("held_on", "rehearsal", "pk"))
    if not activities:
        raise NotFound("campaign")
    today = at.astimezone(zone_of(activities[0].campaign)).date()
    return next((activity for activity in activities if activity.held_on >= today), activities[-1])


def walk_document(activity: Activity, *, at: datetime) -> Document:
    """What a phone needs to know of a walk, to be kept for use without network.

    Stops with their halls are there once the trail has been opened; organisations where one may join by choosing one.
    """
    campaign = activity.campaign
    trail = Trail.objects.filter(activity=activity, opened_at__lte=at).first()
    stops = [_stop(stop) for stop in _stops(trail)] if trail else []
    return {
        "campaign": _campaign(campaign, activity, theme=_words(trail or campaign)),
        "association": {"name": _words(campaign.association)},
        "sample": trail is not None and _is_sample(trail, stops),
        "stops": stops,
        "changes": [_change(change) for change in changes_of(campaign)],
        "organisations": _organisations(campaign) if campaign.join_by_list else None,
    }


def places_of(campaign_id: int) -> dict[int, Document]:
    """Where a campaign's checkpoints stand: stop, the site's names and its short name, by the checkpoint's key."""
    places = StopCheckpoint.objects.filter(checkpoint__activity__campaign=campaign_id).select_related("stop__site")
    return {
        place.checkpoint_id: {
            "stop": place.stop_id,
            "site": _words(place.stop.site),
            "site_short": place.stop.site.short_zh,
        }
        for place in places
    }


def zone_of(campaign: Campaign) -> ZoneInfo:
    """The time zone in which a campaign has its days."""
    return ZoneInfo(campaign.association.time_zone)


def _activities() -> QuerySet[Activity]:
    return Activity.objects.select_related("campaign__association")


def _stops(trail: Trail) -> QuerySet[Stop]:
    return (
        trail.stops.select_related("site", "leg")
        .prefetch_related("places__checkpoint", "site__halls__exhibits")
        .order_by("order")
    )


def _campaign(campaign: Campaign, activity: Activity, *, theme: Words) -> Document:
    midnight = datetime.combine(campaign.closes_on + timedelta(days=1), time(), zone_of(campaign))
    return {
        "id": campaign.pk,
        "name": _words(campaign),
        "theme": theme,
        "opens_on": campaign.opens_on,
        "closes_on": campaign.closes_on,
        "closes_at": midnight,
        "join_by_list": campaign.join_by_list,
        "rehearsal": activity.rehearsal,
    }


def _stop(stop: Stop) -> Document:
    leg: Leg | None = getattr(stop, "leg", None)
    return {
        "id": stop.pk,
        "order": stop.order,
        "site": _site(stop.site),
        "checkpoints": [_checkpoint(place.checkpoint) for place in stop.places.all()],
        "leg": leg and {name: getattr(leg, name) for name in ("mode", "distance_m", "minutes", "departs_at")},
        "halls": [_hall(hall) for hall in stop.site.halls.all()],
    }


def _change(change: Change) -> Document:
    return {
        "id": change.pk,
        "cancelled": change.cancelled,
        "text": {"zh": change.text_zh, "en": change.text_en},
        "at": change.written_at,
    }


def _site(site: Site) -> Document:
    return {
        "id": site.pk,
        "name": _words(site),
        "short": site.short_zh,
        "seal": site.seal,
        "about": _words(site, "about"),
        "address": site.address,
        "sample": site.sample,
    }


def _checkpoint(checkpoint: Checkpoint) -> Document:
    times = {"opens_at": checkpoint.opens_at, "closes_at": checkpoint.closes_at}
    return {"id": checkpoint.pk, "name": _words(checkpoint), **times}


def _hall(hall: Hall) -> Document:
    exhibits = [_exhibit(exhibit) for exhibit in hall.exhibits.all()]
    return {"id": hall.pk, "order": hall.order, "name": _words(hall), "exhibits": exhibits}


def _exhibit(exhibit: Exhibit) -> Document:
    files = {kind: default_storage.url(name) if name else None for kind, name in _files(exhibit)}
    shown = {"title": _words(exhibit), "text": _words(exhibit, "text"), "sample": exhibit.sample}
    return {"id": exhibit.pk, "order": exhibit.order, **shown, **files}


def _files(exhibit: Exhibit) -> Iterable[tuple[str, str]]:
    return (("image", exhibit.image), ("audio", exhibit.audio))


def _is_sample(trail: Trail, stops: Iterable[Document]) -> bool:
    halls = Hall.objects.filter(site__stops__trail=trail)
    sites = any(stop["site"]["sample"] for stop in stops)  # type: ignore[index]  # documents are plain JSON
    return trail.sample or sites or halls.filter(sample=True).exists() or halls.filter(exhibits__sample=True).exists()


def _organisations(campaign: Campaign) -> list[Document]:
    rows = ParticipantOrganisation.objects.filter(association=campaign.association_id).order_by("sort_key", "pk")
    return [{"id": key, "name": name} for key, name in rows.values_list("pk", "name")]


def _words(row: object, field: str = "name") -> Words:
    return {language: getattr(row, f"{field}_{language}") for language in ("zh", "en")}
