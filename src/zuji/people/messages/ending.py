"""Roles that were lent and end soon."""

from datetime import datetime, timedelta

from django.db import transaction

from zuji.people.messages import occasions
from zuji.people.models import RoleGrant

SOON = timedelta(days=1)


@transaction.atomic
def tell_ending_roles(*, at: datetime) -> int:
    """Tell each holder of a lent role that ends within a day, once; how many such roles there are."""
    ending = RoleGrant.objects.filter(
        lent_by__isnull=False, during__contains=at, during__endswith__lte=at + SOON, account__is_active=True
    ).select_related("account")
    for grant in ending:
        occasions.role_ending(grant, at=at)
    return len(ending)
