"""To fetch is to be allowed: notices, destinations and deliveries as somebody may see them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right, ScopeKind
from zuji.people.messages.models import Delivery, Destination, Notice
from zuji.people.models import Account
from zuji.people.rights import Scope, scope_of
from zuji.people.scopes import rows_of

OWNERS = (ScopeKind.ASSOCIATION, ScopeKind.ORGANISATION)
"""What may have destinations besides accounts."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose a destination is: an account's, or with none a scope's."""

    association_id: int
    account_id: int | None = None
    scope_kind: str = ""
    scope_id: int | None = None


def owner_of(account: Account) -> Owner:
    """An account as the owner of its own destinations."""
    return Owner(association_id=account.association_id, account_id=account.pk)


def visible_notices(account: Account) -> QuerySet[Notice]:
    """What an account itself was told, latest first."""
    return Notice.objects.filter(account=account)


def visible_destinations(account: Account, *, at: datetime) -> QuerySet[Destination]:
    """One's own, those of associations and organisations over which one has the right; never another person's."""
    scope = scope_of(account, Right.MANAGE_DESTINATIONS, at=at)
    of_organisations = Q(scope_kind=ScopeKind.ORGANISATION, scope_id__in=scope.organisations)
    # by the kind too: an administrator of destinations must not see where persons are reached
    of_associations = Q(association__in=scope.associations, scope_kind__in=OWNERS)
    rows = Destination.objects.filter(Q(account=account) | of_organisations | of_associations)
    return rows.select_related("association")


def access_destination(account: Account, destination_id: int, *, at: datetime, lock: bool = False) -> Destination:
    """One destination to act on; whoever sees it may."""
    rows = visible_destinations(account, at=at)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=destination_id).first()
    if found is None:
        raise NotFound("destination")
    return found


def access_owner(account: Account, owner: Owner, *, at: datetime) -> None:
    """Whether somebody may give this owner a destination; NotFound otherwise."""
    if owner.account_id is not None:
        allowed = owner == owner_of(account)
    else:
        allowed = _has(scope_of(account, Right.MANAGE_DESTINATIONS, at=at), owner)
    if not allowed:
        raise NotFound("destination")


def destinations_of(account: Account, owner: Owner, *, at: datetime) -> QuerySet[Destination]:
    """An owner's destinations, for whoever may manage them."""
    access_owner(account, owner, at=at)
    own = {"account": owner.account_id, "scope_kind": owner.scope_kind, "scope_id": owner.scope_id}
    return visible_destinations(account, at=at).filter(**own)


def visible_deliveries(
    account: Account | None, right: Right = Right.SEE_MESSAGES, *, at: datetime
) -> QuerySet[Delivery]:
    """The delivery log of the associations over which somebody has a right."""
    scope = scope_of(account, right, at=at)
    return Delivery.objects.filter(association__in=scope.associations).select_related("destination", "association")


def access_delivery(
    account: Account | None, delivery_id: int, right: Right, *, at: datetime, lock: bool = False
) -> Delivery:
    """One delivery to act on. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_deliveries(account, right, at=at)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=delivery_id).first()
    if found is None:
        seen = visible_deliveries(account, at=at).filter(pk=delivery_id).exists()
        raise Forbidden(right) if seen else NotFound("delivery")
    return found


def _has(scope: Scope, owner: Owner) -> bool:
    if owner.scope_kind == ScopeKind.ORGANISATION and owner.scope_id in scope.organisations:
        return True
    if owner.association_id not in scope.associations or owner.scope_kind not in OWNERS:
        return False
    return rows_of(ScopeKind(owner.scope_kind), owner.association_id).filter(pk=owner.scope_id).exists()
