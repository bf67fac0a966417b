"""Writes to trails: one verb, one function. Those to impressions stand in a module of their own."""

from datetime import datetime
from pathlib import Path

import msgspec
from django.db import transaction

from zuji.checkin.enums import CoordStatus
from zuji.checkin.models import Checkpoint
from zuji.core.audit import audit
from zuji.core.errors import Forbidden, NotFound, Refused
from zuji.core.models import Association
from zuji.people.enums import Right
from zuji.people.messages.occasions import trail_opened
from zuji.people.models import Account
from zuji.people.rights import scope_of
from zuji.trail import access
from zuji.trail.building import build
from zuji.trail.changes import take_back_change, write_change
from zuji.trail.enums import Verb
from zuji.trail.errors import Refusal
from zuji.trail.impressions import (
    Writing,
    approve_impression,
    decline_impression,
    reopen_impression,
    withdraw_impression,
    write_impression,
)
from zuji.trail.media import keep_media
from zuji.trail.models import Site, Stop, Trail
from zuji.trail.plan import read_trail
from zuji.trail.queries import unready_stops
from zuji.trail.sites import known_sites

__all__ = [
    "Writing",
    "approve_impression",
    "decline_impression",
    "import_trail",
    "open_trail",
    "reopen_impression",
    "seed_sites",
    "take_back_change",
    "waive_location",
    "withdraw_impression",
    "write_change",
    "write_impression",
]


@transaction.atomic
def seed_sites(*, actor: Account, association_id: int, at: datetime) -> int:
    """Put the district's known sites on an association's list; returns how many were new. Others stay as they are."""
    association = _access_association(actor, association_id, at=at)
    have = set(Site.objects.filter(association=association).values_list("code", flat=True))
    fresh = [
        Site(association=association, **msgspec.structs.asdict(site)) for site in known_sites() if site.code not in have
    ]
    Site.objects.bulk_create(fresh)
    if fresh:
        audit(actor, Verb.SITES_SEEDED, association, association_id=association.pk, at=at, sites=len(fresh))
    return len(fresh)


@transaction.atomic
def import_trail(*, actor: Account, association_id: int, data: bytes, media: Path, at: datetime) -> Trail:
    """Make or renew a trail from its file: campaign, activity, sites' texts, stops, legs and checkpoints.

    `media` is the folder of the files that exhibits name. The same file again changes nothing; texts and windows may
    change at any time, stops and checkpoints are only added, and only until the trail is open.
    """
    association = _access_association(actor, association_id, at=at)
    plan = read_trail(data)
    # before any row is written: a copy too many does no harm, a row without its file would
    stored = keep_media((name for name, _ in plan.media()), media)
    trail = build(association.pk, plan, stored)
    audit(actor, Verb.TRAIL_IMPORTED, trail, association_id=association.pk, at=at, stops=len(plan.stops))
    return trail


@transaction.atomic
def waive_location(*, actor: Account, stop_id: int, at: datetime) -> Stop:
    """Accept by name that nobody's location is judged where a stop's checkpoints are not confirmed."""
    stop = access.access_stop(actor, stop_id, Right.OPEN_TRAIL, at=at, lock=True)
    # the stop's confirmed checkpoints go on judging
    unverified = Checkpoint.objects.filter(place__stop=stop, coord_status=CoordStatus.UNVERIFIED)
    keys = list(unverified.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        raise Refused(Refusal.LOCATION_IS_CONFIRMED, stop=stop.site.name_zh)
    Checkpoint.objects.filter(pk__in=keys).update(coord_status=CoordStatus.NOT_JUDGED)
    stop.location_waived_by, stop.location_waived_at = actor, at
    stop.save(update_fields=["location_waived_by", "location_waived_at"])
    audit(actor, Verb.LOCATION_WAIVED, stop, association_id=_association_of(stop.trail), at=at, checkpoints=keys)
    return stop


@transaction.atomic
def open_trail(*, actor: Account, trail_id: int, at: datetime) -> Trail:
    """Open a trail once every stop's checkpoints are confirmed on the spot or accepted as not judged."""
    trail = access.access_trail(actor, trail_id, Right.OPEN_TRAIL, at=at, lock=True)
    # whoever opened it first stays the one who is named
    if trail.opened_at is not None:
        return trail
    if missing := [stop.site.short_zh for stop in unready_stops(trail)]:
        raise Refused(Refusal.STOPS_NOT_READY, stops="、".join(missing))
    trail.opened_at, trail.opened_by = at, actor
    trail.save(update_fields=["opened_at", "opened_by"])
    audit(actor, Verb.TRAIL_OPENED, trail, association_id=_association_of(trail), at=at)
    trail_opened(trail, trail.activity.campaign, association_id=_association_of(trail), at=at)
    return trail


def _access_association(actor: Account, association_id: int, *, at: datetime) -> Association:
    """The association whose trails somebody may write, locked, so that two imports take their turns."""
    if association_id not in scope_of(actor, Right.EDIT_TRAIL, at=at).associations:
        seen = association_id in scope_of(actor, Right.SEE_TRAIL, at=at).associations
        raise Forbidden(Right.EDIT_TRAIL) if seen else NotFound("association")
    return Association.objects.select_for_update(no_key=True).get(pk=association_id)


def _association_of(trail: Trail) -> int:
    return trail.activity.campaign.association_id
