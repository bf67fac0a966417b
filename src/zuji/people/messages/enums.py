"""What people are told of, by which ways, and what can become of a delivery. Keys; the words stand in `locale/`."""

from django.db.models import TextChoices

from zuji.people.messages.schedule import Pace


class Topic(TextChoices):
    """An occasion on which somebody is told something: `told.<topic>.title` and `.text` are its template."""

    ROLE_GRANTED = "role_granted"
    ROLE_LENT = "role_lent"
    ROLE_ENDING = "role_ending"
    TRAIL_OPENED = "trail_opened"
    WORK_ENDED = "work_ended"
    IMPRESSIONS_WAITING = "impressions_waiting"
    NOBODY_SIGNED_UP = "nobody_signed_up"
    CENSUS_ASKED = "census_asked"
    VIEWED_AS = "viewed_as"
    DELIVERY_FAILED = "delivery_failed"
    TEST = "test"


PACES: dict[Topic, Pace] = {
    **dict.fromkeys(Topic, Pace.MINUTE),
    **dict.fromkeys((Topic.VIEWED_AS, Topic.TEST), Pace.AT_ONCE),
    **dict.fromkeys((Topic.IMPRESSIONS_WAITING, Topic.DELIVERY_FAILED), Pace.HOUR),
}
"""How long a message waits for others to come along."""

URGENT = frozenset({Topic.VIEWED_AS, Topic.TEST})
"""These pass quiet hours: somebody looks through one's eyes, or waits before the page for a test."""

LATEST_ONLY = frozenset({Topic.IMPRESSIONS_WAITING, Topic.CENSUS_ASKED})
"""Of these only the latest is of use: what was told before about the same page and not read or sent goes."""

OFFERED = tuple(topic for topic in Topic if topic is not Topic.TEST)
"""What one can opt out of; a test comes only when it is asked for."""


class Channel(TextChoices):
    """By what a destination is reached."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    EMAIL = "email"


class DeliveryState(TextChoices):
    """Where a delivery stands. SENDING is held by one worker; WAITING and HELD are due at `next_try_at`."""

    WAITING = "waiting"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given_up"
    STOPPED = "stopped"
    OPTED_OUT = "opted_out"


OPEN = (DeliveryState.WAITING, DeliveryState.HELD)
"""May still be sent."""
RETRIABLE = (DeliveryState.FAILED, DeliveryState.GIVEN_UP, DeliveryState.STOPPED)
"""May be sent again by somebody's will."""
