"""How long the words of walkers are kept: they go with their campaign's reduction, but for what was approved."""

from datetime import datetime

from zuji.checkin.keeping import KEPT_DAYS
from zuji.checkin.models import Campaign
from zuji.core.personal import PersonalTable
from zuji.trail.impressions import reduce_impressions
from zuji.trail.models import Impression


def reduce_due(at: datetime) -> int:
    """What a campaign's own reduction has not reached, of every campaign that was reduced; how many rows."""
    reduced = Campaign.objects.filter(reduced_at__lte=at, impressions__walk_pass__isnull=False).distinct()
    return sum(reduce_impressions(campaign) for campaign in reduced)


WORDS = PersonalTable(model=Impression, purpose="words_of_walker", days=KEPT_DAYS, erase_due=reduce_due)
