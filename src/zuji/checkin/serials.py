"""Screens, posters and grants: what a steward shows or scans with, and how each is withdrawn alone."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from zuji.checkin import access, codes
from zuji.checkin.enums import CodeKind, Verb
from zuji.checkin.errors import Refusal
from zuji.checkin.models import Checkpoint, CodeSerial
from zuji.core.audit import audit
from zuji.core.errors import Refused
from zuji.people.enums import Right
from zuji.people.models import Account


@transaction.atomic
def issue_screen(*, actor: Account, checkpoint_id: int, screen: UUID, at: datetime) -> CodeSerial:
    """A screen's serial for today; the same screen gets the same one as often as it asks that day."""
    checkpoint = access.access_checkpoint(actor, checkpoint_id, Right.SHOW_CODES, at=at, lock=True)
    today = day_at(checkpoint, at)
    shown = checkpoint.serials.filter(kind=CodeKind.SCREEN, day=today, nonce=screen).first()
    if shown is not None:
        if shown.withdrawn_at is not None:
            raise Refused(Refusal.WITHDRAWN_CODE)
        return shown
    return _issue(actor, checkpoint, CodeKind.SCREEN, day=today, nonce=screen, at=at)


@transaction.atomic
def issue_poster(*, actor: Account, checkpoint_id: int, at: datetime) -> CodeSerial:
    """A new poster; it holds until its checkpoint closes or it is withdrawn."""
    checkpoint = access.access_checkpoint(actor, checkpoint_id, Right.SHOW_CODES, at=at, lock=True)
    return _issue(actor, checkpoint, CodeKind.POSTER, day=None, nonce=None, at=at)


@transaction.atomic
def issue_grant(*, actor: Account, checkpoint_id: int, at: datetime) -> CodeSerial:
    """A steward's own code for today, by which they check in the passes that they scan; asked again, the same."""
    checkpoint = access.access_checkpoint(actor, checkpoint_id, Right.SCAN_PASSES, at=at, lock=True)
    today = day_at(checkpoint, at)
    mine = checkpoint.serials.filter(kind=CodeKind.GRANT, day=today, holder=actor, withdrawn_at=None).first()
    return mine or _issue(actor, checkpoint, CodeKind.GRANT, day=today, nonce=None, at=at)


VERBS = {
    CodeKind.SCREEN: Verb.SCREEN_ISSUED,
    CodeKind.POSTER: Verb.POSTER_ISSUED,
    CodeKind.GRANT: Verb.GRANT_ISSUED,
}


def _issue(
    actor: Account, checkpoint: Checkpoint, kind: CodeKind, *, day: date | None, nonce: UUID | None, at: datetime
) -> CodeSerial:
    last = checkpoint.serials.filter(kind=kind).aggregate(last=Max("serial"))["last"] or 0
    made = checkpoint.serials.create(kind=kind, serial=last + 1, day=day, nonce=nonce, holder=actor, issued_at=at)
    association_id = checkpoint.activity.campaign.association_id
    audit(actor, VERBS[kind], made, association_id=association_id, at=at, checkpoint=checkpoint.pk)
    return made


@transaction.atomic
def withdraw_serial(*, actor: Account, serial_id: int, at: datetime) -> CodeSerial:
    """From now on this one code is refused, and no other. Withdrawing again changes nothing."""
    serial = access.access_serial(actor, serial_id, at=at)
    if serial.withdrawn_at is None:
        serial.withdrawn_at = at
        serial.save(update_fields=["withdrawn_at"])
        association_id = serial.checkpoint.activity.campaign.association_id
        audit(actor, Verb.SERIAL_WITHDRAWN, serial, association_id=association_id, at=at)
    return serial


def day_at(checkpoint: Checkpoint, at: datetime) -> date:
    """The day of an instant where the checkpoint is."""
    return at.astimezone(zone_of(checkpoint)).date()


def zone_of(checkpoint: Checkpoint) -> ZoneInfo:
    """The time zone of a checkpoint's association."""
    return ZoneInfo(checkpoint.activity.campaign.association.time_zone)


def key_of(serial: CodeSerial) -> bytes:
    """The 32-byte key by which a screen makes its codes for the day."""
    return codes.serial_key(bytes(serial.checkpoint.key), CodeKind(serial.kind), serial.serial)


def code_of(serial: CodeSerial) -> str:
    """The whole code of a poster or a grant; a screen makes its own, step by step."""
    step = int(f"{serial.day:%Y%m%d}") if serial.day else 0
    return codes.build(serial.checkpoint_id, CodeKind(serial.kind), serial.serial, step, key=key_of(serial))
