"""To fetch is to be allowed: versions of rules as somebody may see them."""

from datetime import datetime

from django.db.models import QuerySet

from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of
from zuji.register.rules.models import RuleVersion


def visible_rules(account: Account | None, right: Right = Right.SEE_REGISTER, *, at: datetime) -> QuerySet[RuleVersion]:
    """Versions of the rules of the associations over which somebody has a right, the latest of each kind first."""
    rows = RuleVersion.objects.filter(association__in=scope_of(account, right, at=at).associations)
    return rows.order_by("kind", "-number")
