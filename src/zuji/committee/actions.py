"""Writes to organisations: one verb, one function."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from psycopg.types.range import Range

from zuji.committee import access
from zuji.committee.enums import JoinsAs, OrganisationKind, ParticipantKind, Verb
from zuji.committee.errors import Refusal
from zuji.committee.imports import Imported, read_participants, values_of
from zuji.committee.models import Affiliation, ContactDetail, Guidance, Organisation, ParticipantOrganisation
from zuji.committee.names import folded, is_sample, sort_key
from zuji.committee.values import ParticipantValues
from zuji.core.audit import audit
from zuji.core.errors import CoreRefusal, Invalid, NotFound, Refused
from zuji.core.ids import spoken
from zuji.core.sheets.folding import clean, unreadable
from zuji.people.enums import Right
from zuji.people.models import Account

NAME_CHARS = 120
CONTACT_CHARS = {"contact_name": 80, "contact_phone": 40}

R = TypeVar("R", Affiliation, Guidance)


@transaction.atomic
def add_participant(
    *, actor: Account, association_id: int, values: ParticipantValues, at: datetime
) -> ParticipantOrganisation:
    """Put one participant organisation on an association's list, with a join code of its own."""
    association = access.access_register(actor, association_id, Right.EDIT_ORGANISATIONS, at=at)
    _judge(values)
    if folded(values.name) in _known_names(association.pk):
        raise Refused(Refusal.PARTICIPANT_NAME_TAKEN, name=values.name)
    (made,) = _make(association.pk, [values], at=at)
    audit(actor, Verb.PARTICIPANT_ADDED, made, association_id=association.pk, at=at)
    return made


@transaction.atomic
def change_participant(
    *, actor: Account, participant_id: int, values: ParticipantValues, at: datetime
) -> ParticipantOrganisation:
    """Write a participant organisation anew; its join code stays. The audit trail names the fields, not the values."""
    association_id = access.access_participant(actor, participant_id, Right.EDIT_ORGANISATIONS, at=at).association_id
    # the list before the row, as an import takes them, or the two would wait for each other
    access.access_register(actor, association_id, Right.EDIT_ORGANISATIONS, at=at)
    participant = access.access_participant(actor, participant_id, Right.EDIT_ORGANISATIONS, at=at, lock=True)
    _judge(values)
    if folded(values.name) in _known_names(association_id, but=participant.pk):
        raise Refused(Refusal.PARTICIPANT_NAME_TAKEN, name=values.name)
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
    table, good, bad = read_participants(data, file, known=_known_names(association.pk))
    made = _make(association.pk, [values_of(row) for row in good], at=at)
    # counts alone: who stands on the list is said by the list
    counts = {"added": len(made), "returned": len(bad)}
    audit(actor, Verb.PARTICIPANTS_IMPORTED, association, association_id=association.pk, at=at, **counts)
    return Imported(added=[each.pk for each in made], rejects=bad, table=table)


@transaction.atomic
def add_organisation(
    *, actor: Account, association_id: int, name: str, kind: OrganisationKind, since: date, at: datetime
) -> Organisation:
    """Put one organisation (党组织) on an association's list, from a day on."""
    association = access.access_register(actor, association_id, Right.EDIT_ORGANISATIONS, at=at)
    _judge_name(name)
    name = clean(name)
    if Organisation.objects.filter(association=association, name=name).exists():
        raise Refused(Refusal.ORGANISATION_NAME_TAKEN, name=name)
    made = Organisation.objects.create(association=association, name=name, kind=kind, existed=Range(since, None))
    audit(actor, Verb.ORGANISATION_ADDED, made, association_id=association.pk, at=at)
    return made


def affiliate(*, actor: Account, organisation_id: int, to_id: int, since: date, at: datetime) -> Affiliation:
    """From a day on an organisation belongs (隶属) to another; what it belonged to until then ends the day before."""
    return _relate(Affiliation, Verb.ORGANISATION_AFFILIATED, actor, (organisation_id, to_id), since=since, at=at)


def guide(*, actor: Account, organisation_id: int, to_id: int, since: date, at: datetime) -> Guidance:
    """From a day on an organisation is guided in its trade (行业指导) by another."""
    return _relate(Guidance, Verb.ORGANISATION_GUIDED, actor, (organisation_id, to_id), since=since, at=at)


@transaction.atomic
def _relate(model: type[R], verb: Verb, actor: Account, pair: tuple[int, int], *, since: date, at: datetime) -> R:
    """End the relation that is open, if any, and begin the new one."""
    if pair[0] == pair[1]:
        raise Invalid(Refusal.ORGANISATION_TO_ITSELF)
    organisation = access.access_organisation(actor, pair[0], Right.EDIT_ORGANISATIONS, at=at, lock=True)
    to = access.access_organisation(actor, pair[1], Right.EDIT_ORGANISATIONS, at=at)
    if to.association_id != organisation.association_id:
        raise NotFound("organisation")
    last = model.objects.filter(organisation=organisation).order_by("-during").first()
    if last is not None:
        _end(last, since)
    made = model.objects.create(organisation=organisation, to=to, during=Range(since, None))
    audit(actor, verb, organisation, association_id=organisation.association_id, at=at, to=to.pk, since=str(since))
    return made


def _end(relation: Affiliation | Guidance, on: date) -> None:
    # what was told of days gone by stays; mending history is another act than a change
    if relation.during.lower >= on or (relation.during.upper is not None and relation.during.upper > on):
        raise Refused(Refusal.RELATION_TOO_EARLY, since=str(relation.during.lower))
    if relation.during.upper is None:
        relation.during = Range(relation.during.lower, on)
        relation.save(update_fields=["during"])


def _make(association_id: int, entered: Sequence[ParticipantValues], *, at: datetime) -> list[ParticipantOrganisation]:
    codes = _fresh_codes(len(entered))
    made = ParticipantOrganisation.objects.bulk_create(
        ParticipantOrganisation(association_id=association_id, join_code=code, **_columns(values))
        for code, values in zip(codes, entered, strict=True)
    )
    for participant, values in zip(made, entered, strict=True):
        _keep_contact(participant, values, at=at)
    return made


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


def _known_names(association_id: int, *, but: int = 0) -> set[str]:
    rows = ParticipantOrganisation.objects.filter(association=association_id).exclude(pk=but)
    # folded here, since the unique constraint tells only exact names apart
    return {folded(name) for name in rows.values_list("name", flat=True)}


def _fresh_codes(count: int) -> list[str]:
    """Join codes that no participant organisation of any association has."""
    codes: set[str] = set()
    # unique across associations: a join code is all that a walker types
    while len(codes) < count:
        more = {spoken() for _ in range(count - len(codes))}
        taken = ParticipantOrganisation.objects.filter(join_code__in=more).values_list("join_code", flat=True)
        codes |= more - set(taken)
    return sorted(codes)


def _judge(values: ParticipantValues) -> None:
    _judge_name(values.name)
    for field in ("contact_name", "contact_phone"):
        text = clean(getattr(values, field))
        if unreadable(text) or len(text) > CONTACT_CHARS[field]:
            raise Invalid(CoreRefusal.TEXT_HAS_NUL if unreadable(text) else Refusal.CONTACT_TOO_LONG, field=field)


def _judge_name(name: str) -> None:
    name = clean(name)
    if not name:
        raise Invalid(Refusal.PARTICIPANT_NAME_MISSING)
    if unreadable(name):
        raise Invalid(CoreRefusal.TEXT_HAS_NUL)
    if len(name) > NAME_CHARS:
        raise Invalid(Refusal.PARTICIPANT_NAME_TOO_LONG, limit=NAME_CHARS)
