"""The one way by which anybody is counted. A served home shortens it: the intake answers before Django is asked."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from ninja import Router

from zuji.api.schemas.checkins import ItemsIn, ItemsOut, Untaken
from zuji.api.schemas.common import self_contained
from zuji.checkin.actions import hand_in
from zuji.core import clock
from zuji.people.guards import for_everybody

UNTAKEN = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
BODY = {"required": True, "content": {"application/json": {"schema": self_contained(ItemsIn)}}}

router = Router(tags=["check-ins"])


@router.post(
    "/checkins",
    response={200: ItemsOut, **dict.fromkeys(map(int, sorted(UNTAKEN)), Untaken)},
    openapi_extra={"requestBody": BODY},
)
@for_everybody
def check_in(request: HttpRequest) -> HttpResponse:
    """Hand in 1 to 50 items. Each stands alone and gets its outcome; the answer goes out after the commit."""
    reply = hand_in(body=request.body, address=request.META.get("REMOTE_ADDR", ""), at=clock.now())
    answer = HttpResponse(reply.body, status=reply.status, content_type="application/json")
    if reply.retry_after_s:
        answer["Retry-After"] = str(reply.retry_after_s)
    return answer
