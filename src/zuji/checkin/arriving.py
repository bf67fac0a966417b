"""Where a join code leads, and how a checkpoint fills."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Max

from zuji.checkin.errors import Refusal
from zuji.checkin.models import Campaign, Checkpoint, MatrixCell
from zuji.checkin.queries import Arrival, arrivals, still_on_phones
from zuji.committee.models import ParticipantOrganisation
from zuji.core.errors import Refused


@dataclass(frozen=True, kw_only=True)
class Arrivals:
    """Passes expected and arrived at a checkpoint, in all and by group, and what is probably still on phones."""

    expected: int
    arrived: int
    probably: int
    last_received: datetime | None
    groups: list[Arrival]


def arrivals_at(checkpoint: Checkpoint) -> Arrivals:
    """How a checkpoint stands now."""
    groups = arrivals(checkpoint)
    probably = still_on_phones(checkpoint.activity.campaign_id)
    last = MatrixCell.objects.filter(checkpoint=checkpoint).aggregate(last=Max("last_received"))["last"]
    return Arrivals(
        expected=sum(group.expected for group in groups),
        arrived=sum(group.arrived for group in groups),
        probably=sum(count for (_, place), count in probably.items() if place == checkpoint.pk),
        last_received=last,
        groups=groups,
    )


def join_target(join_code: str, *, at: datetime) -> tuple[Campaign, ParticipantOrganisation]:
    """The organisation of a join code, and the campaign that one joins by it: the one that runs, else the next one."""
    found = ParticipantOrganisation.objects.select_related("association").filter(join_code=join_code.upper()).first()
    if found is None:
        raise Refused(Refusal.UNKNOWN_JOIN_CODE)
    today = at.astimezone(ZoneInfo(found.association.time_zone)).date()
    campaigns = Campaign.objects.filter(association=found.association_id, closes_on__gte=today)
    campaign = campaigns.order_by("opens_on", "pk").first()
    if campaign is None:
        raise Refused(Refusal.CAMPAIGN_OVER)
    return campaign, found
