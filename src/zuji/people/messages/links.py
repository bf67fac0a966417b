"""Links by which a message's reader stops what comes, without signing in: signed, good for one destination for ever."""

from typing import NamedTuple

from django.conf import settings
from django.core import signing

from zuji.core.errors import Refused
from zuji.people.messages.enums import OFFERED
from zuji.people.messages.errors import Refusal

SALT = "zuji.opt_out"


class OptOut(NamedTuple):
    """What a link stops at which destination: one topic, or with an empty one everything."""

    destination_id: int
    topic: str = ""


def opt_out_url(stop: OptOut) -> str:
    """The whole address of the page that stops it."""
    # without an end: a letter may be opened years later, and all that its link can do is to stop
    token = signing.dumps([stop.destination_id, stop.topic], salt=SALT)
    return f"{settings.BASE_URL}/messages/stop/{token}/"


def read_opt_out(token: str) -> OptOut:
    """What a link's token stops; Refused when it was not made here, or changed."""
    try:
        destination_id, topic = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Refused(Refusal.OPT_OUT_NOT_VALID) from error
    if topic and topic not in OFFERED:
        raise Refused(Refusal.OPT_OUT_NOT_VALID)  # a topic that a later version has no more
    return OptOut(destination_id, topic)
