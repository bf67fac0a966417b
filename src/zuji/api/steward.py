"""What a steward's phone asks for: codes, scanning, rolls, the location on the spot, taking back."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from zuji.api.schemas import steward as shapes
from zuji.api.schemas.checkins import ItemOut
from zuji.api.schemas.common import Key, answers
from zuji.checkin import actions, queries
from zuji.checkin.access import access_checkpoint, pass_by_token, visible_checkpoints, visible_passes
from zuji.checkin.arriving import arrivals_at
from zuji.checkin.codes import STEP_S
from zuji.checkin.enums import CodeKind
from zuji.checkin.judge import Fix
from zuji.checkin.models import Checkpoint, CodeSerial
from zuji.checkin.rolls import Roll, Seats
from zuji.checkin.serials import code_of, day_at, key_of, zone_of
from zuji.core import clock
from zuji.core.ids import b64, unb64
from zuji.people.enums import Right
from zuji.people.guards import Needs, signed_in

SHOWN_AFTER = timedelta(days=7)
"""How long after its end a checkpoint stays on a steward's list: as long as a roll is taken freely."""
REFUSALS = (401, 403, 404, 409)

router = Router(tags=["stewards"], by_alias=True)


@router.get("/steward", response=answers(shapes.Desk, *REFUSALS), auth=Needs(Right.SHOW_CODES))
def desk(request: HttpRequest) -> dict[str, object]:
    """The checkpoints that one is on duty for."""
    account, at = signed_in(request), clock.now()
    rows = visible_checkpoints(account, Right.SHOW_CODES, at=at).filter(closes_at__gte=at - SHOWN_AFTER)
    rows = rows.select_related("place__stop__site").order_by("opens_at", "pk")
    return {
        "steward": {"name": account.name},
        "now": at,
        "checkpoints": [_duty(checkpoint, at) for checkpoint in rows],
    }


@router.post(
    "/checkpoints/{checkpoint}/screens", response=answers(shapes.Screen, *REFUSALS), auth=Needs(Right.SHOW_CODES)
)
def screen(request: HttpRequest, checkpoint: Key, data: shapes.ScreenIn) -> dict[str, object]:
    """A day's key for a screen, so that it can show codes without network."""
    at = clock.now()
    serial = actions.issue_screen(
        actor=signed_in(request), checkpoint_id=checkpoint, screen=data.screen or uuid4(), at=at
    )
    start, end = _day(serial)
    return {
        "checkpoint": checkpoint,
        "serial": serial.serial,
        "day": serial.day,
        "key": b64(key_of(serial)),
        "prefix": f"{checkpoint}.{CodeKind.SCREEN}{serial.serial}",
        "step_s": STEP_S,
        "server_time": at,
        "from": start,
        "until": end,
        "origin": settings.BASE_URL,
    }


@router.post(
    "/checkpoints/{checkpoint}/grants", response=answers(shapes.Grant, *REFUSALS), auth=Needs(Right.SCAN_PASSES)
)
def grant(request: HttpRequest, checkpoint: Key) -> dict[str, object]:
    """A code of one's own for today, by which scanned passes are checked in."""
    serial = actions.issue_grant(actor=signed_in(request), checkpoint_id=checkpoint, at=clock.now())
    return {"id": serial.pk, "code": code_of(serial), "day": serial.day, "until": _day(serial)[1]}


@router.post("/grants/{serial}/withdraw", response=answers(shapes.Withdrawn, *REFUSALS), auth=Needs(Right.SHOW_CODES))
def withdraw(request: HttpRequest, serial: Key) -> CodeSerial:
    """Refuse a code from now on: one's own grant or screen, or anybody's with the right to withdraw codes."""
    return actions.withdraw_serial(actor=signed_in(request), serial_id=serial, at=clock.now())


@router.post(
    "/checkpoints/{checkpoint}/location",
    response=answers(shapes.Location, *REFUSALS),
    auth=Needs(Right.CONFIRM_LOCATION),
)
def location(request: HttpRequest, checkpoint: Key, data: shapes.LocationIn) -> dict[str, object]:
    """Say, standing there, that the checkpoint is here."""
    fix = Fix(data.lat, data.lon, data.accuracy, data.datum)
    done = actions.confirm_location(actor=signed_in(request), checkpoint_id=checkpoint, fix=fix, at=clock.now())
    return {"coord_status": done.checkpoint.coord_status, "moved_m": done.moved_m}


@router.get(
    "/checkpoints/{checkpoint}/arrivals", response=answers(shapes.Arrivals, *REFUSALS), auth=Needs(Right.SCAN_PASSES)
)
def arrivals(request: HttpRequest, checkpoint: Key) -> dict[str, object]:
    """Who has arrived, by organisation and group, and how many are probably still on phones."""
    at = clock.now()
    here = access_checkpoint(signed_in(request), checkpoint, Right.SCAN_PASSES, at=at)
    standing = asdict(arrivals_at(here))
    groups = [group | {"group": group["group"] or None} for group in standing["groups"]]
    return standing | {"as_of": at, "groups": groups}


@router.get(
    "/checkpoints/{checkpoint}/roster",
    response=answers(list[shapes.Expected], *REFUSALS),
    auth=Needs(Right.ENTER_ROLL),
)
def roster(request: HttpRequest, checkpoint: Key) -> list[dict[str, object]]:
    """The passes that one may tick on a roll there."""
    account, at = signed_in(request), clock.now()
    here = access_checkpoint(account, checkpoint, Right.ENTER_ROLL, at=at)
    mine = set(visible_passes(account, Right.ENTER_ROLL, at=at).values_list("pk", flat=True))
    return [_expected(row) for row in queries.roster(here) if row.walk_pass in mine]


@router.post(
    "/checkpoints/{checkpoint}/rolls",
    response=answers(dict[str, list[ItemOut]], *REFUSALS),
    auth=Needs(Right.ENTER_ROLL),
)
def roll(request: HttpRequest, checkpoint: Key, data: shapes.RollIn) -> dict[str, object]:
    """Enter those who were there; an answer for each pass, then for each head-count."""
    seats = tuple(Seats(one.organisation, one.count) for one in data.seats)
    entered = Roll(data.id, data.reason, _keys(data.passes), seats, data.at)
    items = actions.add_roll(actor=signed_in(request), checkpoint_id=checkpoint, roll=entered, at=clock.now())
    return {"items": items}


@router.post(
    "/checkins/{campaign}/{item}/take-back", response=answers(shapes.TakenBack, *REFUSALS), auth=Needs(Right.TAKE_BACK)
)
def take_back(request: HttpRequest, campaign: Key, item: UUID, data: shapes.TakeBackIn) -> dict[str, object]:
    """Take a check-in back that was none, with a reason."""
    made = actions.take_back(
        actor=signed_in(request), campaign_id=campaign, item_id=item, reason=data.reason, at=clock.now()
    )
    return {"state": made.kind}


def _duty(checkpoint: Checkpoint, at: datetime) -> dict[str, object]:
    place = getattr(checkpoint, "place", None)
    return {
        "id": checkpoint.pk,
        "campaign": checkpoint.activity.campaign_id,
        "name": {"zh": checkpoint.name_zh, "en": checkpoint.name_en},
        "site": place and {"zh": place.stop.site.name_zh, "en": place.stop.site.name_en},
        "opens_at": checkpoint.opens_at,
        "closes_at": checkpoint.closes_at,
        "coord_status": checkpoint.coord_status,
        "day": day_at(checkpoint, at),
    }


def _expected(row: queries.Expected) -> dict[str, object]:
    return {
        "pass": row.walk_pass,
        "organisation": row.organisation,
        "organisation_name": row.name,
        "group": row.group or None,
        "nickname": row.nickname or None,
        "arrived": row.arrived,
    }


def _day(serial: CodeSerial) -> tuple[datetime, datetime]:
    """From midnight to midnight where the checkpoint is; screens and grants are always of one day."""
    day, zone = serial.day or serial.issued_at.date(), zone_of(serial.checkpoint)
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def _keys(passes: Sequence[int | str]) -> list[int]:
    """Passes as they were ticked (by key) or scanned (by token)."""
    return [each if isinstance(each, int) else pass_by_token(unb64(each)).pk for each in passes]
