"""Writes: one verb, one function. Those with much of their own to know stand in modules of their own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from zuji.checkin import access
from zuji.checkin.corrections import take_back
from zuji.checkin.enums import CoordStatus, Datum, Verb
from zuji.checkin.erasing import erase_own_pass
from zuji.checkin.errors import Refusal
from zuji.checkin.judge import Fix
from zuji.checkin.models import BLANKED, Campaign, Checkpoint, Correction, Item, LogHead, MatrixCell, Pass, PassDetail
from zuji.checkin.passes import join, mark_own_passes, mark_same_person, replace_pass, undo_same_person, withdraw_pass
from zuji.checkin.proving import Report, check_log
from zuji.checkin.rolls import add_roll
from zuji.checkin.serials import issue_grant, issue_poster, issue_screen, withdraw_serial
from zuji.checkin.writing import hand_in
from zuji.core.audit import audit
from zuji.core.errors import Refused
from zuji.core.geometry import Point, distance_m, gcj02_to_wgs84
from zuji.people.enums import Right
from zuji.people.models import Account

__all__ = [
    "add_roll",
    "begin_epoch",
    "confirm_location",
    "erase_own_pass",
    "hand_in",
    "issue_grant",
    "issue_poster",
    "issue_screen",
    "join",
    "mark_own_passes",
    "mark_same_person",
    "reduce_campaign",
    "replace_pass",
    "take_back",
    "undo_same_person",
    "verify_log",
    "withdraw_pass",
    "withdraw_serial",
]

CONFIRM_WITHIN_M = 50.0
REDUCED_AFTER = timedelta(days=7)
REDUCED_TOO: list[Callable[[Campaign], int]] = []
"""What packages above blank together with a campaign, in the same transaction."""


class Confirmed(NamedTuple):
    """A checkpoint whose location is confirmed, and how far that moved it; None where it had no place before."""

    checkpoint: Checkpoint
    moved_m: int | None


@transaction.atomic
def confirm_location(*, actor: Account, checkpoint_id: int, fix: Fix, at: datetime) -> Confirmed:
    """A steward stands at the checkpoint and says so; from now on its fence judges fixes."""
    checkpoint = access.access_checkpoint(actor, checkpoint_id, Right.CONFIRM_LOCATION, at=at, lock=True)
    if fix.accuracy > CONFIRM_WITHIN_M:
        raise Refused(Refusal.LOCATION_TOO_VAGUE, accuracy=round(fix.accuracy), limit=round(CONFIRM_WITHIN_M))
    stated = Point(fix.lat, fix.lon)
    here = gcj02_to_wgs84(stated) if fix.datum is Datum.GCJ02 else stated
    before = _point(checkpoint)
    moved_m = None if before is None else round(distance_m(before, here))
    checkpoint.lat, checkpoint.lon = here
    checkpoint.coord_status = CoordStatus.CONFIRMED
    checkpoint.confirmed_by, checkpoint.confirmed_at = actor, at
    checkpoint.save(update_fields=["lat", "lon", "coord_status", "confirmed_by", "confirmed_at"])
    association_id = checkpoint.activity.campaign.association_id
    audit(actor, Verb.LOCATION_CONFIRMED, checkpoint, association_id=association_id, at=at, moved_m=moved_m)
    return Confirmed(checkpoint, moved_m)


def _point(checkpoint: Checkpoint) -> Point | None:
    if checkpoint.lat is None or checkpoint.lon is None:
        return None
    return Point(checkpoint.lat, checkpoint.lon)


@transaction.atomic
def reduce_campaign(*, actor: Account | None, campaign_id: int, at: datetime) -> Campaign:
    """Blank the time of day of a campaign that is over, with tokens, names and salts; `actor` None is the home itself.

    Keys and local dates stay, so figures stand, and receipts on people's phones stay valid.
    """
    if actor is not None:
        access.access_campaign(actor, campaign_id, Right.REDUCE_CAMPAIGN, at=at)
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    last = Checkpoint.objects.filter(activity__campaign=campaign).order_by("closes_at").last()
    if at.date() <= campaign.closes_on or (last is not None and at <= last.closes_at + REDUCED_AFTER):
        raise Refused(Refusal.CAMPAIGN_RUNNING)
    if campaign.reduced_at is None:
        _blank(campaign)
        campaign.reduced_at = at
        campaign.save(update_fields=["reduced_at"])
        audit(actor, Verb.CAMPAIGN_REDUCED, campaign, association_id=campaign.association_id, at=at)
    return campaign


def _blank(campaign: Campaign) -> None:
    Item.objects.filter(campaign=campaign).update(**dict.fromkeys(BLANKED))
    Correction.objects.filter(campaign=campaign).update(salt=None)
    Pass.objects.filter(campaign=campaign).update(token=None)
    PassDetail.objects.filter(walk_pass__campaign=campaign).delete()
    cells = MatrixCell.objects.filter(checkpoint__activity__campaign=campaign)
    cells.update(last_at=None, last_received=None)
    for reduce_more in REDUCED_TOO:
        reduce_more(campaign)


def verify_log(*, at: datetime) -> Report:
    """Go through the whole log and write down that it was done; whoever reads the trail sees when it last was."""
    report = check_log()
    head = LogHead.objects.get()
    facts = {"size": report.leaves, "faults": len(report.faults)}
    audit(None, Verb.LOG_VERIFIED, head, association_id=None, at=at, **facts)
    return report


@transaction.atomic
def begin_epoch(*, at: datetime) -> int:
    """After a restore: the log is of another epoch from here on, so that every phone hands in what this one lacks."""
    head = LogHead.objects.select_for_update().get()
    head.epoch += 1
    head.save(update_fields=["epoch"])
    audit(None, Verb.EPOCH_BEGUN, head, association_id=None, at=at, epoch=head.epoch, size=head.size)
    return head.epoch
