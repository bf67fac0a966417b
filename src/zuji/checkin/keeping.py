"""How long personal details of a walk are kept: ninety days after it, then they go by themselves."""

from datetime import datetime, timedelta

from zuji.checkin.actions import reduce_campaign
from zuji.checkin.models import Campaign, PassDetail
from zuji.core.personal import PersonalTable

KEPT_DAYS = 90


def reduce_due(at: datetime) -> int:
    """Reduce every campaign that ended ninety days ago; returns how many names went. Safe to repeat."""
    ended = Campaign.objects.filter(reduced_at=None, closes_on__lt=(at - timedelta(days=KEPT_DAYS)).date())
    names = PassDetail.objects.filter(walk_pass__campaign__in=ended).count()
    for campaign in ended:
        reduce_campaign(actor=None, campaign_id=campaign.pk, at=at)
    return names


NICKNAMES = PersonalTable(model=PassDetail, purpose="name_of_walker", days=KEPT_DAYS, erase_due=reduce_due)
