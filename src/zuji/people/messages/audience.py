"""Whom a message is for: accounts, and the scopes whose own destinations are told too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant

OFFICE = (Role.OFFICE_LEAD, Role.OFFICE)


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


def one(account: Account) -> To:
    """One account."""
    return To(association_id=account.association_id, accounts=frozenset({account.pk}))


def holders(association_id: int, roles: Iterable[Role], *, at: datetime, scope_id: int | None = None) -> To:
    """Whoever holds one of these roles within an association, or over one scope of it."""
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
