"""The walk, as phones keep it."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router

from zuji.api.schemas.common import Key, answers
from zuji.api.schemas.walks import Walk
from zuji.checkin.models import Activity
from zuji.checkin.published import log_end
from zuji.core import clock
from zuji.people.guards import for_everybody
from zuji.trail.documents import walk_at_checkpoint, walk_document, walk_of_campaign

router = Router(tags=["walks"])


@router.get("/by-checkpoint/{checkpoint}", response=answers(Walk, 404))
@for_everybody
def walk_by_checkpoint(request: HttpRequest, checkpoint: Key) -> dict[str, object]:
    """The walk that a checkpoint is part of."""
    return _document(walk_at_checkpoint(checkpoint), at=clock.now())


@router.get("/{campaign}", response=answers(Walk, 404))
@for_everybody
def walk_by_campaign(request: HttpRequest, campaign: Key) -> dict[str, object]:
    """The walk that a campaign is about today, or next."""
    at = clock.now()
    return _document(walk_of_campaign(campaign, at=at), at=at)


def _document(activity: Activity, *, at: datetime) -> dict[str, object]:
    times = {"announced": clock.announced(), "now": at}
    return {**walk_document(activity, at=at), "clock": times, "log": log_end()}
