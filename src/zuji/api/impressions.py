"""What a pass's holder writes of the stops where it checked in."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from zuji.api.by_pass import PassHolder
from zuji.api.schemas import impressions as shapes
from zuji.api.schemas.common import answers
from zuji.api.throttles import PerAddress
from zuji.checkin.models import Pass
from zuji.core import clock
from zuji.trail import actions
from zuji.trail.models import Impression
from zuji.trail.queries import impressions_of

WRITTEN_A_MINUTE = 600
"""A whole group behind one address may write within a minute."""

router = Router(tags=["passes"])


@router.post(
    "/passes/me/impressions",
    response=answers(shapes.Impression, 401, 404, 409, 429),
    auth=PassHolder(),
    throttle=PerAddress(WRITTEN_A_MINUTE),
)
def write(request: HttpRequest, data: shapes.Writing) -> dict[str, object]:
    """Hand in what was written; sent again, it gets the same answer. Nobody else sees it before it is approved."""
    writing = actions.Writing(data.id, data.stop, data.text, data.at, data.sent)
    return _seen(actions.write_impression(token=_token(request), writing=writing, at=clock.now()))


@router.get("/passes/me/impressions", response=answers(shapes.Impressions, 401), auth=PassHolder())
def own(request: HttpRequest) -> dict[str, object]:
    """What one wrote oneself, with what became of it, and why where it is not shown."""
    return {"impressions": [_seen(each) for each in impressions_of(_holder(request))]}


@router.delete(
    "/passes/me/impressions/{impression_id}", response=answers(shapes.Impression, 401, 404), auth=PassHolder()
)
def withdraw(request: HttpRequest, impression_id: UUID) -> dict[str, object]:
    """Take one's words back; they are gone at once, also from the wall."""
    return _seen(actions.withdraw_impression(token=_token(request), impression_id=impression_id, at=clock.now()))


def _holder(request: HttpRequest) -> Pass:
    found: Pass = request.auth  # type: ignore[attr-defined]  # ninja puts there what the guard returned
    return found


def _token(request: HttpRequest) -> bytes:
    return bytes(_holder(request).token or b"")


def _seen(impression: Impression) -> dict[str, object]:
    return {
        "id": impression.pk,
        "stop": impression.stop_id,
        "text": impression.text,
        "written_at": impression.written_at,
        "state": impression.state,
        "reason": impression.reason or None,
    }
