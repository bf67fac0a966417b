"""Personal details that this package keeps: names and addresses of accounts."""

from datetime import datetime, timedelta

from zuji.core.personal import PersonalTable
from zuji.people.models import Account

CLOSED_DAYS = 180
"""The logs name accounts for six months; until then a key must lead to a name."""


def erase_closed(at: datetime) -> int:
    """Erase the names of accounts that were closed too long before `at`; the opaque key stays. Returns how many."""
    due = Account.objects.filter(closed_at__lte=at - timedelta(days=CLOSED_DAYS)).exclude(name="")
    accounts = list(due.select_for_update().order_by("pk"))
    for account in accounts:
        account.username, account.name, account.email = f"closed-{account.pk}", "", ""
        account.set_unusable_password()
    return Account.objects.bulk_update(accounts, ["username", "name", "email", "password"])


ACCOUNTS = PersonalTable(model=Account, purpose="account", days=CLOSED_DAYS, erase_due=erase_closed)
