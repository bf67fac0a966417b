"""Personal details that messages need: where people are reached, and what they were told."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from zuji.core.personal import PersonalTable
from zuji.people.messages.actions import forget
from zuji.people.messages.enums import OPEN, DeliveryState
from zuji.people.messages.models import Delivery, Destination, Notice

DESTINATION_DAYS = 400
"""A programme runs for a year; a destination that nobody has confirmed since the last one is nobody's any more."""
KEPT_DAYS = 180
"""As long as the logs."""


@transaction.atomic
def erase_destinations(at: datetime) -> int:
    """Erase destinations of closed accounts, and those that nobody has confirmed for too long; how many went."""
    closed = Q(account__is_active=False)
    unconfirmed = Q(kept_since__lte=at - timedelta(days=DESTINATION_DAYS))
    due = list(Destination.objects.filter(closed | unconfirmed).select_for_update(of=("self",)).order_by("pk"))
    for destination in due:
        forget(destination, at=at)
    return len(due)


def erase_notices(at: datetime) -> int:
    """Erase what people were told too long ago; how many notices went."""
    return Notice.objects.filter(made_at__lte=at - timedelta(days=KEPT_DAYS)).delete()[0]


def erase_deliveries(at: datetime) -> int:
    """Erase deliveries that ended too long ago; how many went."""
    # what is still under way is no log yet
    over = Delivery.objects.filter(ended_at__lte=at - timedelta(days=KEPT_DAYS))
    return over.exclude(state__in=(*OPEN, DeliveryState.SENDING)).delete()[0]


TABLES = (
    PersonalTable(model=Destination, purpose="destination", days=DESTINATION_DAYS, erase_due=erase_destinations),
    PersonalTable(model=Notice, purpose="notice", days=KEPT_DAYS, erase_due=erase_notices),
    PersonalTable(model=Delivery, purpose="delivery", days=KEPT_DAYS, erase_due=erase_deliveries),
)
