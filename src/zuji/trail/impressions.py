"""Writes to impressions: a walker writes and withdraws, a steward or the office decides what is shown to others."""

from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from zuji.checkin.access import pass_by_token
from zuji.checkin.errors import Refusal as CheckinRefusal
from zuji.checkin.models import Campaign, Pass
from zuji.checkin.queries import counted_items
from zuji.checkin.times import by_phone
from zuji.core.audit import audit
from zuji.core.errors import NotFound, Refused
from zuji.people.enums import Right
from zuji.people.messages.occasions import impressions_waiting
from zuji.people.models import Account
from zuji.trail import access
from zuji.trail.enums import DECIDED, DeclineReason, ImpressionState, Verb
from zuji.trail.errors import Refusal
from zuji.trail.models import Impression, Stop
from zuji.trail.wording import clean

PER_STOP: Final = 5
"""As many as one pass may write of one stop, withdrawn ones too, so that nobody fills the queue."""


class Writing(NamedTuple):
    """What a phone hands in: the id that it drew, and instants by its own clock, right or wrong."""

    id: UUID
    stop_id: int
    text: str
    at: datetime
    sent: datetime


@transaction.atomic
def write_impression(*, token: bytes, writing: Writing, at: datetime, sample: bool = False) -> Impression:
    """Keep what the holder of a pass wrote at a stop where it checked in. The same again gets the same answer."""
    walk_pass = pass_by_token(token, lock=True)
    text = clean(writing.text)
    known = Impression.objects.filter(pk=writing.id).first()
    if known is not None:
        return _same(known, walk_pass, writing, text)
    stop = _stop_of(walk_pass, writing.stop_id)
    if walk_pass.withdrawn_at is not None:
        raise Refused(CheckinRefusal.WITHDRAWN_PASS)
    if walk_pass.impressions.filter(stop=stop).count() >= PER_STOP:
        raise Refused(Refusal.IMPRESSIONS_ENOUGH, limit=PER_STOP)
    written_at = _written_at(writing, at)
    values = {
        "campaign": walk_pass.campaign,
        "stop": stop,
        "walk_pass": walk_pass,
        "text": text,
        "sample": sample,
        "local_date": written_at.astimezone(ZoneInfo(walk_pass.campaign.association.time_zone)).date(),
        "written_at": written_at,
        "received_at": at,
    }
    kept, is_new = Impression.objects.get_or_create(pk=writing.id, defaults=values)
    if is_new:
        _tell_who_decides(walk_pass.campaign, at)
    return _same(kept, walk_pass, writing, text)


def _tell_who_decides(campaign: Campaign, at: datetime) -> None:
    count = Impression.objects.filter(campaign=campaign, state=ImpressionState.WAITING).count()
    impressions_waiting(campaign, association_id=campaign.association_id, count=count, at=at)


def _same(known: Impression, walk_pass: Pass, writing: Writing, text: str) -> Impression:
    """The one that this id already names; refused, without a word of it, where it is another."""
    if (known.walk_pass_id, known.stop_id) != (walk_pass.pk, writing.stop_id):
        raise Refused(Refusal.IMPRESSION_ID_REUSED)
    if known.state != ImpressionState.WITHDRAWN and known.text != text:
        raise Refused(Refusal.IMPRESSION_ID_REUSED)
    return known


def _stop_of(walk_pass: Pass, stop_id: int) -> Stop:
    """A stop of the pass's campaign, at one of whose checkpoints the pass counts."""
    stop = Stop.objects.filter(pk=stop_id, trail__activity__campaign=walk_pass.campaign_id).first()
    if stop is None:
        raise NotFound("stop")
    if not counted_items(walk_pass).filter(checkpoint_id__in=stop.places.values("checkpoint")).exists():
        raise Refused(Refusal.NOT_CHECKED_IN_HERE)
    return stop


def _written_at(writing: Writing, at: datetime) -> datetime:
    at_ms, sent_ms, arrived_ms = (round(each.timestamp() * 1000) for each in (writing.at, writing.sent, at))
    return datetime.fromtimestamp(by_phone(at_ms, sent_ms, arrived_ms=arrived_ms).at_ms / 1000, UTC)


@transaction.atomic
def withdraw_impression(*, token: bytes, impression_id: UUID, at: datetime) -> Impression:
    """Its writer takes it back at any time, also from the wall; the words are gone at once. Again changes nothing."""
    walk_pass = pass_by_token(token)
    found = Impression.objects.select_for_update().filter(pk=impression_id, walk_pass=walk_pass).first()
    if found is None:
        raise NotFound("impression")
    if found.state != ImpressionState.WITHDRAWN:
        found.text = ""
        _settle(found, ImpressionState.WITHDRAWN)
        association_id = walk_pass.campaign.association_id
        audit(None, Verb.IMPRESSION_WITHDRAWN, found, association_id=association_id, at=at)
    return found


@transaction.atomic
def approve_impression(*, actor: Account, impression_id: UUID, at: datetime) -> Impression:
    """From now on it may be shown to everybody."""
    found = _access_waiting(actor, impression_id, at=at)
    _settle(found, ImpressionState.APPROVED, by=actor, at=at)
    audit(actor, Verb.IMPRESSION_APPROVED, found, association_id=found.campaign.association_id, at=at)
    return found


@transaction.atomic
def decline_impression(*, actor: Account, impression_id: UUID, reason: DeclineReason, at: datetime) -> Impression:
    """It is not shown; its writer can see that, and why."""
    found = _access_waiting(actor, impression_id, at=at)
    _settle(found, ImpressionState.DECLINED, by=actor, at=at, reason=reason)
    association_id = found.campaign.association_id
    audit(actor, Verb.IMPRESSION_DECLINED, found, association_id=association_id, at=at, because=str(reason))
    return found


@transaction.atomic
def reopen_impression(*, actor: Account, impression_id: UUID, at: datetime) -> Impression:
    """Undo a decision: it waits again, and is shown to nobody meanwhile. Waiting already, it stays as it is.

    Once the campaign is reduced only what is shown has words, so what is taken down loses them for good.
    """
    found = access.access_impression(actor, impression_id, Right.DECIDE_IMPRESSIONS, at=at, lock=True)
    if found.state == ImpressionState.WITHDRAWN or not found.text:
        raise Refused(Refusal.IMPRESSION_WITHDRAWN)
    if found.campaign.reduced_at is not None:
        return _take_down(actor, found, at)
    if found.state in DECIDED:
        before = found.state
        _settle(found, ImpressionState.WAITING)
        association_id = found.campaign.association_id
        audit(actor, Verb.IMPRESSION_REOPENED, found, association_id=association_id, at=at, before=before)
    return found


def _take_down(actor: Account, found: Impression, at: datetime) -> Impression:
    found.text = ""
    _settle(found, ImpressionState.WITHDRAWN)
    audit(actor, Verb.IMPRESSION_TAKEN_DOWN, found, association_id=found.campaign.association_id, at=at)
    return found


def _access_waiting(actor: Account, impression_id: UUID, *, at: datetime) -> Impression:
    """One that nobody has decided yet, locked, so that of two who decide at once the second is told."""
    found = access.access_impression(actor, impression_id, Right.DECIDE_IMPRESSIONS, at=at, lock=True)
    if found.state == ImpressionState.WITHDRAWN:
        raise Refused(Refusal.IMPRESSION_WITHDRAWN)
    if found.decided_by is not None:
        raise Refused(Refusal.IMPRESSION_DECIDED, state=found.state, by=found.decided_by.name)
    return found


def _settle(
    found: Impression,
    state: ImpressionState,
    *,
    by: Account | None = None,
    at: datetime | None = None,
    reason: str = "",
) -> None:
    found.state, found.decided_by, found.decided_at, found.reason = state, by, at, reason
    found.save(update_fields=["text", "state", "decided_by", "decided_at", "reason"])


def reduce_impressions(campaign: Campaign) -> int:
    """Of a campaign that is reduced: who wrote, and when, goes; words go where they were not approved to be shown."""
    rows = Impression.objects.filter(campaign=campaign)
    rows.exclude(state=ImpressionState.APPROVED).update(text="")
    return rows.filter(walk_pass__isnull=False).update(walk_pass=None, written_at=None, received_at=None)


def erase_impressions(walk_pass: Pass) -> int:
    """Of a pass whose holder wants to be forgotten: all words, also from the wall, and that they were this pass's."""
    gone = {"text": "", "state": ImpressionState.WITHDRAWN, "reason": ""}
    nobody = dict.fromkeys(("walk_pass", "written_at", "received_at", "decided_by", "decided_at"))
    return walk_pass.impressions.update(**gone, **nobody)
