"""Joining, and what a pass's holder sees."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from zuji.api.schemas.common import Key, LogEnd, Organisation, without_nul

TOKEN = r"^[A-Za-z0-9_-]{21}[AQgw]$"
"""16 bytes in base64url: of the last character only the four that spell 128 bits."""

Token = Annotated[str, Field(pattern=TOKEN)]
JoinCode = Annotated[str, Field(max_length=16), AfterValidator(without_nul)]
Nickname = Annotated[str, Field(max_length=40), AfterValidator(without_nul)]


class Joining(Schema):
    """A phone's wish to walk: it draws the token itself, so that this can wait for a network and be sent again."""

    token: Token
    campaign: Key
    join_code: JoinCode | None = None
    organisation: Key | None = None
    nickname: Nickname | None = None


class Pass(Schema):
    """A pass, as its holder sees it."""

    id: int
    campaign: int
    organisation: Organisation
    nickname: str | None
    group: str | None
    withdrawn: bool


class Joined(Schema):
    """The pass that was made, now or at an earlier try."""

    walk_pass: Pass = Field(alias="pass")


class Delivered(Schema):
    """A check-in that stands, with its receipt, and what is kept of where it was made; the grade is never shown."""

    checkpoint: int
    id: UUID
    at: datetime | None
    received_at: datetime | None
    evidence: str
    fence: str
    distance_band: str
    accuracy_band: str
    receipt: dict[str, object] | None


class Mine(Schema):
    """Everything that the home keeps of a pass."""

    walk_pass: Pass = Field(alias="pass")
    joined_at: datetime
    checkins: list[Delivered]
    log: LogEnd


class JoinTarget(Schema):
    """What a join code leads to."""

    campaign: int
    organisation: Organisation


class Erased(Schema):
    """How much was erased: check-ins, which go on counting without instant and salt, and the holder's words."""

    checkins: int
    words: int
