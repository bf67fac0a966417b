"""Writes to organisations: one verb, one function."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from zuji.committee import access
from zuji.committee.covering import cover, uncover
from zuji.committee.entering import judge, known_names
from zuji.committee.enums import JoinsAs, ParticipantKind, Verb
from zuji.committee.errors import Refusal
from zuji.committee.imports import Imported, read_participants, values_of
from zuji.committee.models import ContactDetail, ParticipantOrganisation, ParticipantOrigin
from zuji.committee.names import folded, is_sample, sort_key
from zuji.committee.organising import (
    add_organisation,
    affiliate,
    change_organisation,
    end_affiliation,
    end_guidance,
    end_organisation,
    guide,
    resume_organisation,
    take_back_affiliation,
    take_back_guidance,
)
from zuji.committee.queries import participant_values
from zuji.committee.values import ParticipantValues
from zuji.core.audit import audit
from zuji.core.errors import CoreRefusal, Refused
from zuji.core.ids import spoken
from zuji.core.sheets import Row
from zuji.core.sheets.folding import clean
from zuji.people.enums import Right
from zuji.people.models import Account

__all__ = [
    "add_organisation",
    "add_participant",
    "affiliate",
    "change_organisation",
    "change_participant",
    "cover",
    "end_affiliation",
    "end_guidance",
    "end_organisation",
    "guide",
    "import_participants",
    "reclassify_participant",
    "resume_organisation",
    "take_back_affiliation",
    "take_back_guidance",
    "uncover",
]


@transaction.atomic
def add_participant(
    *, actor: Account, association_id: int, values: ParticipantValues, at: datetime
) -> ParticipantOrganisation:
    """Put one participant organisation on an association's list, with a join code of its own."""
    association = access.access_register(actor, association_id, Right.EDIT_ORGANISATIONS, at=at)
    judge(values)
    if folded(values.name) in known_names(association.pk):
        raise Refused(Refusal.PARTICIPANT_NAME_TAKEN, field="name", name=values.name)
    (made,) = _make(association.pk, [values], at=at)
    audit(actor, Verb.PARTICIPANT_ADDED, made, association_id=association.pk, at=at)
    return made


@transaction.atomic
def change_participant(
    *,
    actor: Account,
    participant_id: int,
    values: ParticipantValues,
    seen: ParticipantValues | None = None,
    at: datetime,
) -> ParticipantOrganisation:
    """Write a participant organisation anew; its join code stays. The audit trail names the fields, not the values.

    Where it no longer says what was `seen`, somebody else was quicker: Refused, so that nobody's change is lost.
    """
    association_id = access.access_participant(actor, participant_id, Right.EDIT_ORGANISATIONS, at=at).association_id
    # the list before the row, as an import takes them, or the two would wait for each other
    access.access_register(actor, association_id, Right.EDIT_ORGANISATIONS, at=at)
    participant = access.access_participant(actor, participant_id, Right.EDIT_ORGANISATIONS, at=at, lock=True)
    if seen not in (None, participant_values(participant)):
        raise Refused(CoreRefusal.CHANGED_MEANWHILE)
    judge(values)
    if folded(values.name) in known_names(association_id, but=participant.pk):
        raise Refused(Refusal.PARTICIPANT_NAME_TAKEN, field="name", name=values.name)
    fresh = _columns(values)
    changed = sorted(name for name, value in fresh.items() if getattr(participant, name) != value)
    for name in changed:
        setattr(participant, name, fresh[name])
    participant.save(update_fields=changed)
    # the word, never the name or number: the trail is kept longer than they are
    if _keep_contact(participant, values, at=at):
        changed.append("contact")
    if changed:
        audit(actor, Verb.PARTICIPANT_CHANGED, participant, association_id=association_id, at=at, changed=changed)
    return participant


@transaction.atomic
def reclassify_participant(
    *, actor: Account, participant_id: int, kind: ParticipantKind, joins_as: JoinsAs, at: datetime
) -> ParticipantOrganisation:
    """Say anew what a participant organisation is and in what capacity it takes part; all else stays."""
    participant = access.access_participant(actor, participant_id, Right.EDIT_ORGANISATIONS, at=at, lock=True)
    fresh = {"kind": kind, "joins_as": joins_as}
    changed = sorted(name for name, value in fresh.items() if getattr(participant, name) != value)
    if changed:
        participant.kind, participant.joins_as = kind, joins_as
        participant.save(update_fields=changed)
        association_id = participant.association_id
        audit(actor, Verb.PARTICIPANT_CHANGED, participant, association_id=association_id, at=at, changed=changed)
    return participant


@transaction.atomic
def import_participants(*, actor: Account, association_id: int, data: bytes, file: str, at: datetime) -> Imported:
    """Put a workbook's organisations on an association's list.

    Good rows go on the list; bad ones, those given twice and those that are on the list already come back.
    """
    association = access.access_register(actor, association_id, Right.IMPORT_ORGANISATIONS, at=at)
    table, good, bad = read_participants(data, file, known=known_names(association.pk))
    made = _make(association.pk, [values_of(row) for row in good], at=at)
    ParticipantOrigin.objects.bulk_create(
        _origin(participant, row, table.placed, by=actor.pk, at=at) for participant, row in zip(made, good, strict=True)
    )
    # counts alone: who stands on the list is said by the list
    counts = {"added": len(made), "returned": len(bad)}
    audit(actor, Verb.PARTICIPANTS_IMPORTED, association, association_id=association.pk, at=at, **counts)
    return Imported(added=[each.pk for each in made], rejects=bad, table=table)


def _make(association_id: int, entered: Sequence[ParticipantValues], *, at: datetime) -> list[ParticipantOrganisation]:
    codes = _fresh_codes(len(entered))
    made = ParticipantOrganisation.objects.bulk_create(
        ParticipantOrganisation(association_id=association_id, join_code=code, **_columns(values))
        for code, values in zip(codes, entered, strict=True)
    )
    for participant, values in zip(made, entered, strict=True):
        _keep_contact(participant, values, at=at)
    return made


def _origin(
    participant: ParticipantOrganisation, row: Row, placed: Iterable[str], *, by: int, at: datetime
) -> ParticipantOrigin:
    cells = {key: row.cell(key) for key in placed if row[key] is not None}
    where = row.cell("name")
    return ParticipantOrigin(
        participant=participant,
        file=where.file,
        sheet=where.sheet,
        row=row.number,
        cells={key: cell.ref for key, cell in cells.items()},
        taken_by=by,
        taken_at=at,
    )


def _columns(values: ParticipantValues) -> dict[str, object]:
    """What stands in the participant organisation's own row."""
    return {
        "name": clean(values.name),
        "kind": values.kind,
        "joins_as": values.joins_as,
        "expected": values.expected,
        "sort_key": sort_key(values.name),
        "sample": is_sample(values.name),
    }


def _keep_contact(participant: ParticipantOrganisation, values: ParticipantValues, *, at: datetime) -> bool:
    """Write who to call to the personal table, or empty it; whether anything changed."""
    fresh = {"name": clean(values.contact_name), "phone": clean(values.contact_phone)}
    kept = ContactDetail.objects.filter(participant=participant).values("name", "phone").first()
    # kept as it is, it also keeps its day of erasure
    if fresh == (kept or {"name": "", "phone": ""}):
        return False
    if not any(fresh.values()):
        ContactDetail.objects.filter(participant=participant).delete()
    else:
        ContactDetail.objects.update_or_create(participant=participant, defaults=fresh | {"kept_since": at})
    return True


def _fresh_codes(count: int) -> list[str]:
    """Join codes that no participant organisation of any association has."""
    codes: set[str] = set()
    # unique across associations: a join code is all that a walker types
    while len(codes) < count:
        more = {spoken() for _ in range(count - len(codes))}
        taken = ParticipantOrganisation.objects.filter(join_code__in=more).values_list("join_code", flat=True)
        codes |= more - set(taken)
    return sorted(codes)
