"""Whom a message is for: accounts, and the scopes whose own destinations are told too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zuji.people.enums import Role, ScopeKind
from zuji.people.messages.enums import OFFERED, Topic
from zuji.people.messages.models import Destination
from zuji.people.models import Account, RoleGrant

OFFICE = (Role.OFFICE_LEAD, Role.OFFICE)

HEARD_BY: dict[Topic, tuple[Role, ...]] = {
    Topic.TRAIL_OPENED: (*OFFICE, Role.STEWARD, Role.CONTACT),
    Topic.IMPRESSIONS_WAITING: OFFICE,
    Topic.NOBODY_SIGNED_UP: (Role.CONTACT,),
    Topic.CENSUS_ASKED: (Role.CONTACT,),
    Topic.DELIVERY_FAILED: (Role.ADMINISTRATOR,),
}
"""Which roles hear of a topic; one that is not here is about an account itself, so everybody may."""
HEARD_IN: dict[str, tuple[Topic, ...]] = {
    ScopeKind.ASSOCIATION: (Topic.TRAIL_OPENED, Topic.IMPRESSIONS_WAITING),
    ScopeKind.ORGANISATION: (Topic.NOBODY_SIGNED_UP, Topic.CENSUS_ASKED),
}
"""What the groups of an association and of an organisation hear of."""


@dataclass(frozen=True, kw_only=True)
class To:
    """Accounts by key, and scopes as (kind, key), all of one association."""

    association_id: int
    accounts: frozenset[int] = frozenset()
    scopes: frozenset[tuple[ScopeKind, int]] = frozenset()

    def and_to(self, other: "To") -> "To":
        """Both, within the same association."""
        return To(
            association_id=self.association_id,
            accounts=self.accounts | other.accounts,
            scopes=self.scopes | other.scopes,
        )


def topics_of(destination: Destination, *, at: datetime) -> list[Topic]:
    """What can come to a destination, in the order of the enum; what cannot is not offered to be turned off."""
    if destination.account is None:
        return [topic for topic in OFFERED if topic in HEARD_IN[destination.scope_kind]]
    held = RoleGrant.objects.filter(account=destination.account_id, during__contains=at)
    roles = set(held.values_list("role", flat=True))
    return [topic for topic in OFFERED if topic not in HEARD_BY or roles.intersection(HEARD_BY[topic])]


def one(account: Account) -> To:
    """One account."""
    return To(association_id=account.association_id, accounts=frozenset({account.pk}))


def holders(association_id: int, roles: Iterable[Role], *, at: datetime, scope_id: int | None = None) -> To:
    """Whoever holds one of these roles within an association, or over one scope of it."""
    # closed accounts keep their key in old grants
    held = RoleGrant.objects.filter(
        role__in=tuple(roles), during__contains=at, account__association=association_id, account__is_active=True
    )
    if scope_id is not None:
        held = held.filter(scope_id=scope_id)
    return To(association_id=association_id, accounts=frozenset(held.values_list("account", flat=True)))


def office(association_id: int, *, at: datetime) -> To:
    """An association's office, and the groups that it has named."""
    people = holders(association_id, OFFICE, at=at)
    return people.and_to(To(association_id=association_id, scopes=frozenset({(ScopeKind.ASSOCIATION, association_id)})))


def organisation(association_id: int, organisation_id: int, *, at: datetime) -> To:
    """A participant organisation's contacts, and where it wants to be told."""
    people = holders(association_id, (Role.CONTACT,), at=at, scope_id=organisation_id)
    return people.and_to(
        To(association_id=association_id, scopes=frozenset({(ScopeKind.ORGANISATION, organisation_id)}))
    )
