"""Sending what is due: taken by one conditional UPDATE, sent without a lock, and then written down.

Between sending and writing lies a moment in which a process may die. What it had taken is taken up again after a
while, so that everything comes at least once; such a delivery says `interrupted`, since it may have come twice.
"""

import hashlib
import random
from datetime import datetime
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext

from zuji.people.messages import mail, occasions, receiver, robots
from zuji.people.messages.answers import Outcome, Trouble
from zuji.people.messages.enums import OPEN, URGENT, Channel, DeliveryState, Topic
from zuji.people.messages.links import OptOut, opt_out_url
from zuji.people.messages.models import Delivery, Destination
from zuji.people.messages.schedule import MOST_TRIES, STUCK, TOO_OLD, back_off, held_until
from zuji.people.messages.sealed import opened
from zuji.people.messages.telling import quiet_of
from zuji.people.messages.texts import Told, brief, told_in

log = structlog.get_logger(__name__)
AT_ONCE = 200
"""Destinations of one run; the next run is a minute away."""
LIMITS = {Channel.WECOM: 2000, Channel.DINGTALK: 8000, Channel.FEISHU: 8000}
"""Bytes that a robot's text may have; WeCom's own limit is 2048."""


def send_due(*, at: datetime) -> int:
    """Send everything that is due, destination by destination; how many deliveries went."""
    free_interrupted(at=at)
    due = Delivery.objects.filter(state__in=OPEN, next_try_at__lte=at).order_by("destination")
    keys = list(due.values_list("destination", flat=True).distinct()[:AT_ONCE])
    return sum(send_to(key, at=at) for key in keys)


def send_to(destination_id: int | None, *, at: datetime) -> int:
    """Send one destination what is due to it, as one message; how many deliveries went."""
    taken = claim(destination_id, at=at)
    if not taken:
        return 0
    destination = taken[0].destination
    # closed since it was told
    if destination is None or (destination.account and not destination.account.is_active):
        _end(taken, DeliveryState.GIVEN_UP, at=at)
        return 0
    ready = [each for each in taken if _stays(each, destination, at)]
    if not ready:
        return 0
    outcome = _try(destination, ready, at)
    log.info("messages sent", kind=destination.channel, rows=len(ready), code=outcome.trouble or "sent")
    _note(ready, outcome, at=at)
    return len(ready) if outcome.is_sent else 0


def claim(destination_id: int | None, *, at: datetime) -> list[Delivery]:
    """Take what is due to a destination; another worker finds nothing left to take."""
    mine = uuid4()
    due = Delivery.objects.filter(destination=destination_id, state__in=OPEN, next_try_at__lte=at)
    if not due.update(state=DeliveryState.SENDING, claim=mine, claimed_at=at, tries=F("tries") + 1):
        return []
    rows = Delivery.objects.filter(claim=mine).order_by("made_at", "pk")
    return list(rows.select_related("destination__association", "destination__account"))


def free_interrupted(*, at: datetime) -> int:
    """Let what a dead process had taken be taken again; how many there were."""
    # the claim stays, so that a process that only was slow can still say that it has sent
    stuck = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=at - STUCK)
    return stuck.update(state=DeliveryState.WAITING, next_try_at=at, trouble=Trouble.INTERRUPTED)


def _stays(delivery: Delivery, destination: Destination, at: datetime) -> bool:
    """Whether a taken delivery is to be sent now; one that is not is put where it belongs."""
    if delivery.topic in destination.muted or destination.stopped_at is not None:
        _end([delivery], DeliveryState.OPTED_OUT, at=at)
    elif at - delivery.made_at > TOO_OLD:
        _end([delivery], DeliveryState.GIVEN_UP, at=at)
    elif until := _held(delivery, destination, at):
        _mine([delivery]).update(state=DeliveryState.HELD, next_try_at=until, tries=F("tries") - 1)
    else:
        return True
    return False


def _held(delivery: Delivery, destination: Destination, at: datetime) -> datetime | None:
    if delivery.topic in URGENT:
        return None
    return held_until(at, destination.association.time_zone, quiet_of(destination))


def _try(destination: Destination, deliveries: list[Delivery], at: datetime) -> Outcome:
    """Send, and take whatever goes wrong for an outcome: the others wait for their turn, and this one for its next."""
    try:
        return _post(destination, deliveries, at)
    except Exception:
        log.exception("a message could not be sent", kind=destination.channel)
        return Outcome(Trouble.UNEXPECTED)


def _post(destination: Destination, deliveries: list[Delivery], at: datetime) -> Outcome:
    """Send deliveries as one message."""
    address, secret = opened(destination.address), opened(destination.secret)
    if address is None or secret is None:
        return Outcome(Trouble.SEALED)
    messages = told_in(destination.language, destination.association.time_zone, deliveries)
    local = receiver.local()  # asked at each sending, so that no setting that was read earlier can leak out of a demo
    with translation.override(destination.language), timezone.override(destination.association.time_zone):
        if destination.channel == Channel.EMAIL:
            return mail.post(_letter(destination, address, deliveries, messages), local=local)
        text = brief(messages, limit=LIMITS[Channel(destination.channel)])
        return robots.post(destination.channel, address, secret, text, local=local, at=at)


def _letter(destination: Destination, address: str, deliveries: list[Delivery], messages: list[Told]) -> mail.Mail:
    """A letter that says, below, how its kind and everything can be stopped."""
    everything = opt_out_url(OptOut(destination.pk))
    parts = ["\n".join(filter(None, (each.title, each.body, each.url))) for each in messages]
    topics = dict.fromkeys(each.topic for each in deliveries if each.topic != Topic.TEST)
    stops = [_stop_line(destination, topic) for topic in topics]
    foot = "\n".join((gettext("messages.mail.foot"), *stops, gettext("messages.mail.stop").format(url=everything)))
    several = gettext("messages.several").format(count=len(messages))
    return mail.Mail(
        to=address,
        subject=gettext("messages.brand") + (messages[0].title if len(messages) == 1 else several),
        body="\n\n".join((*parts, f"-- \n{foot}")),
        stop_url=everything if len(topics) != 1 else opt_out_url(OptOut(destination.pk, next(iter(topics)))),
        number=hashlib.sha256(",".join(str(each.pk) for each in deliveries).encode()).hexdigest()[:32],
    )


def _stop_line(destination: Destination, topic: str) -> str:
    url = opt_out_url(OptOut(destination.pk, topic))
    return gettext("messages.mail.stop_topic").format(topic=gettext(f"topic.{topic}"), url=url)


def _note(deliveries: list[Delivery], outcome: Outcome, *, at: datetime) -> None:
    """Write down how a sending ended."""
    if outcome.is_sent:
        _end(deliveries, DeliveryState.SENT, at=at, parcel=uuid4())
    elif outcome.is_for_good:
        _end(deliveries, DeliveryState.FAILED, at=at, trouble=outcome.trouble)
    else:
        tired = [each for each in deliveries if each.tries >= MOST_TRIES]
        _end(tired, DeliveryState.GIVEN_UP, at=at, trouble=outcome.trouble)
        for each in deliveries:
            if each not in tired:
                _again(each, outcome, at)


def _again(delivery: Delivery, outcome: Outcome, at: datetime) -> None:
    # nothing here is a secret: chance only keeps receivers from being met by all at once
    due = at + back_off(delivery.tries, random.random())  # noqa: S311
    _mine([delivery]).update(state=DeliveryState.WAITING, next_try_at=due, trouble=outcome.trouble)


@transaction.atomic
def _end(
    deliveries: list[Delivery],
    state: DeliveryState,
    *,
    at: datetime,
    trouble: Trouble | None = None,
    parcel: UUID | None = None,
) -> None:
    """Close deliveries; of those that failed the administrators hear."""
    changes = {"trouble": trouble} if trouble else {}
    _mine(deliveries).update(state=state, ended_at=at, parcel=parcel, **changes)
    if trouble:
        for each in deliveries:
            each.trouble = trouble
            occasions.delivery_failed(each, at=at)


def _mine(deliveries: list[Delivery]) -> QuerySet[Delivery]:
    """Those of them that nobody else has taken meanwhile."""
    # by the claim and not by the state: what was freed meanwhile and not taken yet is still ours to end
    claims = {each.claim for each in deliveries}
    return Delivery.objects.filter(pk__in=[each.pk for each in deliveries], claim__in=claims)
