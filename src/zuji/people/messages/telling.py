"""The one way by which anybody is told anything: rows in the same transaction as the act, sent after its commit."""

from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet

from zuji.core.jobs import after_commit
from zuji.people.messages.audience import To
from zuji.people.messages.enums import LATEST_ONLY, OPEN, PACES, URGENT, DeliveryState, Topic
from zuji.people.messages.models import Delivery, Destination, Notice
from zuji.people.messages.schedule import Pace, first_try, held_until

Fact = str | int | None | Mapping[str, str]
Facts = Mapping[str, Fact]
"""Plain values by name: keys, counts, ISO dates, and names of things as `{"zh": …, "en": …}`; never a person's name."""


class Job(StrEnum):
    """Tasks of this package by name."""

    SEND = "people.send_messages"


@transaction.atomic
def tell(*, topic: Topic, to: To, facts: Facts, event: str, at: datetime, link: str = "") -> int:
    """Tell somebody of an event, once: a notice in the console, and a delivery to each of their destinations.

    `event` names it within its topic (at most 80 characters); told again, it changes nothing, but for a topic that
    gathers for an hour: there the facts of what is not sent yet become the latest. Returns in how many places somebody
    can be told, 0 where nobody can.
    """
    # by rising key, so that two who tell the same people wait for each other and not crosswise
    Notice.objects.bulk_create(
        [
            Notice(account_id=key, topic=topic, event=event, facts=facts, link=link, made_at=at)
            for key in sorted(to.accounts)
        ],
        ignore_conflicts=True,
    )
    message = Delivery(topic=topic, event=event, facts=facts, link=link, pace=PACES[topic], made_at=at)
    deliveries = [delivery_of(message, each) for each in _destinations(to)]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    if PACES[topic] is Pace.HOUR:
        _renew(message, to)
    if topic in LATEST_ONLY:
        _supersede(message, to)
    if PACES[topic] is Pace.AT_ONCE:
        for delivery in deliveries:
            after_commit(Job.SEND, destination_id=delivery.destination_id or 0)
    return len(to.accounts) + len(deliveries)


def delivery_of(message: Delivery, destination: Destination) -> Delivery:
    """A message's delivery to one destination, not saved: due when its pace and the quiet hours say so."""
    due, topic = first_try(message.made_at, Pace(message.pace)), Topic(message.topic)
    held = None if topic in URGENT else held_until(due, destination.association.time_zone, quiet_of(destination))
    state = DeliveryState.HELD if held else DeliveryState.WAITING
    # kept as a row all the same: the log shows that nothing was forgotten, but not wanted
    is_unwanted = topic in destination.muted or destination.stopped_at is not None
    return Delivery(
        association_id=destination.association_id,
        destination=destination,
        channel=destination.channel,
        topic=topic,
        event=message.event,
        facts=message.facts,
        link=message.link,
        pace=message.pace,
        made_at=message.made_at,
        next_try_at=held or due,
        state=DeliveryState.OPTED_OUT if is_unwanted else state,
        ended_at=message.made_at if is_unwanted else None,
    )


def quiet_of(destination: Destination) -> tuple[time, time] | None:
    """A destination's quiet hours, by the wall clock of its association."""
    if destination.quiet_from is None or destination.quiet_until is None:
        return None
    return destination.quiet_from, destination.quiet_until


def _destinations(to: To) -> QuerySet[Destination]:
    # the association once more: a key that was handed in by mistake must not lead to somebody elsewhere
    owners = Q(account__in=to.accounts)
    for kind, key in sorted(to.scopes):
        owners |= Q(scope_kind=kind, scope_id=key)
    return Destination.objects.filter(owners, association=to.association_id).select_related("association")


def _renew(message: Delivery, to: To) -> None:
    """Let what still waits say the latest; a notice that was read is new again."""
    same = {"topic": message.topic, "event": message.event}
    Notice.objects.filter(account__in=to.accounts, made_at__lt=message.made_at, **same).update(
        facts=message.facts, made_at=message.made_at, read_at=None
    )
    Delivery.objects.filter(destination__in=_destinations(to), state__in=OPEN, **same).update(facts=message.facts)


def _supersede(message: Delivery, to: To) -> None:
    """Take back what was told earlier of the same page, and was neither read nor tried to be sent."""
    before = {"topic": message.topic, "link": message.link, "made_at__lt": message.made_at}
    Notice.objects.filter(account__in=to.accounts, read_at=None, **before).exclude(event=message.event).delete()
    unsent = Delivery.objects.filter(destination__in=_destinations(to), state__in=OPEN, tries=0, **before)
    unsent.exclude(event=message.event).delete()
