"""The one rights table: role x action x scope. Every face obeys it, and a test walks every row of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from psycopg.types.range import Range

from zuji.core.errors import Forbidden
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.models import Account, RoleGrant

R = Right
_OVERSEE = {R.SEE_FRAME, R.SEE_ORGANISATIONS, R.SEE_CAMPAIGNS, R.SEE_TRAIL, R.SEE_MATRIX, R.SEE_FIGURES}
_WALK = {R.SEE_PASSES, R.SEE_CHECKINS, R.ISSUE_PASSES, R.MARK_SAME_PERSON, R.ENTER_ROLL, R.TAKE_BACK}
_OFFICE = (
    _OVERSEE
    | _WALK
    | {R.EDIT_ORGANISATIONS, R.IMPORT_ORGANISATIONS, R.EDIT_CAMPAIGNS, R.EDIT_TRAIL, R.IMPORT_WALKERS}
    | {R.SHOW_CODES, R.SCAN_PASSES, R.CONFIRM_LOCATION, R.WITHDRAW_CODES}
    | {R.SEE_IMPRESSIONS, R.DECIDE_IMPRESSIONS}
    | {R.SEE_MESSAGES, R.MANAGE_DESTINATIONS, R.SEND_REMINDERS}
    | {R.SEE_REGISTER, R.IMPORT_LISTS, R.DECIDE_DOUBTS, R.EDIT_REGISTER, R.EDIT_RULES}
    | {R.SEE_CENSUS, R.RUN_CENSUS, R.ENTER_CENSUS}
)

RIGHTS: dict[Role, set[Right]] = {
    Role.ADMINISTRATOR: {R.SEE_FRAME, R.SEE_ACCOUNTS, R.MANAGE_ACCOUNTS, R.VIEW_AS, R.SEE_MESSAGES, R.RESEND_MESSAGES},
    Role.SECURITY: {R.SEE_FRAME, R.SEE_ACCOUNTS, R.GRANT_ROLES},
    Role.AUDITOR: {R.SEE_FRAME, R.SEE_ACCOUNTS, R.SEE_AUDIT, R.SEE_MESSAGES},
    Role.OFFICE_LEAD: _OFFICE
    | {R.BACKFILL, R.OPEN_TRAIL, R.REDUCE_CAMPAIGN, R.PUBLISH_FIGURES, R.SEE_AUDIT}
    | {R.SEE_ACCOUNTS, R.LEND_ROLES, R.RESEND_MESSAGES},
    Role.OFFICE: _OFFICE,
    Role.COMMITTEE_MEMBER: _OVERSEE | {R.SEE_REGISTER, R.SEE_CENSUS},
    Role.INSTRUCTOR: {R.SEE_FRAME},
    Role.CONTACT: {
        *(R.SEE_FRAME, R.SEE_ORGANISATIONS, R.SEE_CAMPAIGNS, R.SEE_TRAIL, R.SEE_MATRIX, R.SEE_PASSES, R.SEE_CHECKINS),
        *(R.ISSUE_PASSES, R.IMPORT_WALKERS, R.MARK_SAME_PERSON, R.ENTER_ROLL),
        R.MANAGE_DESTINATIONS,
    },
    Role.STEWARD: {
        *(R.SEE_FRAME, R.SEE_CAMPAIGNS, R.SEE_TRAIL, R.SEE_MATRIX, R.SEE_PASSES, R.SEE_CHECKINS, R.SHOW_CODES),
        *(R.SCAN_PASSES, R.ENTER_ROLL, R.TAKE_BACK, R.CONFIRM_LOCATION, R.MARK_SAME_PERSON, R.ISSUE_PASSES),
        *(R.SEE_IMPRESSIONS, R.DECIDE_IMPRESSIONS),
    },
    Role.ENUMERATOR: {R.SEE_FRAME, R.SEE_CENSUS, R.ENTER_CENSUS},
    Role.CENTRE_HOST: {R.SEE_FRAME},
    Role.JUROR: {R.SEE_FRAME},
    Role.VIEWER: {R.SEE_FRAME, R.SEE_CAMPAIGNS, R.SEE_TRAIL, R.SEE_FIGURES},
}

SCOPES: dict[Role, ScopeKind] = {
    **dict.fromkeys(Role, ScopeKind.ASSOCIATION),
    Role.CONTACT: ScopeKind.ORGANISATION,
    Role.STEWARD: ScopeKind.CAMPAIGN,
    Role.ENUMERATOR: ScopeKind.TOWN,
}

Held = tuple[Role, str, int]
Remembered = dict[int, list[tuple[str, str, int, Range[datetime]]]]
_remembered: ContextVar[Remembered | None] = ContextVar("remembered", default=None)

KEPT_APART = frozenset({Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR})
"""Who makes accounts, who grants roles and who reads what they did are three people, each with a second factor."""

LENDABLE = (Role.OFFICE, Role.STEWARD, Role.OFFICE_LEAD)
"""What a lead may hand on for a time: the lesser roles of the same work, and the own."""
LENT_DAYS = 31
"""The longest that a role is lent, counted from today's midnight on; what is needed for longer is granted."""


@dataclass(frozen=True)
class Scope:
    """Over what somebody has a right: keys by kind. False when over nothing at all."""

    associations: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    campaigns: frozenset[int] = frozenset()
    towns: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.associations or self.organisations or self.campaigns or self.towns)


def roles_with(right: Right) -> set[Role]:
    """The roles whose row has this right."""
    return {role for role, rights in RIGHTS.items() if right in rights}


def scope_of(account: Account | None, right: Right, *, at: datetime) -> Scope:
    """Over what this account has the right at an instant; nobody and the inactive have it over nothing."""
    if account is None or not account.is_active:
        return Scope()
    roles = roles_with(right)
    return _gather((kind, key) for role, kind, key in _held(account, at) if role in roles)


def scopes_of(account: Account | None, *, at: datetime) -> dict[Right, Scope]:
    """The scope of every right that this account has, by one look at its roles."""
    if account is None or not account.is_active:
        return {}
    pairs: dict[Right, list[tuple[str, int]]] = defaultdict(list)
    for role, kind, key in _held(account, at):
        for right in RIGHTS[Role(role)]:
            pairs[right].append((kind, key))
    return {right: _gather(held) for right, held in pairs.items()}


def rights_of(account: Account | None, *, at: datetime) -> set[Right]:
    """Every right that this account has over anything at all; for showing or hiding, never for letting in."""
    if account is None or not account.is_active:
        return set()
    return set().union(*(RIGHTS[role] for role, _, _ in _held(account, at)))


def roles_of(account: Account, *, at: datetime) -> list[Role]:
    """The roles that an account holds at an instant over anything, each once, in the order of the table."""
    held = {role for role, _, _ in _held(account, at)}
    return [role for role in Role if role in held]


def require(account: Account | None, right: Right, *, at: datetime) -> Scope:
    """The scope of a right, or Forbidden when there is none."""
    scope = scope_of(account, right, at=at)
    if not scope:
        raise Forbidden(right)
    return scope


@contextmanager
def roles_remembered() -> Iterator[None]:
    """Within this block roles are looked up once for each account: for a page that only reads, and asks many times."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def _held(account: Account, at: datetime) -> list[Held]:
    """The roles that an account holds at an instant, and over what."""
    own = RoleGrant.objects.filter(account=account).order_by()
    grants = own.values_list("role", "scope_kind", "scope_id", "during")
    memory = _remembered.get()
    if memory is None:
        return [(Role(role), kind, key) for role, kind, key, _ in grants.filter(during__contains=at)]
    if account.pk not in memory:
        memory[account.pk] = list(grants)
    return [(Role(role), kind, key) for role, kind, key, during in memory[account.pk] if at in during]


def _gather(pairs: Iterable[tuple[str, int]]) -> Scope:
    keys: dict[str, set[int]] = {kind: set() for kind in ScopeKind.values}
    for kind, key in pairs:
        keys[kind].add(key)
    return Scope(*(frozenset(keys[kind]) for kind in ScopeKind.values))
