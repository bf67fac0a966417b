"""A holder's wish to be forgotten: what names or dates them goes, and what counts stays."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from zuji.checkin.access import pass_by_token
from zuji.checkin.enums import Verb
from zuji.checkin.models import BLANKED, Correction, Item, Pass, PassDetail
from zuji.core.audit import audit

ERASED_TOO: list[Callable[[Pass], int]] = []
"""What packages above erase together with a pass, in the same transaction; each says how many rows it was."""


class Erased(NamedTuple):
    """How many check-ins lost their instant and salt, and how many of the holder's words are gone."""

    checkins: int
    words: int


@transaction.atomic
def erase_own_pass(*, token: bytes, at: datetime) -> Erased:
    """Forget the holder of this token at their own wish.

    Token, name, words, instants and salts go; opaque keys and local dates stay, so that figures and the log stand.
    """
    walk_pass = pass_by_token(token, lock=True)
    walk_pass.token = None
    # from here on its check-ins count as made, which their blank instants no longer say
    walk_pass.withdrawn_at = at
    walk_pass.save(update_fields=["token", "withdrawn_at"])
    PassDetail.objects.filter(walk_pass=walk_pass).delete()
    items = Item.objects.filter(campaign=walk_pass.campaign_id, pass_id=walk_pass.pk)
    made = Correction.objects.filter(campaign=walk_pass.campaign_id, item_id__in=items.values("id"))
    made.update(salt=None)
    checkins = items.update(**dict.fromkeys(BLANKED))
    words = sum(erase(walk_pass) for erase in ERASED_TOO)
    audit(None, Verb.PASS_ERASED, walk_pass, association_id=walk_pass.campaign.association_id, at=at)
    return Erased(checkins, words)
