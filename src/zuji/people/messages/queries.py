"""Reads of messages that others may call."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from zuji.people.messages.access import visible_notices
from zuji.people.messages.models import Delivery, Destination
from zuji.people.models import Account


def unread_count(account: Account) -> int:
    """How many notices an account has not read."""
    return visible_notices(account).filter(read_at=None).count()


def with_last(destinations: QuerySet[Destination]) -> QuerySet[Destination]:
    """Destinations with `last_state`, `last_trouble` and `last_at` of the newest delivery; None without one."""
    last = Delivery.objects.filter(destination=OuterRef("pk")).order_by("-made_at", "-pk")
    newest = {f"last_{name}": Subquery(last.values(name)[:1]) for name in ("state", "trouble", "made_at")}
    return destinations.annotate(**newest)


def parcels(deliveries: Iterable[Delivery]) -> QuerySet[Delivery]:
    """What went in the same messages as these."""
    return Delivery.objects.filter(parcel__in={each.parcel for each in deliveries if each.parcel})
