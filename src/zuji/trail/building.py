"""From a trail's file to its rows. Doing it again with the same file changes nothing."""

from collections.abc import Mapping, Sequence

from zuji.checkin.models import Activity, Campaign
from zuji.core.errors import Invalid, Refused
from zuji.trail.errors import Refusal
from zuji.trail.models import Exhibit, Hall, Leg, Site, Stop, StopCheckpoint, Trail
from zuji.trail.plan import (
    ActivityPlan,
    CampaignPlan,
    CheckpointPlan,
    ExhibitPlan,
    HallPlan,
    LegPlan,
    Named,
    ShortName,
    SitePlan,
    StopPlan,
    TrailFile,
)

ORDERS_A_STOP = 100
"""Checkpoints of a stop are numbered from here on, so that one more at an early stop moves no later ones."""


def build(association_id: int, plan: TrailFile, media: Mapping[str, str]) -> Trail:
    """All rows of a file; `media` gives the stored name of each file that an exhibit names."""
    activity = _activity(_campaign(association_id, plan.campaign), plan.activity)
    named = _named(plan.trail.name) | {"sample": plan.trail.sample}
    trail, _ = Trail.objects.update_or_create(activity=activity, defaults=named)
    sites = {site.code: _site(association_id, site, media) for site in plan.sites}
    _stops(trail, plan.stops, sites)
    return trail


def _campaign(association_id: int, plan: CampaignPlan) -> Campaign:
    if Campaign.objects.filter(slug=plan.slug).exclude(association=association_id).exists():
        raise Refused(Refusal.CAMPAIGN_NAME_TAKEN, name=plan.slug)
    values = _named(plan.name) | {
        "opens_on": plan.opens_on,
        "closes_on": plan.closes_on,
        "target_firms": plan.target_firms,
        "join_by_list": plan.join_by_list,
    }
    return Campaign.objects.update_or_create(slug=plan.slug, association_id=association_id, defaults=values)[0]


def _activity(campaign: Campaign, plan: ActivityPlan) -> Activity:
    values = {"name_en": plan.name.en, "rehearsal": plan.rehearsal}
    return campaign.activities.update_or_create(name_zh=plan.name.zh, held_on=plan.held_on, defaults=values)[0]


def _site(association_id: int, plan: SitePlan, media: Mapping[str, str]) -> Site:
    site = Site.objects.filter(association=association_id, code=plan.code).first() or _listed(association_id, plan)
    site.about_zh, site.about_en, site.sample = plan.about.zh, plan.about.en, plan.sample
    site.short_zh, site.seal = plan.short or site.short_zh, plan.seal or site.seal
    site.save(update_fields=["about_zh", "about_en", "sample", "short_zh", "seal"])
    for order, hall in enumerate(plan.halls, 1):
        _hall(site, order, hall, media)
    # rooms carry no records, so that those the file no longer has may go; checkpoints may not
    site.halls.filter(order__gt=len(plan.halls)).delete()
    return site


def _listed(association_id: int, plan: SitePlan) -> Site:
    """Put a site on the list by what the file itself says of it, where that is enough."""
    if plan.name is None or plan.short is None or plan.seal is None:
        raise Invalid(Refusal.UNKNOWN_SITE, site=plan.code)
    named = _named(plan.name)
    places = {"town": plan.town, "address": plan.address}
    return Site.objects.create(association_id=association_id, code=plan.code, **named, **places)


def _hall(site: Site, order: int, plan: HallPlan, media: Mapping[str, str]) -> None:
    values = _named(plan.name) | {"sample": plan.sample}
    hall, _ = Hall.objects.update_or_create(site=site, order=order, defaults=values)
    for number, exhibit in enumerate(plan.exhibits, 1):
        Exhibit.objects.update_or_create(hall=hall, order=number, defaults=_exhibit(exhibit, media))
    hall.exhibits.filter(order__gt=len(plan.exhibits)).delete()


def _exhibit(plan: ExhibitPlan, media: Mapping[str, str]) -> dict[str, object]:
    return _named(plan.title) | {
        "text_zh": plan.text.zh,
        "text_en": plan.text.en,
        "image": media.get(plan.image, ""),
        "audio": media.get(plan.audio, ""),
        "sample": plan.sample,
    }


def _stops(trail: Trail, plans: Sequence[StopPlan], sites: Mapping[str, Site]) -> None:
    """Stops may be added at the end while the trail is being prepared; none is moved or taken away."""
    # check-ins refer to checkpoints for ever, and a stop that moved would move them to another site
    if trail.stops.filter(order__gt=len(plans)).exists():
        raise Refused(Refusal.TRAIL_CHANGED)
    for order, plan in enumerate(plans, 1):
        if plan.site not in sites:
            raise Invalid(Refusal.UNKNOWN_SITE, site=plan.site)
        stop = _stop(trail, order, sites[plan.site])
        _leg(stop, plan.leg)
        for number, checkpoint in enumerate(plan.checkpoints, 1):
            _checkpoint(stop, number, checkpoint)
        if stop.places.count() > len(plan.checkpoints):
            raise Refused(Refusal.TRAIL_CHANGED)


def _stop(trail: Trail, order: int, site: Site) -> Stop:
    stop = trail.stops.filter(order=order).first()
    if stop is None:
        _refuse_if_open(trail)
        return Stop.objects.create(trail=trail, order=order, site=site)
    if stop.site_id != site.pk:
        raise Refused(Refusal.TRAIL_CHANGED)
    return stop


def _leg(stop: Stop, plan: LegPlan | None) -> None:
    if plan is not None:
        values = {"distance_m": plan.distance_m, "minutes": plan.minutes, "departs_at": plan.departs_at}
        Leg.objects.update_or_create(stop=stop, defaults=values | {"mode": plan.mode})


def _checkpoint(stop: Stop, number: int, plan: CheckpointPlan) -> None:
    # no location here: a place is confirmed on the spot, and a new file must not undo that
    values = _named(plan.name) | {
        "opens_at": plan.opens_at,
        "closes_at": plan.closes_at,
        "radius_m": plan.radius_m,
    }
    order = stop.order * ORDERS_A_STOP + number
    known = stop.trail.activity.checkpoints
    if not known.filter(order=order).exists():
        _refuse_if_open(stop.trail)
    checkpoint, _ = known.update_or_create(order=order, defaults=values)
    StopCheckpoint.objects.get_or_create(checkpoint=checkpoint, defaults={"stop": stop})


def _refuse_if_open(trail: Trail) -> None:
    if trail.opened_at is not None:
        raise Refused(Refusal.TRAIL_IS_OPEN)


def _named(name: Named | ShortName) -> dict[str, object]:
    return {"name_zh": name.zh, "name_en": name.en}
