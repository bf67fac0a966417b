"""Reminding participant organisations that announced people and have signed nobody up."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from zuji.checkin.access import access_campaign
from zuji.checkin.listings import organisations_without_pass
from zuji.core.audit import audit
from zuji.people.enums import Right, Verb
from zuji.people.messages.occasions import nobody_signed_up
from zuji.people.models import Account


class Reminded(NamedTuple):
    """How many organisations are told, and how many there is no way to tell: no contact and no destination."""

    told: int
    unreached: int


@transaction.atomic
def remind_organisations(*, actor: Account, campaign_id: int, at: datetime) -> Reminded:
    """Remind each such organisation of a campaign; one that was reminded today already is not told twice."""
    campaign = access_campaign(actor, campaign_id, Right.SEND_REMINDERS, at=at)
    key = campaign.association_id
    told = [
        nobody_signed_up(each, campaign, association_id=key, at=at) for each in organisations_without_pass(campaign)
    ]
    reminded = Reminded(told=sum(told), unreached=len(told) - sum(told))
    audit(actor, Verb.ORGANISATIONS_REMINDED, campaign, association_id=key, at=at, organisations=reminded.told)
    return reminded
