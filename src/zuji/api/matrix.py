"""Organisations by checkpoints, now and live."""

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router

from zuji.api.frames import matrix_json
from zuji.api.schemas.common import Key, Problem, answers
from zuji.api.schemas.matrix import Matrix
from zuji.api.watching import EVENTS, streamed
from zuji.checkin.live import Topic
from zuji.checkin.viewing import View, campaign_of, view_of
from zuji.core import clock
from zuji.people.guards import for_everybody
from zuji.people.models import Account

router = Router(tags=["matrix"])


@router.get("/campaigns/{campaign}/matrix", response=answers(Matrix, 404))
@for_everybody
def matrix(request: HttpRequest, campaign: Key) -> HttpResponse:
    """In full for those who may see it, for a contact the own organisation's rows, masked for everybody else."""
    view = _view(request, campaign)
    return HttpResponse(matrix_json(campaign, view, at=clock.now()), content_type="application/json")


@router.get(
    "/campaigns/{campaign}/matrix/stream",
    response=dict.fromkeys((404, 422), Problem),
    openapi_extra={"responses": {200: EVENTS}},
)
@for_everybody
async def stream(request: HttpRequest, campaign: Key) -> StreamingHttpResponse:
    """The same as server-sent events: `matrix` with the whole of it at each change, at most twice a second, `ping`."""
    view = await sync_to_async(_view_alone)(request, campaign)
    return streamed(Topic(campaign, view))


def _view_alone(request: HttpRequest, campaign: int) -> View:
    """The same, without a connection that would be kept as long as the stream lasts."""
    try:
        return _view(request, campaign)
    finally:
        close_old_connections()


def _view(request: HttpRequest, campaign: int) -> View:
    account = request.user if isinstance(request.user, Account) else None
    return view_of(account, campaign_of(campaign), at=clock.now())
