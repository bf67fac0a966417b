"""To fetch is to be allowed: campaigns, checkpoints, serials, passes and items as somebody may see them."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from zuji.checkin.models import Activity, Campaign, Checkpoint, CodeSerial, Correction, Item, Pass
from zuji.committee.models import ParticipantOrganisation
from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.people.rights import Scope, scope_of

Row = TypeVar("Row", bound=Model)


def _of(scope: Scope, path: str) -> Q:
    """Rows whose campaign, found under `path`, is in scope; a contact's campaigns are those of the association."""
    campaign = f"{path}__" if path else ""
    # asked for apart: joined, each campaign would come once for each of thousands of organisations
    own = ParticipantOrganisation.objects.filter(pk__in=scope.organisations).values("association")
    return (
        Q(**{f"{campaign}association__in": scope.associations})
        | Q(**{f"{campaign}pk__in": scope.campaigns})
        | Q(**{f"{campaign}association__in": own})
    )


def visible_campaigns(
    account: Account | None, right: Right = Right.SEE_CAMPAIGNS, *, at: datetime
) -> QuerySet[Campaign]:
    """Campaigns over which somebody has a right; a contact sees those that their organisation can walk in."""
    return Campaign.objects.filter(_of(scope_of(account, right, at=at), ""))


def access_campaign(account: Account | None, campaign_id: int, right: Right, *, at: datetime) -> Campaign:
    """One campaign to act on. Unseen is NotFound; seen without the right is Forbidden."""
    seen = visible_campaigns(account, at=at).filter(pk=campaign_id)
    return _one(visible_campaigns(account, right, at=at).filter(pk=campaign_id), seen, right, "campaign")


def visible_activities(
    account: Account | None, right: Right = Right.SEE_CAMPAIGNS, *, at: datetime
) -> QuerySet[Activity]:
    """Activities of the campaigns over which somebody has a right."""
    rows = Activity.objects.filter(campaign__in=visible_campaigns(account, right, at=at))
    return rows.select_related("campaign")


def visible_checkpoints(
    account: Account | None, right: Right = Right.SEE_CAMPAIGNS, *, at: datetime
) -> QuerySet[Checkpoint]:
    """Checkpoints of the campaigns over which somebody has a right."""
    rows = Checkpoint.objects.filter(activity__campaign__in=visible_campaigns(account, right, at=at))
    return rows.select_related("activity__campaign__association")


def access_checkpoint(
    account: Account | None, checkpoint_id: int, right: Right, *, at: datetime, lock: bool = False
) -> Checkpoint:
    """One checkpoint to act on, locked if asked."""
    rows = visible_checkpoints(account, right, at=at).filter(pk=checkpoint_id)
    seen = visible_checkpoints(account, at=at).filter(pk=checkpoint_id)
    return _one(rows.select_for_update(of=("self",), no_key=True) if lock else rows, seen, right, "checkpoint")


def visible_serials(account: Account | None, right: Right = Right.SHOW_CODES, *, at: datetime) -> QuerySet[CodeSerial]:
    """Codes of the checkpoints over which somebody has a right."""
    rows = CodeSerial.objects.filter(checkpoint__in=visible_checkpoints(account, right, at=at).select_related(None))
    return rows.select_related("checkpoint__activity")


def access_serial(account: Account | None, serial_id: int, *, at: datetime) -> CodeSerial:
    """One serial to withdraw, locked: the holder's own, or any with the right to withdraw codes."""
    found = CodeSerial.objects.select_for_update(of=("self",)).select_related("checkpoint__activity__campaign")
    serial = found.filter(pk=serial_id).first()
    if serial is None or account is None:
        raise NotFound("serial")
    right = Right.SHOW_CODES if serial.holder_id == account.pk else Right.WITHDRAW_CODES
    access_checkpoint(account, serial.checkpoint_id, right, at=at)
    return serial


def visible_passes(account: Account | None, right: Right = Right.SEE_PASSES, *, at: datetime) -> QuerySet[Pass]:
    """Passes over which somebody has a right; a contact's are those of their own organisations."""
    scope = scope_of(account, right, at=at)
    rows = Pass.objects.filter(
        Q(campaign__association__in=scope.associations)
        | Q(campaign__in=scope.campaigns)
        | Q(organisation__in=scope.organisations)
    )
    return rows.select_related("campaign", "organisation", "detail")


def access_pass(account: Account | None, pass_id: int, right: Right, *, at: datetime, lock: bool = False) -> Pass:
    """One pass to act on, locked if asked."""
    rows = visible_passes(account, right, at=at).filter(pk=pass_id)
    seen = visible_passes(account, at=at).filter(pk=pass_id)
    return _one(rows.select_for_update(of=("self",)) if lock else rows, seen, right, "pass")


def pass_by_token(token: bytes, *, lock: bool = False) -> Pass:
    """The pass of whoever holds its token: to hold it is to be allowed."""
    rows = Pass.objects.select_related("campaign__association", "organisation", "detail").filter(token=token)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound("pass")
    return found


def visible_items(account: Account | None, right: Right = Right.SEE_CHECKINS, *, at: datetime) -> QuerySet[Item]:
    """Items over which somebody has a right; a contact's are those of their own organisations."""
    scope = scope_of(account, right, at=at)
    return Item.objects.filter(
        Q(campaign__association__in=scope.associations)
        | Q(campaign__in=scope.campaigns)
        | Q(organisation_id__in=scope.organisations)
    )


def visible_corrections(
    account: Account | None, right: Right = Right.SEE_CHECKINS, *, at: datetime
) -> QuerySet[Correction]:
    """Corrections of the items over which somebody has a right."""
    item = visible_items(account, right, at=at).filter(campaign=OuterRef("campaign"), id=OuterRef("item_id"))
    return Correction.objects.filter(Exists(item))


def access_item(account: Account | None, campaign_id: int, item_id: UUID, right: Right, *, at: datetime) -> Item:
    """One item to act on."""
    wanted = Q(campaign=campaign_id, id=item_id)
    seen = visible_items(account, at=at).filter(wanted)
    return _one(visible_items(account, right, at=at).filter(wanted), seen, right, "item")


def _one(rows: QuerySet[Row], seen: QuerySet[Row], right: Right, kind: str) -> Row:
    found = rows.first()
    if found is None:
        raise Forbidden(right) if seen.exists() else NotFound(kind)
    return found
