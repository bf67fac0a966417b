"""To fetch is to be allowed: trails, stops, sites and impressions as somebody may see them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zuji.checkin.access import visible_campaigns
from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import scope_of
from zuji.trail.models import Change, Impression, Site, Stop, Trail


def visible_trails(account: Account | None, right: Right = Right.SEE_TRAIL, *, at: datetime) -> QuerySet[Trail]:
    """Trails over whose campaign somebody has a right; a contact's right reaches the campaigns of its association."""
    return Trail.objects.filter(activity__campaign__in=visible_campaigns(account, right, at=at))


def access_trail(account: Account | None, trail_id: int, right: Right, *, at: datetime, lock: bool = False) -> Trail:
    """One trail to act on. Unseen is NotFound; seen without the right is Forbidden."""
    if not visible_trails(account, right, at=at).filter(pk=trail_id).exists():
        seen = visible_trails(account, at=at).filter(pk=trail_id).exists()
        raise Forbidden(right) if seen else NotFound("trail")
    rows = Trail.objects.select_related("activity__campaign")
    return (rows.select_for_update(of=("self",)) if lock else rows).get(pk=trail_id)


def visible_stops(account: Account | None, right: Right = Right.SEE_TRAIL, *, at: datetime) -> QuerySet[Stop]:
    """Stops of the trails over whose campaign somebody has a right."""
    rows = Stop.objects.filter(trail__in=visible_trails(account, right, at=at))
    return rows.select_related("site", "trail__activity")


def access_stop(account: Account | None, stop_id: int, right: Right, *, at: datetime, lock: bool = False) -> Stop:
    """One stop to act on, its trail locked with it: what is decided of one stop decides whether the trail may open."""
    trail_id = Stop.objects.filter(pk=stop_id).values_list("trail", flat=True).first()
    if trail_id is None:
        raise NotFound("stop")
    access_trail(account, trail_id, right, at=at, lock=lock)
    rows = Stop.objects.select_related("trail__activity__campaign", "site")
    return (rows.select_for_update(of=("self",)) if lock else rows).get(pk=stop_id)


def visible_changes(account: Account | None, right: Right = Right.SEE_TRAIL, *, at: datetime) -> QuerySet[Change]:
    """Changes of the campaigns over which somebody has a right, those taken back too, the newest first."""
    rows = Change.objects.filter(campaign__in=visible_campaigns(account, right, at=at))
    return rows.select_related("written_by", "taken_back_by")


def access_change(account: Account | None, change_id: int, right: Right, *, at: datetime, lock: bool = False) -> Change:
    """One change to act on. Unseen is NotFound; seen without the right is Forbidden."""
    if not visible_changes(account, right, at=at).filter(pk=change_id).exists():
        seen = visible_changes(account, at=at).filter(pk=change_id).exists()
        raise Forbidden(right) if seen else NotFound("change")
    rows = Change.objects.select_related("campaign")
    return (rows.select_for_update(of=("self",)) if lock else rows).get(pk=change_id)


def visible_sites(account: Account | None, right: Right = Right.SEE_TRAIL, *, at: datetime) -> QuerySet[Site]:
    """Sites of the associations over which somebody has a right."""
    return Site.objects.filter(association__in=scope_of(account, right, at=at).associations)


def visible_impressions(
    account: Account | None, right: Right = Right.SEE_IMPRESSIONS, *, at: datetime
) -> QuerySet[Impression]:
    """Impressions of the campaigns over which somebody has a right, withdrawn ones too, without their words."""
    scope = scope_of(account, right, at=at)
    rows = Impression.objects.filter(Q(campaign__association__in=scope.associations) | Q(campaign__in=scope.campaigns))
    return rows.select_related("campaign", "stop__site", "walk_pass__organisation", "decided_by")


def access_impression(
    account: Account | None, impression_id: UUID, right: Right, *, at: datetime, lock: bool = False
) -> Impression:
    """One impression to act on, locked if asked. Unseen is NotFound; seen without the right is Forbidden."""
    rows = visible_impressions(account, right, at=at).filter(pk=impression_id)
    if lock:
        # whoever waited for the lock gets the new row, but what was joined to the old one: so who decided is not joined
        rows = rows.select_related(None).select_related("campaign").select_for_update(of=("self",))
    found = rows.first()
    if found is None:
        seen = visible_impressions(account, at=at).filter(pk=impression_id)
        raise Forbidden(right) if seen.exists() else NotFound("impression")
    return found
