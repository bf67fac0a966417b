"""What roles are held over, by its name; and what a role can be given over."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Model, Q
from django.utils.translation import gettext

from zuji.console.blocks.forms import Choices
from zuji.core.templatetags.words import named
from zuji.people.access import own_grants
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import SCOPES
from zuji.people.scopes import rows_of

OFFERED = 12
"""As many organisations as a suggestion shows."""

Over = tuple[str, int]


def scope_names(grants: Iterable[RoleGrant]) -> dict[Over, str]:
    """Names of what roles of one association are held over, by kind and key; one query a kind."""
    wanted: dict[Over, set[int]] = defaultdict(set)
    for grant in grants:
        wanted[grant.scope_kind, grant.account.association_id].add(grant.scope_id)
    return {
        (kind, row.pk): name_of(row)
        for (kind, association), keys in wanted.items()
        for row in rows_of(ScopeKind(kind), association).filter(pk__in=keys)
    }


def scope_name(grant: RoleGrant, names: dict[Over, str]) -> str:
    """One of them; what is gone is unknown."""
    return names.get((grant.scope_kind, grant.scope_id)) or gettext("core.unknown")


def last_instant(grant: RoleGrant) -> datetime | None:
    """The last instant at which a role holds: a lent one ends at the midnight after its day. None without an end."""
    end: datetime | None = grant.during.upper
    return end and end - timedelta(microseconds=1)


def role_choices(roles: Iterable[Role], found: Account, *, at: datetime) -> Choices:
    """Each role over each thing that an account can hold it over and does not; of roles held over few things."""
    held = set(own_grants(found, at=at).values_list("role", "scope_id"))
    return [
        (f"{role}:{row.pk}", gettext("account.choice").format(role=gettext(f"role.{role}"), name=name_of(row)))
        for role in roles
        for row in rows_of(SCOPES[role], found.association_id)
        if (role, row.pk) not in held
    ]


def organisations(found: Account, text: str) -> list[Model]:
    """Organisations of an account's association whose name holds a text or whose join code it is, few."""
    fits = Q(name__icontains=text) | Q(join_code=text.upper()) | Q(sort_key__icontains=text)
    return list(rows_of(ScopeKind.ORGANISATION, found.association_id).filter(fits)[:OFFERED])


def organisation_called(found: Account, text: str) -> Model | None:
    """The one organisation of an account's association with this name or this join code."""
    called = Q(name=text.strip()) | Q(join_code=text.strip().upper())
    return rows_of(ScopeKind.ORGANISATION, found.association_id).filter(called).first()


def name_of(row: object) -> str:
    """A row's name in the reader's language."""
    return named(row) or str(row)
