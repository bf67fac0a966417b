"""Reads about organisations that others may call."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When
from psycopg.types.range import Range

from zuji.committee.enums import JoinsAs, OrganisationKind, ParticipantKind
from zuji.committee.models import Affiliation, Coverage, Guidance, Organisation, ParticipantOrganisation
from zuji.committee.values import OrganisationValues, ParticipantValues
from zuji.register.models import Enterprise


def participants_by_name(participants: QuerySet[ParticipantOrganisation]) -> QuerySet[ParticipantOrganisation]:
    """With their contacts at hand, in the order of a Chinese list."""
    return participants.select_related("contact").order_by("sort_key", "pk")


def participant_values(participant: ParticipantOrganisation) -> ParticipantValues:
    """What a participant organisation says now, as one would type it."""
    contact = getattr(participant, "contact", None)
    return ParticipantValues(
        name=participant.name,
        kind=ParticipantKind(participant.kind),
        joins_as=JoinsAs(participant.joins_as),
        expected=participant.expected,
        contact_name=contact.name if contact else "",
        contact_phone=contact.phone if contact else "",
    )


def organisation_values(organisation: Organisation) -> OrganisationValues:
    """What an organisation says now, as one would type it."""
    kind = OrganisationKind(organisation.kind)
    return OrganisationValues(name=organisation.name, kind=kind, since=organisation.existed.lower)


def organisations_listed(organisations: QuerySet[Organisation], *, on: date) -> QuerySet[Organisation]:
    """With `affiliated`, `guided` (key of the other one on that day, and its name as `…_name`) and `exists` on it."""
    by_kind = [When(kind=kind, then=Value(place)) for place, kind in enumerate(OrganisationKind.values)]
    found = organisations.annotate(
        exists=Case(When(existed__contains=on, then=True), default=False, output_field=BooleanField()),
        rank=Case(*by_kind),
    )
    for name, model in (("affiliated", Affiliation), ("guided", Guidance)):
        then = model.objects.filter(organisation=OuterRef("pk"), during__contains=on)
        found = found.annotate(
            **{name: Subquery(then.values("to")[:1]), f"{name}_name": Subquery(then.values("to__name")[:1])}
        )
    return found.order_by("rank", "sort_key", "pk")


def affiliations_of(organisation: Organisation) -> QuerySet[Affiliation]:
    """What an organisation belongs to and belonged to, latest first."""
    return Affiliation.objects.filter(organisation=organisation).select_related("to").order_by("-during")


def guidances_of(organisation: Organisation) -> QuerySet[Guidance]:
    """By whom an organisation is and was guided, latest first."""
    return Guidance.objects.filter(organisation=organisation).select_related("to").order_by("-during")


def members_on(organisation: Organisation, on: date) -> QuerySet[Organisation]:
    """The organisations that belong to this one on a day."""
    then = Q(affiliations__to=organisation, affiliations__during__contains=on)
    return Organisation.objects.filter(then).order_by("sort_key", "pk")


def guided_on(organisation: Organisation, on: date) -> QuerySet[Organisation]:
    """The organisations that this one guides on a day."""
    then = Q(guidances__to=organisation, guidances__during__contains=on)
    return Organisation.objects.filter(then).order_by("sort_key", "pk")


def firms_covered(associations: Collection[int], *, on: date) -> set[int]:
    """The firms that an organisation covers on a day, as R3 counts them: of merged ones the one that remains."""
    covered = Coverage.objects.filter(organisation__association__in=associations, during__contains=on)
    return set(as_they_stand(covered.values_list("enterprise", flat=True)).values())


def coverages_of(firms: Collection[int]) -> QuerySet[Coverage]:
    """The organisations of these firms, which were found to be one, the latest first."""
    rows = Coverage.objects.filter(enterprise__in=firms).select_related("organisation")
    return rows.order_by("-during", "pk")


def coverages_by(organisation: Organisation) -> QuerySet[Coverage]:
    """The firms that an organisation covers and covered, the latest first."""
    return Coverage.objects.filter(organisation=organisation).order_by("-during", "pk")


def as_they_stand(firms: Collection[int]) -> dict[int, int]:
    """By firm, the one that it was found to be in the end, over however many merges; most are themselves."""
    ends = {each: each for each in firms}
    while led := dict(
        Enterprise.objects.filter(pk__in=set(ends.values()), merged_into__isnull=False).values_list("pk", "merged_into")
    ):
        ends = {each: led.get(end) or end for each, end in ends.items()}
    return ends


def last_day(span: Range[date]) -> date | None:
    """The last day of a range of days; None while it has no end."""
    return None if span.upper is None else span.upper - timedelta(days=1)
