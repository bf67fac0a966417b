"""Writes to organisations (党组织) and to their two dated relations."""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from psycopg.types.range import Range

from zuji.committee import access
from zuji.committee.entering import judge_name, refuse_known_organisation
from zuji.committee.enums import Verb
from zuji.committee.errors import Refusal
from zuji.committee.models import Affiliation, Guidance, Organisation
from zuji.committee.names import sort_key
from zuji.committee.queries import last_day, members_on, organisation_values
from zuji.committee.values import OrganisationValues
from zuji.core.audit import audit
from zuji.core.errors import CoreRefusal, Invalid, NotFound, Refused
from zuji.core.sheets.folding import clean
from zuji.people.enums import Right
from zuji.people.models import Account

ONE_DAY = timedelta(days=1)

R = TypeVar("R", Affiliation, Guidance)


@transaction.atomic
def add_organisation(*, actor: Account, association_id: int, values: OrganisationValues, at: datetime) -> Organisation:
    """Put one organisation (党组织) on an association's list, from a day on."""
    association = access.access_register(actor, association_id, Right.EDIT_ORGANISATIONS, at=at)
    judge_name(values.name)
    refuse_known_organisation(association.pk, values.name)
    made = Organisation.objects.create(association=association, existed=Range(values.since, None), **_columns(values))
    audit(actor, Verb.ORGANISATION_ADDED, made, association_id=association.pk, at=at)
    return made


@transaction.atomic
def change_organisation(
    *,
    actor: Account,
    organisation_id: int,
    values: OrganisationValues,
    seen: OrganisationValues | None = None,
    at: datetime,
) -> Organisation:
    """Write an organisation anew. Where it no longer says what was `seen`, somebody else was quicker: Refused."""
    organisation = _locked(actor, organisation_id, at=at)
    if seen not in (None, organisation_values(organisation)):
        raise Refused(CoreRefusal.CHANGED_MEANWHILE)
    judge_name(values.name)
    refuse_known_organisation(organisation.association_id, values.name, but=organisation.pk)
    if not _holds(values.since, organisation):
        raise Refused(Refusal.ORGANISATION_NOT_THEN, field="since")
    fresh = _columns(values) | {"existed": Range(values.since, organisation.existed.upper)}
    changed = sorted(name for name, value in fresh.items() if getattr(organisation, name) != value)
    for name in changed:
        setattr(organisation, name, fresh[name])
    organisation.save(update_fields=changed)
    if changed:
        audit(
            actor,
            Verb.ORGANISATION_CHANGED,
            organisation,
            association_id=organisation.association_id,
            at=at,
            changed=changed,
        )
    return organisation


@transaction.atomic
def end_organisation(*, actor: Account, organisation_id: int, last: date, at: datetime) -> Organisation:
    """Through this last day it exists; what it then still belongs to or is guided by ends with it.

    Refused while others belong to it beyond that day: they are moved first.
    """
    organisation = _locked(actor, organisation_id, at=at)
    if organisation.existed.upper is not None:
        raise Refused(Refusal.ORGANISATION_IS_OVER, last=str(last_day(organisation.existed)))
    if last < organisation.existed.lower:
        raise Invalid(Refusal.ORGANISATION_NOT_THEN, field="last")
    if others := members_on(organisation, _day_after(last)).count():
        raise Refused(Refusal.ORGANISATION_HAS_OTHERS, n=others)
    for relation in (_last(Affiliation, organisation), _last(Guidance, organisation)):
        if relation is not None and relation.during.upper is None:
            _end(relation, _day_after(last), field="last")
    organisation.existed = Range(organisation.existed.lower, _day_after(last))
    organisation.save(update_fields=["existed"])
    audit(
        actor, Verb.ORGANISATION_ENDED, organisation, association_id=organisation.association_id, at=at, last=str(last)
    )
    return organisation


@transaction.atomic
def resume_organisation(*, actor: Account, organisation_id: int, at: datetime) -> Organisation:
    """It exists on after all, and so do the relations that ended with it."""
    organisation = _locked(actor, organisation_id, at=at)
    ended_on = organisation.existed.upper
    if ended_on is None:
        raise Refused(Refusal.ORGANISATION_IS_NOT_OVER)
    organisation.existed = Range(organisation.existed.lower, None)
    organisation.save(update_fields=["existed"])
    for relation in (_last(Affiliation, organisation), _last(Guidance, organisation)):
        if relation is not None and relation.during.upper == ended_on:
            _reopen(relation)
    _audit(actor, Verb.ORGANISATION_RESUMED, organisation, at)
    return organisation


def affiliate(*, actor: Account, organisation_id: int, to_id: int, since: date, at: datetime) -> Affiliation:
    """From a day on an organisation belongs (隶属) to another; what it belonged to until then ends the day before."""
    return _relate(Affiliation, Verb.ORGANISATION_AFFILIATED, actor, (organisation_id, to_id), since=since, at=at)


def guide(*, actor: Account, organisation_id: int, to_id: int, since: date, at: datetime) -> Guidance:
    """From a day on an organisation is guided in its trade (行业指导) by another."""
    return _relate(Guidance, Verb.ORGANISATION_GUIDED, actor, (organisation_id, to_id), since=since, at=at)


def end_affiliation(*, actor: Account, organisation_id: int, last: date, at: datetime) -> Affiliation:
    """Through this last day it belongs to what it belongs to now, and then to nothing."""
    return _end_open(Affiliation, Verb.AFFILIATION_ENDED, actor, organisation_id, last=last, at=at)


def end_guidance(*, actor: Account, organisation_id: int, last: date, at: datetime) -> Guidance:
    """Through this last day it is guided by whom it is guided by now, and then by nobody."""
    return _end_open(Guidance, Verb.GUIDANCE_ENDED, actor, organisation_id, last=last, at=at)


def take_back_affiliation(*, actor: Account, organisation_id: int, at: datetime) -> Organisation:
    """The last affiliation was a mistake: it never was, and the one that ended for it goes on."""
    return _take_back(Affiliation, Verb.AFFILIATION_TAKEN_BACK, actor, organisation_id, at=at)


def take_back_guidance(*, actor: Account, organisation_id: int, at: datetime) -> Organisation:
    """The last guidance was a mistake: it never was, and the one that ended for it goes on."""
    return _take_back(Guidance, Verb.GUIDANCE_TAKEN_BACK, actor, organisation_id, at=at)


@transaction.atomic
def _relate(model: type[R], verb: Verb, actor: Account, pair: tuple[int, int], *, since: date, at: datetime) -> R:
    """End the relation that is open, if any, and begin the new one."""
    if pair[0] == pair[1]:
        raise Invalid(Refusal.ORGANISATION_TO_ITSELF, field="to_id")
    organisation = _locked(actor, pair[0], at=at)
    to = access.access_organisation(actor, pair[1], Right.EDIT_ORGANISATIONS, at=at)
    if to.association_id != organisation.association_id:
        raise NotFound("organisation")
    if since not in organisation.existed or since not in to.existed:
        raise Refused(Refusal.ORGANISATION_NOT_THEN, field="since")
    if model is Affiliation and organisation.pk in _above(to):
        raise Refused(Refusal.ORGANISATION_IN_A_CIRCLE, field="to_id", name=to.name)
    last = _last(model, organisation)
    if last is not None:
        _end(last, since, field="since")
    made = model.objects.create(organisation=organisation, to=to, during=Range(since, None))
    _audit(actor, verb, organisation, at, to=to.pk, since=str(since))
    return made


def _day_after(last: date) -> date:
    """Where a span ends that `last` is still in; the calendar's own last day has none after it."""
    if last == date.max:
        raise Invalid(Refusal.ORGANISATION_NOT_THEN, field="last")
    return last + ONE_DAY


@transaction.atomic
def _end_open(model: type[R], verb: Verb, actor: Account, organisation_id: int, *, last: date, at: datetime) -> R:
    organisation = _locked(actor, organisation_id, at=at)
    relation = _last(model, organisation)
    if relation is None or relation.during.upper is not None:
        raise Refused(Refusal.NO_OPEN_RELATION)
    if last < relation.during.lower:
        raise Refused(Refusal.RELATION_ENDS_TOO_EARLY, field="last", since=str(relation.during.lower))
    _end(relation, _day_after(last), field="last")
    audit(
        actor, verb, organisation, association_id=organisation.association_id, at=at, to=relation.to_id, last=str(last)
    )
    return relation


@transaction.atomic
def _take_back(model: type[R], verb: Verb, actor: Account, organisation_id: int, *, at: datetime) -> Organisation:
    organisation = _locked(actor, organisation_id, at=at)
    wrong = _last(model, organisation)
    if wrong is None:
        raise Refused(Refusal.NO_RELATION)
    since = wrong.during.lower
    wrong.delete()
    before = _last(model, organisation)
    if before is not None and before.during.upper == since:
        _reopen(before)
    audit(
        actor, verb, organisation, association_id=organisation.association_id, at=at, to=wrong.to_id, since=str(since)
    )
    return organisation


def _locked(actor: Account, organisation_id: int, *, at: datetime) -> Organisation:
    """The list before the row: names and circles are judged over the whole list, in turn."""
    association_id = access.access_organisation(actor, organisation_id, Right.EDIT_ORGANISATIONS, at=at).association_id
    access.access_register(actor, association_id, Right.EDIT_ORGANISATIONS, at=at)
    return access.access_organisation(actor, organisation_id, Right.EDIT_ORGANISATIONS, at=at, lock=True)


def _above(organisation: Organisation) -> set[int]:
    """Whatever an organisation belongs to, directly or not, in relations that have no end."""
    # the whole list in one query: a district has dozens, and a query for each step up would be asked under a lock
    parents = dict(
        Affiliation.objects.filter(
            organisation__association=organisation.association_id, during__endswith=None
        ).values_list("organisation", "to")
    )
    seen: set[int] = set()
    key: int | None = organisation.pk
    while key is not None and key not in seen:
        seen.add(key)
        key = parents.get(key)
    return seen


def _last(model: type[R], organisation: Organisation) -> R | None:
    return model.objects.filter(organisation=organisation).order_by("-during").first()


def _end(relation: Affiliation | Guidance, on: date, *, field: str) -> None:
    # what was told of days gone by stays; mending history is another act than a change
    if relation.during.lower >= on or (relation.during.upper is not None and relation.during.upper > on):
        raise Refused(Refusal.RELATION_TOO_EARLY, field=field, since=str(relation.during.lower))
    if relation.during.upper is None:
        relation.during = Range(relation.during.lower, on)
        relation.save(update_fields=["during"])


def _reopen(relation: Affiliation | Guidance) -> None:
    relation.during = Range(relation.during.lower, None)
    relation.save(update_fields=["during"])


def _holds(since: date, organisation: Organisation) -> bool:
    """Whether an organisation may have begun only then: nothing that is told of it lies before."""
    if organisation.existed.upper is not None and since >= organisation.existed.upper:
        return False
    told = Q(organisation=organisation) | Q(to=organisation)
    told &= Q(during__startswith__lt=since)
    return not (Affiliation.objects.filter(told).exists() or Guidance.objects.filter(told).exists())


def _columns(values: OrganisationValues) -> dict[str, object]:
    return {"name": clean(values.name), "kind": values.kind, "sort_key": sort_key(values.name)}


def _audit(actor: Account, verb: Verb, organisation: Organisation, at: datetime, **facts: Any) -> None:  # noqa: ANN401 - as `audit` takes them
    audit(actor, verb, organisation, association_id=organisation.association_id, at=at, **facts)
