"""To fetch is to be allowed: accounts and the roles that they hold."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right, Role
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import KEPT_APART, LENDABLE, RIGHTS, roles_with, scope_of


def visible_accounts(account: Account | None, right: Right = Right.SEE_ACCOUNTS, *, at: datetime) -> QuerySet[Account]:
    """Accounts of the associations over which somebody has a right."""
    return Account.objects.filter(association__in=scope_of(account, right, at=at).associations)


def access_account(
    account: Account | None, account_id: int, right: Right, *, at: datetime, lock: bool = False
) -> Account:
    """One account to act on. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_accounts(account, right, at=at)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=account_id).first()
    if found is None:
        raise (
            Forbidden(right) if visible_accounts(account, at=at).filter(pk=account_id).exists() else NotFound("account")
        )
    return found


def visible_grants(account: Account | None, right: Right = Right.SEE_ACCOUNTS, *, at: datetime) -> QuerySet[RoleGrant]:
    """Roles, past ones too, of the accounts over which somebody has a right."""
    return RoleGrant.objects.filter(account__in=visible_accounts(account, right, at=at)).select_related("account")


def without_role(account: Account | None, right: Right = Right.GRANT_ROLES, *, at: datetime) -> QuerySet[Account]:
    """Accounts over which somebody has a right that are open and hold no role at an instant."""
    held = RoleGrant.objects.filter(account=OuterRef("pk"), during__contains=at)
    return visible_accounts(account, right, at=at).filter(~Exists(held), is_active=True)


def own_grants(account: Account, *, at: datetime) -> QuerySet[RoleGrant]:
    """The roles that an account itself holds at an instant."""
    return RoleGrant.objects.filter(account=account, during__contains=at)


def lent_grants(account: Account | None, right: Right = Right.SEE_ACCOUNTS, *, at: datetime) -> QuerySet[RoleGrant]:
    """Roles that were lent to accounts over which somebody has a right, past ones too, the last to end first."""
    rows = visible_grants(account, right, at=at).exclude(lent_by=None)
    return rows.select_related("account", "lent_by").order_by("-during__endswith", "-pk")


def lendable_by(account: Account, *, at: datetime) -> list[Role]:
    """The roles that somebody may lend: those within a role that is their own. What was lent is not lent on."""
    own = own_grants(account, at=at).filter(role__in=roles_with(Right.LEND_ROLES), lent_by=None)
    held = [RIGHTS[Role(role)] for role in own.values_list("role", flat=True)]
    return [role for role in LENDABLE if any(RIGHTS[role] <= rights for rights in held)]


def is_overseer(account: Account, *, at: datetime) -> bool:
    """Whether somebody is an administrator, a security officer or an auditor."""
    return own_grants(account, at=at).filter(role__in=KEPT_APART).exists()


def viewed_by(account: Account | None, account_id: int, *, at: datetime) -> Account | None:
    """The account as which somebody may look, or none: never a closed one, never an overseer's."""
    rows = visible_accounts(account, Right.VIEW_AS, at=at).filter(is_active=True, pk=account_id)
    found = rows.select_related("association").first()
    return None if found is None or is_overseer(found, at=at) else found


def account_of(key: int) -> Account:
    """The account behind a key that the home itself wrote down, such as who asked for a long work."""
    return Account.objects.select_related("association").get(pk=key)
