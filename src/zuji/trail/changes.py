"""Writes to changes: what everybody who holds a walk is told of it, and takes it back."""

from datetime import datetime
from typing import Annotated

import msgspec
from django.db import transaction

from zuji.checkin.access import access_campaign
from zuji.core.audit import audit
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.trail import access
from zuji.trail.enums import Verb
from zuji.trail.models import Change
from zuji.trail.wording import CHANGE_CHARS

Said = Annotated[str, msgspec.Meta(max_length=CHANGE_CHARS)]


class News(msgspec.Struct, frozen=True):
    """What is told, in both languages; `cancelled` says that the walk does not take place."""

    text_zh: Said
    text_en: Said
    cancelled: bool = False


@transaction.atomic
def write_change(*, actor: Account, campaign_id: int, news: News, at: datetime) -> Change:
    """Tell everybody who holds a campaign's walk of a change or of its cancellation."""
    campaign = access_campaign(actor, campaign_id, Right.EDIT_TRAIL, at=at)
    change = Change.objects.create(campaign=campaign, written_by=actor, written_at=at, **msgspec.structs.asdict(news))
    audit(actor, Verb.CHANGE_WRITTEN, change, association_id=campaign.association_id, at=at)
    return change


@transaction.atomic
def take_back_change(*, actor: Account, change_id: int, at: datetime) -> Change:
    """Tell a change no longer; the first who takes it back stays the one who is named."""
    change = access.access_change(actor, change_id, Right.EDIT_TRAIL, at=at, lock=True)
    if change.taken_back_at is None:
        change.taken_back_by, change.taken_back_at = actor, at
        change.save(update_fields=["taken_back_by", "taken_back_at"])
        audit(actor, Verb.CHANGE_TAKEN_BACK, change, association_id=change.campaign.association_id, at=at)
    return change
