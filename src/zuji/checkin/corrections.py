"""Taking back a check-in that was none: a correction that names it, a leaf of the log, and one less in the matrix."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zuji.checkin import access, receipts, sql, steps
from zuji.checkin.cells import share_of
from zuji.checkin.enums import CorrectionKind, LeafKind, Outcome, Verb
from zuji.checkin.errors import Refusal
from zuji.checkin.ledger import Ledger
from zuji.checkin.models import Correction, Item
from zuji.checkin.receipts import SALT_BYTES, Fields
from zuji.checkin.rows import Row
from zuji.checkin.steps import Query, Steps
from zuji.checkin.store import append, next_batch, publish_key
from zuji.checkin.writing import millis, signer
from zuji.core.audit import audit
from zuji.core.errors import Invalid, Refused
from zuji.people.enums import Right
from zuji.people.models import Account

REASON_CHARS = 200


@transaction.atomic
def take_back(*, actor: Account, campaign_id: int, item_id: UUID, reason: str, at: datetime) -> Correction:
    """A named person takes a check-in back, with a reason. It counts no longer; a new valid item puts it back."""
    item = access.access_item(actor, campaign_id, item_id, Right.TAKE_BACK, at=at)
    why = clean_reason(reason)
    if item.outcome != Outcome.ACCEPTED:
        raise Refused(Refusal.NOT_ACCEPTED)
    # the check-in itself, where this item only put it back; locked, so that corrections of it come in turn
    counted = Item.objects.select_for_update().get(campaign=campaign_id, id=item.first_id or item.id)
    last = Correction.objects.filter(campaign=campaign_id, item_id=counted.id).order_by("number").last()
    if last is not None and last.kind == CorrectionKind.TAKEN_BACK:
        raise Refused(Refusal.ALREADY_TAKEN_BACK)
    number = last.number + 1 if last else 1
    steps.run(_take_back(row_of_item(counted), number, actor.pk, why, at))
    made = Correction.objects.get(campaign=campaign_id, item_id=counted.id, number=number)
    association_id = item.campaign.association_id
    audit(actor, Verb.TAKEN_BACK, made, association_id=association_id, at=at, item=str(counted.id))
    return made


def _take_back(row: Row, number: int, by: int, reason: str, at: datetime) -> Steps[None]:
    ledger = Ledger(signer())
    yield from publish_key(ledger.signer, at=at)
    batch_id = yield from next_batch(ledger)
    salt, at_ms = secrets.token_bytes(SALT_BYTES), millis(at)
    said = (row.campaign, row.id, number, CorrectionKind.TAKEN_BACK, reason, by, at_ms, salt, batch_id, 0)
    yield Query(sql.ADD_CORRECTION, said)
    yield Query(sql.TAKE_FROM_CELL, [*share_of(row), row.organisation, row.checkpoint])
    leaf = receipts.leaf(salt, correction_fields(row, LeafKind.TAKEN_BACK, at_ms))
    yield from append([leaf], batch_id, ledger, at_ms=at_ms, campaigns=str(row.campaign))


def correction_fields(row: Row, kind: LeafKind, at_ms: int) -> Fields:
    """What the leaf of a correction says of the check-in that it corrects."""
    return Fields(
        kind=kind,
        campaign=row.campaign,
        id=row.id,
        walk_pass=row.walk_pass,
        checkpoint=row.checkpoint or 0,
        organisation=row.organisation or 0,
        at=at_ms,
        grade="",
        late=False,
    )


def row_of_item(item: Item) -> Row:
    """A model's row as the storing path knows it."""
    return Row(
        campaign=item.campaign_id,
        id=str(item.id),
        digest=bytes(item.digest),
        received_ms=millis(item.received_at) if item.received_at else 0,
        local_date=item.local_date.isoformat(),
        outcome=Outcome(item.outcome),
        checkpoint=item.checkpoint_id,
        walk_pass=item.pass_id,
        organisation=item.organisation_id,
        first_id=str(item.first_id) if item.first_id else None,
        seats=item.seats,
        at_ms=millis(item.at) if item.at else None,
        grade=item.grade,
        late=item.late,
        salt=bytes(item.salt) if item.salt else None,
        batch_id=item.batch_id,
        leaf_index=item.leaf_index,
    )


def clean_reason(reason: str) -> str:
    """A reason that says something and can be kept."""
    why = reason.strip()
    if not why:
        raise Invalid(Refusal.REASON_MISSING)
    if "\0" in why or len(why) > REASON_CHARS:
        raise Invalid(Refusal.BAD_TEXT)
    return why
