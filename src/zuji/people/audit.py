"""Reading the audit trail: who may, what it says of one row, and the names behind its keys."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model, QuerySet

from zuji.core.models import AuditEntry
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of


def visible_entries(account: Account | None, right: Right = Right.SEE_AUDIT, *, at: datetime) -> QuerySet[AuditEntry]:
    """Entries of the associations whose trail somebody may read, latest first."""
    return AuditEntry.objects.filter(association__in=scope_of(account, right, at=at).associations)


def entries_about(row: Model) -> QuerySet[AuditEntry]:
    """What was done to one row, latest first; whoever may see the row may see this."""
    return AuditEntry.objects.filter(kind=row._meta.label_lower, key=str(row.pk))


def names_of(keys: Iterable[int | None]) -> dict[int, str]:
    """Names of accounts by key; an erased account has an empty one."""
    wanted = {key for key in keys if key is not None}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
