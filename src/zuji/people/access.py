"""To fetch is to be allowed: accounts and the roles that they hold."""

from datetime import datetime

from django.db.models import QuerySet

from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import scope_of


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


def own_grants(account: Account, *, at: datetime) -> QuerySet[RoleGrant]:
    """The roles that an account itself holds at an instant."""
    return RoleGrant.objects.filter(account=account, during__contains=at)
