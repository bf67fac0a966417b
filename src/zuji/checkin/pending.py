"""What is still to be done about campaigns: reads for pages that remind. Whoever asks has been let to the campaigns."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from zuji.checkin.enums import CodeKind, CoordStatus, Outcome
from zuji.checkin.models import Activity, Campaign, Checkpoint, CodeSerial, Item, Pass
from zuji.committee.models import ParticipantOrganisation

Campaigns = Iterable[Campaign]


def unsigned(campaigns: Campaigns) -> dict[int, int]:
    """By campaign: how many organisations announced people, but have nobody signed up."""
    signed = Pass.objects.filter(organisation=OuterRef("pk"), campaign=OuterRef(OuterRef("pk")), withdrawn_at=None)
    announced = ParticipantOrganisation.objects.filter(association=OuterRef("association"), expected__gt=0)
    counts = announced.filter(~Exists(signed)).order_by().values("association").annotate(n=Count("pk")).values("n")
    rows = Campaign.objects.filter(pk__in=[each.pk for each in campaigns]).annotate(n=Subquery(counts))
    return {key: n for key, n in rows.order_by("opens_on", "pk").values_list("pk", "n") if n}


def unconfirmed(campaigns: Campaigns, *, at: datetime) -> QuerySet[Checkpoint]:
    """Checkpoints that are not closed yet and whose location nobody has confirmed, those that open first on top."""
    rows = _open_later(campaigns, at).filter(coord_status=CoordStatus.UNVERIFIED)
    return rows.select_related("activity")


def without_code(campaigns: Campaigns, *, until: datetime, at: datetime) -> QuerySet[Checkpoint]:
    """Checkpoints that open by an instant without a poster that is valid, those that open first on top."""
    posters = CodeSerial.objects.filter(checkpoint=OuterRef("pk"), kind=CodeKind.POSTER, withdrawn_at=None)
    return _open_later(campaigns, at).filter(~Exists(posters), opens_at__lte=until).select_related("activity")


def has_screen(holder_id: int, day: date) -> bool:
    """Whether somebody has shown a screen or taken a grant on a day."""
    return CodeSerial.objects.filter(holder=holder_id, day=day, withdrawn_at=None).exists()


def held_on(campaigns: Campaigns, first: date, last: date) -> list[Activity]:
    """Activities of these days, rehearsals left out, each with its campaign and checkpoints."""
    keys = [each.pk for each in campaigns]
    rows = Activity.objects.filter(campaign__in=keys, rehearsal=False, held_on__range=(first, last))
    return list(rows.select_related("campaign").prefetch_related("checkpoints").order_by("held_on", "pk"))


def signed_up(campaigns: Campaigns, organisations: Collection[int]) -> dict[tuple[int, int], int]:
    """By campaign and organisation: how many passes are good; none where there is none."""
    rows = Pass.objects.filter(campaign__in=[each.pk for each in campaigns], organisation__in=organisations)
    counts = rows.filter(withdrawn_at=None).order_by().values("campaign_id", "organisation_id").annotate(n=Count("pk"))
    return {(row["campaign_id"], row["organisation_id"]): row["n"] for row in counts}


def not_arrived(activity: Activity, organisations: Collection[int]) -> int:
    """How many good passes of some organisations have no check-in at an activity."""
    keys = [checkpoint.pk for checkpoint in activity.checkpoints.all()]
    came = Item.objects.filter(
        campaign=OuterRef("campaign"), pass_id=OuterRef("pk"), outcome=Outcome.ACCEPTED, checkpoint_id__in=keys
    )
    rows = Pass.objects.filter(campaign=activity.campaign_id, organisation__in=organisations, withdrawn_at=None)
    return rows.filter(~Exists(came)).count()


def _open_later(campaigns: Campaigns, at: datetime) -> QuerySet[Checkpoint]:
    keys = [each.pk for each in campaigns]
    return Checkpoint.objects.filter(Q(activity__campaign__in=keys), closes_at__gt=at).order_by("opens_at", "order")
