"""To fetch is to be allowed: whose figures somebody may see or publish."""

from datetime import datetime

from django.db.models import QuerySet

from zuji.briefing.models import LedgerEntry
from zuji.core.errors import Forbidden, NotFound
from zuji.core.models import Association
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of


def visible_associations(
    account: Account | None, right: Right = Right.SEE_FIGURES, *, at: datetime
) -> QuerySet[Association]:
    """Associations over whose figures somebody has a right."""
    return Association.objects.filter(pk__in=scope_of(account, right, at=at).associations)


def access_association(account: Account | None, association_id: int, right: Right, *, at: datetime) -> Association:
    """One association whose figures to act on. Unseen is NotFound; seen without the right is Forbidden."""
    found = visible_associations(account, right, at=at).filter(pk=association_id).first()
    if found is None:
        seen = visible_associations(account, at=at).filter(pk=association_id).exists()
        raise Forbidden(right) if seen else NotFound("association")
    return found


def visible_entries(
    account: Account | None, right: Right = Right.SEE_FIGURES, *, at: datetime
) -> QuerySet[LedgerEntry]:
    """Ledger entries of the associations over whose figures somebody has a right, newest first."""
    return LedgerEntry.objects.filter(association__in=visible_associations(account, right, at=at)).order_by("-number")
