"""Writes to notices, destinations and deliveries: one verb, one function."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from zuji.core.audit import audit
from zuji.core.errors import Invalid, NotFound, Refused
from zuji.core.jobs import after_commit
from zuji.people.enums import Right, Verb
from zuji.people.messages import access
from zuji.people.messages.addresses import SERVICES, is_secret, masked, token_of
from zuji.people.messages.enums import OFFERED, OPEN, PACES, RETRIABLE, Channel, DeliveryState, Topic
from zuji.people.messages.errors import Refusal
from zuji.people.messages.links import read_opt_out
from zuji.people.messages.models import Delivery, Destination, Notice
from zuji.people.messages.sealed import mark_of, shut
from zuji.people.messages.telling import Job, delivery_of
from zuji.people.messages.values import Habits, NewDestination
from zuji.people.models import Account

MOST_DESTINATIONS = 10
BETWEEN_TESTS = timedelta(seconds=10)


def read_notice(*, actor: Account, notice_id: int, at: datetime) -> Notice:
    """Mark one of one's own notices as read; it stays read from the first time."""
    notice = access.visible_notices(actor).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("notice")
    # conditional, so that a second look does not move the first
    access.visible_notices(actor).filter(pk=notice_id, read_at=None).update(read_at=at)
    return notice


def read_all(*, actor: Account, at: datetime) -> int:
    """Mark everything that one was told until now as read; how many that were."""
    return access.visible_notices(actor).filter(read_at=None, made_at__lte=at).update(read_at=at)


@transaction.atomic
def add_destination(*, actor: Account, owner: access.Owner, values: NewDestination, at: datetime) -> Destination:
    """Name a place where messages go, for oneself or for an organisation; the address is kept under seal."""
    access.access_owner(actor, owner, at=at)
    address = _address(values)
    _judge(values)
    if access.destinations_of(actor, owner, at=at).count() >= MOST_DESTINATIONS:
        raise Refused(Refusal.TOO_MANY_DESTINATIONS, most=MOST_DESTINATIONS)
    made = Destination(
        association_id=owner.association_id,
        account_id=owner.account_id,
        scope_kind=owner.scope_kind,
        scope_id=owner.scope_id,
        channel=values.channel,
        address=shut(address),
        secret=shut(values.secret.strip()),
        mark=mark_of(values.channel, address),
        shown=masked(address),
        kept_since=at,
    )
    _take(made, values.habits)
    # two who name the same place at once both find it absent; the constraint tells one of them
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Refused(Refusal.DESTINATION_TWICE, field="address") from error
    _told(actor, Verb.DESTINATION_ADDED, made, at)
    return made


@transaction.atomic
def change_destination(*, actor: Account, destination_id: int, habits: Habits, at: datetime) -> Destination:
    """Say anew how a destination wants to be told; it also confirms that it is still wanted."""
    destination = access.access_destination(actor, destination_id, at=at, lock=True)
    _take(destination, habits)
    destination.kept_since = at
    destination.save(update_fields=["language", "quiet_from", "quiet_until", "muted", "kept_since"])
    _told(actor, Verb.DESTINATION_CHANGED, destination, at)
    return destination


@transaction.atomic
def stop_destination(*, actor: Account, destination_id: int, at: datetime) -> Destination:
    """Send nothing there any more, until somebody starts it again."""
    destination = access.access_destination(actor, destination_id, at=at, lock=True)
    _stop(destination, at)
    _told(actor, Verb.DESTINATION_STOPPED, destination, at)
    return destination


@transaction.atomic
def start_destination(*, actor: Account, destination_id: int, at: datetime) -> Destination:
    """Send there again; what was not sent meanwhile stays unsent."""
    destination = access.access_destination(actor, destination_id, at=at, lock=True)
    destination.stopped_at, destination.kept_since = None, at
    destination.save(update_fields=["stopped_at", "kept_since"])
    _told(actor, Verb.DESTINATION_STARTED, destination, at)
    return destination


@transaction.atomic
def drop_destination(*, actor: Account, destination_id: int, at: datetime) -> None:
    """Forget a destination and its address; what was sent stays in the log."""
    destination = access.access_destination(actor, destination_id, at=at, lock=True)
    forget(destination, at=at)
    _told(actor, Verb.DESTINATION_DROPPED, destination, at)


def forget(destination: Destination, *, at: datetime) -> None:
    """Erase a destination; what still waited for it is given up."""
    key = destination.pk
    destination.deliveries.filter(state__in=OPEN).update(state=DeliveryState.GIVEN_UP, ended_at=at)
    destination.delete()
    destination.pk = key  # for the audit trail, which names the row that is gone


@transaction.atomic
def send_test(*, actor: Account, destination_id: int, at: datetime) -> Delivery:
    """Send a destination a message that only shows that it arrives; at once, even in quiet hours."""
    destination = access.access_destination(actor, destination_id, at=at, lock=True)
    if destination.deliveries.filter(topic=Topic.TEST, made_at__gt=at - BETWEEN_TESTS).exists():
        raise Refused(Refusal.TESTED_JUST_NOW)
    test = Delivery(topic=Topic.TEST, event=uuid4().hex, facts={"who": actor.pk}, pace=PACES[Topic.TEST], made_at=at)
    delivery = delivery_of(test, destination)
    # a test is asked for by hand, so it goes to a destination that is stopped too
    delivery.state, delivery.ended_at = DeliveryState.WAITING, None
    delivery.save()
    after_commit(Job.SEND, destination_id=destination.pk)
    return delivery


@transaction.atomic
def opt_out(*, token: str, at: datetime) -> Destination:
    """Stop a topic, or everything, at a destination, by the link of a message; to follow it twice changes nothing."""
    stop = read_opt_out(token)
    # no access rule: the link was sent to whoever holds it
    destination = Destination.objects.select_for_update().filter(pk=stop.destination_id).first()
    if destination is None:
        raise Refused(Refusal.DESTINATION_GONE)
    if not stop.topic:
        _stop(destination, at)
    elif stop.topic not in destination.muted:
        destination.muted = [*destination.muted, stop.topic]
        destination.save(update_fields=["muted"])
    _told(None, Verb.OPTED_OUT, destination, at, **({"topic": stop.topic} if stop.topic else {}))
    return destination


@transaction.atomic
def send_again(*, actor: Account, delivery_id: int, at: datetime) -> Delivery:
    """Try a delivery once more that failed, was given up or stopped."""
    delivery = access.access_delivery(actor, delivery_id, Right.RESEND_MESSAGES, at=at, lock=True)
    if delivery.destination_id is None:
        raise Refused(Refusal.DESTINATION_GONE)
    if delivery.state not in RETRIABLE:
        raise Refused(Refusal.DELIVERY_OPEN)
    delivery.state, delivery.next_try_at, delivery.ended_at, delivery.tries = DeliveryState.WAITING, at, None, 0
    # its age counts from now on, or it would be given up as too old
    delivery.made_at = at
    delivery.save(update_fields=["state", "next_try_at", "ended_at", "tries", "made_at"])
    _told(actor, Verb.DELIVERY_RETRIED, delivery, at)
    after_commit(Job.SEND, destination_id=delivery.destination_id)
    return delivery


@transaction.atomic
def stop_delivery(*, actor: Account, delivery_id: int, at: datetime) -> Delivery:
    """Do not send a delivery that still waits."""
    delivery = access.access_delivery(actor, delivery_id, Right.RESEND_MESSAGES, at=at, lock=True)
    if delivery.state not in OPEN:
        raise Refused(Refusal.DELIVERY_CLOSED)
    delivery.state, delivery.ended_at = DeliveryState.STOPPED, at
    delivery.save(update_fields=["state", "ended_at"])
    _told(actor, Verb.DELIVERY_STOPPED, delivery, at)
    return delivery


def _address(values: NewDestination) -> str:
    """What is kept of an address: an e-mail address, or a hook's token."""
    if values.channel in SERVICES:
        token = token_of(values.channel, values.address)
        if token is None:
            raise Invalid(Refusal.NOT_A_HOOK, field="address")
        return token
    address = values.address.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(Refusal.NOT_AN_ADDRESS, field="address") from error
    return address


def _judge(values: NewDestination) -> None:
    secret = values.secret.strip()
    if not secret:
        return
    if values.channel not in (Channel.DINGTALK, Channel.FEISHU):
        raise Invalid(Refusal.SECRET_NOT_USED, field="secret")
    if not is_secret(values.channel, secret):
        raise Invalid(Refusal.BAD_SECRET, field="secret")


def _take(destination: Destination, habits: Habits) -> None:
    if (habits.quiet_from is None) != (habits.quiet_until is None):
        raise Invalid(Refusal.QUIET_HALF, field="quiet_until" if habits.quiet_from else "quiet_from")
    destination.language = habits.language
    destination.quiet_from, destination.quiet_until = habits.quiet_from, habits.quiet_until
    destination.muted = [topic for topic in OFFERED if topic in habits.muted]


def _stop(destination: Destination, at: datetime) -> None:
    if destination.stopped_at is None:
        destination.stopped_at = at
        destination.save(update_fields=["stopped_at"])


def _told(actor: Account | None, verb: Verb, row: Destination | Delivery, at: datetime, **facts: Any) -> None:  # noqa: ANN401 - as audit has them
    # which way, never which address
    audit(actor, verb, row, association_id=row.association_id, at=at, channel=row.channel, **facts)
