"""Joining a walk, and what the holder of a pass sees of it."""

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router

from zuji.api.by_pass import PassHolder
from zuji.api.schemas import passes as shapes
from zuji.api.schemas.common import answers
from zuji.api.throttles import PerAddress
from zuji.checkin import actions
from zuji.checkin.arriving import join_target
from zuji.checkin.models import Pass, PassDetail
from zuji.checkin.passes import Joining
from zuji.checkin.published import log_end
from zuji.checkin.queries import checkins_of
from zuji.core import clock
from zuji.core.ids import unb64
from zuji.people.guards import for_everybody

JOINS_A_MINUTE = 600
"""A whole group behind one address joins within a minute; who tries join codes one by one gets nowhere."""

router = Router(tags=["passes"], by_alias=True)


@router.post(
    "/passes",
    response=answers(shapes.Joined, 404, 409, 429),
    throttle=PerAddress(JOINS_A_MINUTE),
)
@for_everybody
def join(request: HttpRequest, data: shapes.Joining) -> dict[str, object]:
    """Join with the token that the phone drew; sent again, it gets the same answer."""
    joining = Joining(
        unb64(data.token), data.campaign, data.join_code, data.organisation, data.nickname and data.nickname.strip()
    )
    return {"pass": _pass(actions.join(joining=joining, at=clock.now()))}


@router.get("/passes/me", response=answers(shapes.Mine, 401), auth=PassHolder())
def mine(request: HttpRequest) -> dict[str, object]:
    """Everything that the home keeps of one's pass: check-ins that stand, with their receipts."""
    walk_pass = request.auth  # type: ignore[attr-defined]  # ninja puts there what the guard returned
    checkins = [asdict(checkin) for checkin in checkins_of(walk_pass)]
    return {"pass": _pass(walk_pass), "joined_at": walk_pass.joined_at, "checkins": checkins, "log": log_end()}


@router.delete("/passes/me", response=answers(shapes.Erased, 401), auth=PassHolder())
def erase(request: HttpRequest) -> dict[str, int]:
    """Forget the holder: token, name, words, instants and salts are gone. Counts stay. Asked again, nobody is known."""
    walk_pass: Pass = request.auth  # type: ignore[attr-defined]  # ninja puts there what the guard returned
    return actions.erase_own_pass(token=bytes(walk_pass.token or b""), at=clock.now())._asdict()


@router.get(
    "/join/{join_code}",
    response=answers(shapes.JoinTarget, 409, 429),
    throttle=PerAddress(JOINS_A_MINUTE),
)
@for_everybody
def target(request: HttpRequest, join_code: Annotated[shapes.JoinCode, Path()]) -> dict[str, object]:
    """Which organisation a join code belongs to, and the campaign that it can join now."""
    campaign, organisation = join_target(join_code, at=clock.now())
    return {"campaign": campaign.pk, "organisation": {"id": organisation.pk, "name": organisation.name}}


def _pass(walk_pass: Pass) -> dict[str, object]:
    detail: PassDetail | None = getattr(walk_pass, "detail", None)
    return {
        "id": walk_pass.pk,
        "campaign": walk_pass.campaign_id,
        "organisation": {"id": walk_pass.organisation_id, "name": walk_pass.organisation.name},
        "nickname": detail.nickname if detail else None,
        "group": walk_pass.group or None,
        "withdrawn": walk_pass.withdrawn_at is not None,
    }
