"""Writes to accounts and roles: one verb, one function. The home itself acts as `None`, never a face."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from psycopg.types.range import Range

from zuji.core.audit import audit
from zuji.core.errors import CoreRefusal, Invalid, NotFound, Refused
from zuji.people.access import access_account, is_overseer, lendable_by, lent_grants, visible_grants
from zuji.people.enums import Right, Role, Verb
from zuji.people.errors import Refusal
from zuji.people.links import make_link
from zuji.people.messages import occasions
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import KEPT_APART, LENDABLE, LENT_DAYS, SCOPES, require
from zuji.people.scopes import rows_of
from zuji.people.values import NewAccount

USERNAME_CHARS, NAME_CHARS, REASON_CHARS = 64, 80, 200


@transaction.atomic
def make_account(*, actor: Account | None, association_id: int, values: NewAccount, at: datetime) -> Account:
    """Make an account of an association; it may do nothing until roles are granted to it."""
    if actor and association_id not in require(actor, Right.MANAGE_ACCOUNTS, at=at).associations:
        raise NotFound("association")
    _judge(values)
    if Account.objects.filter(username__iexact=values.username).exists():
        raise Refused(Refusal.USERNAME_TAKEN, username=values.username)
    try:
        with transaction.atomic():
            made = _create(association_id, values)
    except IntegrityError as error:
        raise Refused(Refusal.USERNAME_TAKEN, username=values.username) from error
    audit(actor, Verb.ACCOUNT_MADE, made, association_id=association_id, at=at)
    return made


@transaction.atomic
def close_account(*, actor: Account | None, account_id: int, at: datetime) -> Account:
    """Let nobody in by this account any more and end its roles; its name is erased after a while."""
    account = _account(actor, account_id, Right.MANAGE_ACCOUNTS, at=at)
    if account == actor:
        raise Refused(Refusal.NOT_TO_ONESELF)
    if not account.is_active:
        raise Refused(Refusal.ACCOUNT_CLOSED)
    for grant in RoleGrant.objects.select_for_update().filter(account=account, during__contains=at):
        _end(grant, at)
    account.is_active, account.closed_at = False, at
    account.save(update_fields=["is_active", "closed_at"])
    audit(actor, Verb.ACCOUNT_CLOSED, account, association_id=account.association_id, at=at)
    return account


@transaction.atomic
def make_sign_in_link(*, actor: Account, account_id: int, at: datetime) -> str:
    """A one-time link to hand to an account's owner; that somebody made it is written down, the link is not."""
    account = access_account(actor, account_id, Right.MANAGE_ACCOUNTS, at=at)
    if not account.is_active:
        raise Refused(Refusal.ACCOUNT_CLOSED)
    audit(actor, Verb.LINK_MADE, account, association_id=account.association_id, at=at)
    return make_link(account)


@transaction.atomic
def grant_role(*, actor: Account | None, account_id: int, role: Role, scope_id: int, at: datetime) -> RoleGrant:
    """Grant a role over one scope of the account's own association, from now on. Nobody grants to themselves."""
    account = _account(actor, account_id, Right.GRANT_ROLES, at=at)
    if account == actor:
        raise Refused(Refusal.NOT_TO_ONESELF)
    if not account.is_active:
        raise Refused(Refusal.ACCOUNT_CLOSED)
    made = _hold(account, role, scope_id, Range(at, None))
    _audit_grant(actor, Verb.ROLE_GRANTED, made, at)
    occasions.role_granted(made, at=at)
    return made


@transaction.atomic
def end_role(*, actor: Account | None, grant_id: int, at: datetime) -> RoleGrant:
    """End a role that is held now; what was done by it stays."""
    rows = visible_grants(actor, Right.GRANT_ROLES, at=at) if actor else RoleGrant.objects.select_related("account")
    grant = rows.select_for_update(of=("self",)).filter(pk=grant_id).first()
    if grant is None:
        raise NotFound("role_grant")
    if grant.account == actor:
        raise Refused(Refusal.NOT_TO_ONESELF)
    if at not in grant.during:
        raise Refused(Refusal.ROLE_ALREADY_ENDED)
    _end(grant, at)
    _audit_grant(actor, Verb.ROLE_ENDED, grant, at)
    return grant


@transaction.atomic
def lend_role(*, actor: Account, account_id: int, role: Role, scope_id: int, until: date, at: datetime) -> RoleGrant:
    """Lend a role over one scope through the end of a day; it ends by itself, and may be taken back before."""
    account = access_account(actor, account_id, Right.LEND_ROLES, at=at, lock=True)
    if account == actor:
        raise Refused(Refusal.NOT_TO_ONESELF)
    if not account.is_active:
        raise Refused(Refusal.ACCOUNT_CLOSED)
    if role not in LENDABLE:
        raise Invalid(Refusal.ROLE_NOT_LENDABLE, field="role")
    if role not in lendable_by(actor, at=at):
        raise Refused(Refusal.ROLE_NOT_THEIRS_TO_LEND)
    during = Range(at, _end_of(until, account, at=at))
    made = _hold(account, role, scope_id, during, lent_by=actor)
    _audit_grant(actor, Verb.ROLE_LENT, made, at, until=str(until))
    occasions.role_granted(made, at=at)
    return made


@transaction.atomic
def take_back_role(*, actor: Account, grant_id: int, at: datetime) -> RoleGrant:
    """End a lent role before its day; what was done by it stays."""
    rows = lent_grants(actor, Right.LEND_ROLES, at=at)
    grant = rows.select_for_update(of=("self",)).filter(pk=grant_id).first()
    if grant is None:
        raise NotFound("role_grant")
    if at not in grant.during:
        raise Refused(Refusal.ROLE_ALREADY_ENDED)
    _end(grant, at)
    _audit_grant(actor, Verb.ROLE_TAKEN_BACK, grant, at)
    return grant


@transaction.atomic
def begin_viewing(*, actor: Account, account_id: int, reason: str, until: datetime, at: datetime) -> Account:
    """Write down that somebody looks as another from now on, and why; `people.viewing` keeps it to looking."""
    account = access_account(actor, account_id, Right.VIEW_AS, at=at)
    if account == actor:
        raise Refused(Refusal.NOT_TO_ONESELF)
    if not account.is_active:
        raise Refused(Refusal.ACCOUNT_CLOSED)
    if is_overseer(account, at=at):
        raise Refused(Refusal.OVERSEER_NOT_VIEWED)
    if "\0" in reason:
        raise Invalid(CoreRefusal.TEXT_HAS_NUL, field="reason")
    if not reason.strip() or len(reason) > REASON_CHARS:
        raise Invalid(Refusal.VIEWING_NEEDS_REASON, field="reason")
    facts = {"reason": reason.strip(), "until": until.isoformat()}
    audit(actor, Verb.VIEWING_BEGUN, account, association_id=account.association_id, at=at, **facts)
    occasions.viewed_as(actor, account, at=at)
    return account


def end_viewing(*, actor: Account, account: Account, at: datetime) -> None:
    """Write down that it is over."""
    audit(actor, Verb.VIEWING_ENDED, account, association_id=account.association_id, at=at)


def _create(association_id: int, values: NewAccount) -> Account:
    named = {"name": values.name, "language": values.language}
    return Account.objects.create_user(values.username, values.password, association_id=association_id, **named)


def _account(actor: Account | None, account_id: int, right: Right, *, at: datetime) -> Account:
    if actor:
        return access_account(actor, account_id, right, at=at, lock=True)
    return Account.objects.select_for_update().get(pk=account_id)


def _judge(values: NewAccount) -> None:
    texts = (values.username, values.name)
    if any("\0" in text for text in texts):
        raise Invalid(CoreRefusal.TEXT_HAS_NUL)
    if not values.name.strip() or len(values.name) > NAME_CHARS:
        raise Invalid(Refusal.NAME_MISSING, field="name")
    try:
        UnicodeUsernameValidator()(values.username)
    except ValidationError as error:
        raise Invalid(Refusal.BAD_USERNAME, field="username") from error
    if len(values.username) > USERNAME_CHARS:
        raise Invalid(Refusal.BAD_USERNAME, field="username")
    if values.password is not None:
        _judge_password(values)


def _judge_password(values: NewAccount) -> None:
    try:
        validate_password(values.password or "", Account(username=values.username, name=values.name))
    except ValidationError as error:
        raise Invalid(Refusal.PASSWORD_TOO_WEAK, field="password") from error


def _hold(
    account: Account, role: Role, scope_id: int, during: Range[datetime], *, lent_by: Account | None = None
) -> RoleGrant:
    """A role over one scope for a time, unless it is held then already or may not be; the account is locked."""
    kind = SCOPES[role]
    if not rows_of(kind, account.association_id).filter(pk=scope_id).exists():
        raise Refused(Refusal.SCOPE_NOT_THEIRS)
    held = RoleGrant.objects.filter(account=account, during__overlap=during)
    if held.filter(role=role, scope_kind=kind, scope_id=scope_id).exists():
        raise Refused(Refusal.ROLE_ALREADY_HELD)
    if role in KEPT_APART and held.filter(role__in=KEPT_APART - {role}).exists():
        raise Refused(Refusal.ROLES_KEPT_APART)
    return RoleGrant.objects.create(
        account=account, role=role, scope_kind=kind, scope_id=scope_id, during=during, lent_by=lent_by
    )


def _end_of(until: date, account: Account, *, at: datetime) -> datetime:
    """The midnight after a role's last day, where the account's association is."""
    zone = ZoneInfo(account.association.time_zone)
    today = at.astimezone(zone).date()
    if until < today:
        raise Invalid(Refusal.LENT_UNTIL_PAST, field="until")
    if until >= today + timedelta(days=LENT_DAYS):
        raise Invalid(Refusal.LENT_TOO_LONG, field="until", most=LENT_DAYS)
    return datetime.combine(until + timedelta(days=1), time(), zone)


def _end(grant: RoleGrant, at: datetime) -> None:
    grant.during = Range(grant.during.lower, at)
    grant.save(update_fields=["during"])


def _audit_grant(actor: Account | None, verb: Verb, grant: RoleGrant, at: datetime, **facts: str) -> None:
    account, told = grant.account, {"role": str(grant.role), "scope": f"{grant.scope_kind}:{grant.scope_id}"}
    audit(actor, verb, account, association_id=account.association_id, at=at, **told, **facts)
