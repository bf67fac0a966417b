"""A roll: those who were there, entered afterwards with a reason. The same engine, the weakest grade."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from zuji.checkin import access, answers
from zuji.checkin.corrections import clean_reason
from zuji.checkin.enums import CoordStatus, Evidence, Outcome, TimeSource, Verb
from zuji.checkin.errors import Refusal
from zuji.checkin.judge import Place, judge
from zuji.checkin.models import Checkpoint, Pass
from zuji.checkin.rows import Row
from zuji.checkin.serials import zone_of
from zuji.checkin.times import LATE_AFTER_MS, Times
from zuji.checkin.wire import DIGEST_BYTES
from zuji.checkin.writing import millis, write
from zuji.committee.models import ParticipantOrganisation
from zuji.core.audit import audit
from zuji.core.errors import Invalid, NotFound, Refused
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of

FREELY_FOR = timedelta(days=7)
PASSES_MAX = 500
SEATS_MAX = 2000


class Seats(NamedTuple):
    """A head-count at the door: person-times of an organisation, never people."""

    organisation_id: int
    people: int


class Roll(NamedTuple):
    """One roll as it is handed in; its id makes it repeatable. `at` is when they were there, None for now."""

    id: UUID
    reason: str
    passes: Sequence[int] = ()
    seats: Sequence[Seats] = ()
    at: datetime | None = None


@transaction.atomic
def add_roll(*, actor: Account, checkpoint_id: int, roll: Roll, at: datetime) -> list[dict[str, Any]]:
    """Check in everybody on a roll; returns an answer for each, as the check-in endpoint gives it: passes, then seats.

    Within seven days of the checkpoint's end with the right to enter rolls, later with the right to backfill.
    """
    late = at > access.access_checkpoint(actor, checkpoint_id, Right.ENTER_ROLL, at=at).closes_at + FREELY_FOR
    right = Right.BACKFILL if late else Right.ENTER_ROLL
    checkpoint = access.access_checkpoint(actor, checkpoint_id, right, at=at)
    reason = _judge_roll(checkpoint, roll, at)
    was_at = roll.at or min(at, checkpoint.closes_at)
    rows = [_row(checkpoint, roll, was_at, actor, at) for _ in range(len(roll.passes) + len(roll.seats))]
    _name_passes(rows[: len(roll.passes)], actor, checkpoint, roll, right, at)
    _name_seats(rows[len(roll.passes) :], actor, checkpoint, roll, right, at)
    verdicts, ledger = write(rows, at=at)
    counts = {"passes": len(roll.passes), "seats": sum(seats.people for seats in roll.seats)}
    association_id = checkpoint.activity.campaign.association_id
    audit(actor, Verb.ROLL_ADDED, checkpoint, association_id=association_id, at=at, reason=reason, **counts)
    return [
        {"index": index} | json.loads(b"{" + answers.of_verdict(verdict, ledger))
        for index, verdict in enumerate(verdicts)
    ]


def _judge_roll(checkpoint: Checkpoint, roll: Roll, at: datetime) -> str:
    if not roll.passes and not roll.seats:
        raise Invalid(Refusal.ROLL_EMPTY)
    if len(roll.passes) > PASSES_MAX or sum(seats.people for seats in roll.seats) > SEATS_MAX:
        raise Invalid(Refusal.ROLL_TOO_LONG, passes=PASSES_MAX, seats=SEATS_MAX)
    if any(seats.people < 1 for seats in roll.seats):
        raise Invalid(Refusal.ROLL_EMPTY)
    was_at = roll.at or at
    if at < checkpoint.opens_at or was_at < checkpoint.opens_at or was_at > at:
        raise Refused(Refusal.ROLL_TOO_EARLY)
    if roll.at is not None and roll.at > checkpoint.closes_at:
        raise Refused(Refusal.CHECKPOINT_CLOSED)
    return clean_reason(roll.reason)


def _row(checkpoint: Checkpoint, roll: Roll, was_at: datetime, actor: Account, at: datetime) -> Row:
    """One row of a roll, as yet nobody's."""
    times = Times(millis(was_at), millis(at) - millis(was_at) > LATE_AFTER_MS, False, TimeSource.ROLL)
    judgement = judge(Place(None, 0, CoordStatus.NOT_JUDGED), Evidence.ROLL, None, times)
    return Row(
        campaign=checkpoint.activity.campaign_id,
        id="",
        digest=b"",
        received_ms=millis(at),
        local_date=was_at.astimezone(zone_of(checkpoint)).date().isoformat(),
        outcome=Outcome.ACCEPTED,
        checkpoint=checkpoint.pk,
        evidence=Evidence.ROLL,
        at_ms=times.at_ms,
        grade=judgement.grade,
        late=times.late,
        reasons=",".join(judgement.reasons),
        fence=judgement.fence,
        distance=judgement.distance,
        accuracy=judgement.accuracy,
        steward=actor.pk,
    )


def _name_passes(
    rows: Sequence[Row], actor: Account, checkpoint: Checkpoint, roll: Roll, right: Right, at: datetime
) -> None:
    known = Pass.objects.in_bulk(set(roll.passes))
    mine = set(access.visible_passes(actor, right, at=at).filter(pk__in=known).values_list("pk", flat=True))
    for row, pass_id in zip(rows, roll.passes, strict=True):
        walk_pass = known.get(pass_id)
        if walk_pass is None or pass_id not in mine:
            raise NotFound("pass")
        row.walk_pass, row.organisation = walk_pass.pk, walk_pass.organisation_id
        _identify(row, roll, f"pass {pass_id}")
        if walk_pass.campaign_id != row.campaign:
            _refuse(row, Refusal.FOREIGN_PASS, walk_pass.campaign_id)
        elif walk_pass.withdrawn_at is not None and millis(walk_pass.withdrawn_at) <= (row.at_ms or 0):
            _refuse(row, Refusal.WITHDRAWN_PASS, walk_pass.campaign_id)


def _name_seats(
    rows: Sequence[Row], actor: Account, checkpoint: Checkpoint, roll: Roll, right: Right, at: datetime
) -> None:
    scope = scope_of(actor, right, at=at)
    campaign = checkpoint.activity.campaign
    whole = campaign.association_id in scope.associations or campaign.pk in scope.campaigns
    known = ParticipantOrganisation.objects.filter(association=campaign.association_id)
    mine = set(known.values_list("pk", flat=True)) if whole else scope.organisations
    for row, seats in zip(rows, roll.seats, strict=True):
        if seats.organisation_id not in mine:
            raise NotFound("organisation")
        row.organisation, row.seats = seats.organisation_id, seats.people
        _identify(row, roll, f"seats {seats.organisation_id} {seats.people}")


def _identify(row: Row, roll: Roll, what: str) -> None:
    """An id of the roll's own and of what it counts, so that a roll that is sent twice counts once."""
    row.id = str(uuid5(roll.id, what))
    row.digest = sha256(f"{row.checkpoint}\n{what}".encode()).digest()[:DIGEST_BYTES]


def _refuse(row: Row, why: Refusal, campaign_id: int) -> None:
    row.outcome, row.code, row.campaign = Outcome.REFUSED, why, campaign_id
    row.grade = row.evidence = row.reasons = ""
