"""What a steward's phone sends and gets."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

from zuji.api.schemas.common import Key, Words, without_nul
from zuji.api.schemas.passes import TOKEN
from zuji.checkin.enums import CoordStatus, Datum

PASSES_MAX = 200
SEATS_MAX = 500

Reason = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(without_nul)]


class Steward(Schema):
    """Who is on duty."""

    name: str


class Duty(Schema):
    """A checkpoint that one may show codes at; `day` is today there."""

    id: int
    campaign: int
    name: Words
    site: Words | None
    opens_at: datetime
    closes_at: datetime
    coord_status: CoordStatus
    day: date


class Desk(Schema):
    """A steward's checkpoints."""

    steward: Steward
    now: datetime
    checkpoints: list[Duty]


class ScreenIn(Schema):
    """Which screen asks: the same one gets the same serial all day."""

    screen: UUID | None = None


class Screen(Schema):
    """All that a screen needs to show codes for a day without network; `key` is base64url."""

    checkpoint: int
    serial: int
    day: date
    key: str
    prefix: str
    step_s: int
    server_time: datetime
    valid_from: datetime = Field(alias="from")
    until: datetime
    origin: str


class Grant(Schema):
    """A steward's own code for a day, by which scanned passes are checked in; `id` is for withdrawing it."""

    id: int
    code: str
    day: date
    until: datetime


class Withdrawn(Schema):
    """A code that is refused from now on."""

    id: int
    withdrawn_at: datetime


class Group(Schema):
    """A group of an organisation: how many passes, how many of them arrived here."""

    organisation: int
    name: str
    group: str | None
    expected: int
    arrived: int


class Arrivals(Schema):
    """Who has arrived at a checkpoint, and how many are probably still on phones."""

    as_of: datetime
    expected: int
    arrived: int
    probably: int
    last_received: datetime | None
    groups: list[Group]


class Expected(Schema):
    """A pass to tick on a roll; `id` is its key."""

    id: int = Field(alias="pass")
    organisation: int
    organisation_name: str
    group: str | None
    nickname: str | None
    arrived: bool


class LocationIn(Schema):
    """A reading taken on the spot, in metres and degrees."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    accuracy: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
    datum: Datum = Datum.WGS84


class Location(Schema):
    """What became of it."""

    coord_status: CoordStatus
    moved_m: int | None


class SeatsIn(Schema):
    """A head-count of one organisation at the door: person-times, never people."""

    organisation: Key
    count: Annotated[int, Field(ge=1, le=SEATS_MAX)]


class RollIn(Schema):
    """Those who were there, entered afterwards. `id` is drawn by the phone: sent again, it is the same roll."""

    id: UUID
    at: AwareDatetime | None = None
    reason: Reason
    passes: Annotated[list[Key | Annotated[str, Field(pattern=TOKEN)]], Field(max_length=PASSES_MAX)] = []
    seats: Annotated[list[SeatsIn], Field(max_length=PASSES_MAX)] = []


class TakeBackIn(Schema):
    """Why a check-in does not count after all."""

    reason: Reason


class TakenBack(Schema):
    """How the check-in stands now."""

    state: str
