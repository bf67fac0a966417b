"""Check-ins as phones hand them in. For the document only: the intake reads the body itself, item by item."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from zuji.api.schemas.common import LogEnd, Words
from zuji.checkin.enums import Datum, Grade, Outcome
from zuji.checkin.wire import ITEMS_MAX


class FixIn(Schema):
    """One location reading; it is judged and then dropped."""

    lat: float
    lon: float
    accuracy: float
    datum: Datum = Datum.WGS84


class ItemIn(Schema):
    """What one scan left on the phone. `at` and `sent` are by the phone's clock, right or wrong."""

    id: UUID
    walk_pass: str = Field(alias="pass")
    code: str
    at: AwareDatetime
    sent: AwareDatetime
    fix: FixIn | None = None


class ItemsIn(Schema):
    """Items of one phone, or of a steward's that scanned many."""

    items: Annotated[list[ItemIn], Field(min_length=1, max_length=ITEMS_MAX)]


class ItemOut(Schema):
    """What became of an item: an outcome that is final for its id, or `retry` and when."""

    index: int
    id: str | None
    outcome: Outcome | Annotated[str, Field(pattern="^retry$")]
    grade: Grade | None = None
    first_id: UUID | None = None
    receipt: dict[str, object] | None = None
    code: str | None = None
    say: Words | None = None
    after_s: int | None = None


class ItemsOut(Schema):
    """An answer for each item, after they have been committed."""

    server_time: datetime
    log: LogEnd | None
    items: list[ItemOut]


class Untaken(Schema):
    """A request that was not taken as a whole; the phone keeps its items."""

    code: str
    say: Words
