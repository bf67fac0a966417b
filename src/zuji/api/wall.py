"""What a screen in a hall shows of a campaign, now and live; the same for everybody, whoever is signed in."""

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router

from zuji.api.schemas.common import Key, Problem, answers
from zuji.api.schemas.wall import Wall
from zuji.api.watching import EVENTS, WALL, boards, streamed
from zuji.checkin.live import Topic
from zuji.checkin.viewing import campaign_of
from zuji.core import clock
from zuji.people.guards import for_everybody

router = Router(tags=["wall"])


@router.get("/campaigns/{campaign}/wall", response=answers(Wall, 404))
@for_everybody
def wall(request: HttpRequest, campaign: Key) -> HttpResponse:
    """Route, matrix, totals and impressions, without counts of people under three."""
    campaign_of(campaign)
    return HttpResponse(boards.of(campaign).recent(at=clock.now()), content_type="application/json")


@router.get(
    "/campaigns/{campaign}/wall/stream",
    response=dict.fromkeys((404, 422), Problem),
    openapi_extra={"responses": {200: EVENTS}},
)
@for_everybody
async def stream(request: HttpRequest, campaign: Key) -> StreamingHttpResponse:
    """The same as server-sent events: `wall` with the whole of it at each change, at most twice a second, `ping`."""
    await sync_to_async(_find)(campaign)
    return streamed(Topic(campaign, WALL))


def _find(campaign: int) -> None:
    """Refuse a campaign that there is not; no connection is kept as long as the stream lasts."""
    try:
        campaign_of(campaign)
    finally:
        close_old_connections()
