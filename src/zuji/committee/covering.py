"""Writes to what organisations cover: the firms on the register whose own or joint organisation they are (覆盖)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from psycopg.types.range import Range

from zuji.committee import access
from zuji.committee.enums import Verb
from zuji.committee.errors import Refusal
from zuji.committee.models import Coverage, Organisation
from zuji.committee.queries import coverages_of
from zuji.core.audit import audit
from zuji.core.errors import NotFound, Refused
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register.hanging import Conflict
from zuji.register.models import Enterprise

ONE_DAY = timedelta(days=1)


@transaction.atomic
def cover(*, actor: Account, organisation_id: int, enterprise_id: int, since: date, at: datetime) -> Coverage:
    """From a day on an organisation is a firm's own, or the joint one that it shares with others."""
    organisation = access.access_organisation(actor, organisation_id, Right.EDIT_ORGANISATIONS, at=at, lock=True)
    firm = Enterprise.objects.filter(association=organisation.association_id, pk=enterprise_id).first()
    if firm is None:
        raise NotFound("enterprise")
    if since not in organisation.existed:
        raise Refused(Refusal.ORGANISATION_NOT_THEN, field="since")
    kept = Coverage.objects.filter(organisation=organisation, enterprise=firm)
    if kept.filter(during__overlap=Range(since, None)).exists():
        raise Refused(Refusal.FIRM_COVERED_ALREADY, field="enterprise_id")
    made = Coverage.objects.create(organisation=organisation, enterprise=firm, during=Range(since, None))
    _told(organisation, Verb.FIRM_COVERED, actor, at, since=since)
    return made


@transaction.atomic
def uncover(*, actor: Account, organisation_id: int, enterprise_id: int, last: date, at: datetime) -> Coverage:
    """Through this last day an organisation is a firm's, and then no longer."""
    organisation = access.access_organisation(actor, organisation_id, Right.EDIT_ORGANISATIONS, at=at, lock=True)
    kept = Coverage.objects.filter(organisation=organisation, enterprise=enterprise_id, during__contains=last)
    found = kept.filter(during__endswith=None).first()
    if found is None:
        raise Refused(Refusal.FIRM_NOT_COVERED, field="enterprise_id")
    found.during = Range(found.during.lower, last + ONE_DAY)
    found.save(update_fields=["during"])
    _told(organisation, Verb.COVERAGE_ENDED, actor, at, last=last)
    return found


def covered_twice(gone: int, kept: int, at: datetime) -> list[Conflict]:
    """Two firms that one organisation covers at overlapping times cannot be one: one of the two would count twice."""
    others = coverages_of(family_below(kept))
    twice = {
        each.organisation.name
        for each in coverages_of(family_below(gone))
        if others.filter(organisation=each.organisation_id, during__overlap=each.during).exists()
    }
    return [Conflict(Refusal.FIRMS_SHARE_ORGANISATION, {"organisation": name}) for name in sorted(twice)]


def covered(firms: Collection[int]) -> set[int]:
    """Of many firms those that an organisation covers or covered."""
    return set(Coverage.objects.filter(enterprise__in=firms).values_list("enterprise", flat=True))


def family_below(firm: int) -> set[int]:
    """A firm and those that were found to be it."""
    found, fresh = {firm}, {firm}
    while fresh:
        fresh = set(Enterprise.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found


def _told(organisation: Organisation, verb: Verb, actor: Account, at: datetime, **days: date) -> None:
    facts = {name: day.isoformat() for name, day in days.items()}
    audit(actor, verb, organisation, association_id=organisation.association_id, at=at, **facts)
