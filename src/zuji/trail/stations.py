"""Which day of a campaign a wall is about, and the stations of its walk."""

from collections.abc import Iterable
from datetime import date, datetime

from zuji.checkin.models import Activity, Campaign, Checkpoint
from zuji.trail.documents import zone_of
from zuji.trail.flow import Station, joined
from zuji.trail.models import Stop, Trail

LETTERS = 4


def day_shown(campaign: Campaign, *, at: datetime) -> Activity | None:
    """What a wall is about now: today's activity, else the next, else the last; a rehearsal on its own day only,
    unless there is nothing else.
    """
    activities = list(campaign.activities.order_by("held_on", "rehearsal", "pk").prefetch_related("checkpoints"))
    return chosen(activities, at.astimezone(zone_of(campaign)).date())


def chosen(activities: Iterable[Activity], today: date) -> Activity | None:
    """The same of activities in order of their days, real ones first on each."""
    known = list(activities)
    now = [each for each in known if each.held_on == today]
    real = [each for each in known if not each.rehearsal] or known
    ahead = [each for each in real if each.held_on > today]
    return next(iter([*now, *ahead, *reversed(real)]), None)


def stations_of(activity: Activity, *, at: datetime) -> list[Station]:
    """The stations of an activity's trail once that is open; else its checkpoints, each by itself."""
    trail = Trail.objects.filter(activity=activity, opened_at__lte=at).first()
    if trail is None:
        return [_alone(checkpoint) for checkpoint in activity.checkpoints.order_by("order")]
    stops = trail.stops.select_related("site", "leg").prefetch_related("places__checkpoint").order_by("order")
    return joined(_station(stop) for stop in stops)


def _station(stop: Stop) -> Station:
    doors = sorted((place.checkpoint for place in stop.places.all()), key=lambda door: door.order)
    site = stop.site
    return Station(
        site=site.pk,
        name={"zh": site.name_zh, "en": site.name_en},
        short=site.short_zh,
        letters=site.seal or site.short_zh[:LETTERS],
        mode=stop.leg.mode if hasattr(stop, "leg") else "",
        checkpoints=tuple(door.pk for door in doors),
    )


def _alone(checkpoint: Checkpoint) -> Station:
    return Station(
        site=None,
        name={"zh": checkpoint.name_zh, "en": checkpoint.name_en},
        short=checkpoint.name_zh,
        letters=checkpoint.name_zh[:LETTERS],
        mode="",
        checkpoints=(checkpoint.pk,),
    )
