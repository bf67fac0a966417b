"""The bell, and how deliveries are drawn."""

from collections.abc import Iterable

from django import template

from zuji.console.messaging import ON_THE_WAY, STATES
from zuji.people.guards import signed_in
from zuji.people.messages.enums import DeliveryState
from zuji.people.messages.models import Delivery
from zuji.people.messages.queries import unread_count

register = template.Library()


@register.inclusion_tag("console/notices_bell.html", takes_context=True)
def notices_bell(context: template.Context) -> dict[str, object]:
    """The way to one's notices, with the count of unread ones."""
    return {"unread": unread_count(signed_in(context["request"]))}


@register.filter
def shape(state: str) -> str:
    """The class by which a delivery's state is drawn."""
    return STATES[DeliveryState(state)]


@register.filter
def on_the_way(deliveries: Iterable[Delivery]) -> bool:
    """Whether any of them may change by itself soon."""
    return any(each.state in ON_THE_WAY for each in deliveries)
