"""Impressions, as their writers hand them in and see them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from zuji.api.schemas.common import Key
from zuji.trail.enums import DeclineReason, ImpressionState

LONGEST = 2_000
"""Beyond any text that could still be shortened to fit; how long one may be is said by the act itself, in words."""


class Writing(Schema):
    """What a walker wrote at a stop; the phone draws the id, so that this can wait for a network and be sent again.

    `at` and `sent` are by the phone's clock, right or wrong.
    """

    id: UUID
    stop: Key
    text: Annotated[str, Field(max_length=LONGEST)]
    at: AwareDatetime
    sent: AwareDatetime


class Impression(Schema):
    """One's own impression and what became of it; the words of a withdrawn one are gone."""

    id: UUID
    stop: int
    text: str
    written_at: datetime | None
    state: ImpressionState
    reason: DeclineReason | None


class Impressions(Schema):
    """All that a pass wrote, in the order in which it arrived."""

    impressions: list[Impression]
