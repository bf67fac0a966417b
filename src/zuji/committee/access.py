"""To fetch is to be allowed: participant organisations and organisations as somebody may see them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from zuji.committee.models import Organisation, ParticipantOrganisation
from zuji.core.errors import Forbidden, NotFound
from zuji.core.models import Association
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of


def visible_participants(
    account: Account | None, right: Right = Right.SEE_ORGANISATIONS, *, at: datetime
) -> QuerySet[ParticipantOrganisation]:
    """Participant organisations over which somebody has a right: an association's all, or a contact's own."""
    scope = scope_of(account, right, at=at)
    return ParticipantOrganisation.objects.filter(
        Q(association__in=scope.associations) | Q(pk__in=scope.organisations)
    ).order_by("sort_key", "pk")


def access_participant(
    account: Account | None, participant_id: int, right: Right, *, at: datetime, lock: bool = False
) -> ParticipantOrganisation:
    """One participant organisation to act on. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_participants(account, right, at=at)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=participant_id).first()
    if found is None:
        seen = visible_participants(account, at=at).filter(pk=participant_id).exists()
        raise Forbidden(right) if seen else NotFound("participant_organisation")
    return found


def visible_organisations(
    account: Account | None, right: Right = Right.SEE_ORGANISATIONS, *, at: datetime
) -> QuerySet[Organisation]:
    """Organisations over which somebody has a right: an association's all, or the one that a contact's own is of."""
    scope = scope_of(account, right, at=at)
    own = ParticipantOrganisation.objects.filter(pk__in=scope.organisations).values("organisation")
    return Organisation.objects.filter(Q(association__in=scope.associations) | Q(pk__in=own))


def access_organisation(
    account: Account | None, organisation_id: int, right: Right, *, at: datetime, lock: bool = False
) -> Organisation:
    """One organisation to act on. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_organisations(account, right, at=at)
    found = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).filter(pk=organisation_id).first()
    if found is None:
        seen = visible_organisations(account, at=at).filter(pk=organisation_id).exists()
        raise Forbidden(right) if seen else NotFound("organisation")
    return found


def access_register(account: Account | None, association_id: int, right: Right, *, at: datetime) -> Association:
    """An association whose list of organisations somebody may write to, locked, so that names are judged in turn."""
    # a contact's scope is an organisation, and so never reaches the list
    if association_id not in scope_of(account, right, at=at).associations:
        seen = association_id in scope_of(account, Right.SEE_ORGANISATIONS, at=at).associations
        raise Forbidden(right) if seen else NotFound("association")
    return Association.objects.select_for_update(no_key=True).get(pk=association_id)
