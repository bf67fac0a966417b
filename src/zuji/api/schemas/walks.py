"""A walk as a phone keeps it."""

from datetime import date, datetime

from ninja import Schema

from zuji.api.schemas.common import Clock, LogEnd, Organisation, Words
from zuji.trail.enums import LegMode


class Campaign(Schema):
    """The campaign, and whether what is seen of it is a rehearsal."""

    id: int
    name: Words
    theme: Words
    opens_on: date
    closes_on: date
    closes_at: datetime
    join_by_list: bool
    rehearsal: bool


class Association(Schema):
    """Who holds it."""

    name: Words


class Site(Schema):
    """A heritage place; `seal` are the characters of its stamp."""

    id: int
    name: Words
    short: str
    seal: str
    about: Words
    address: str
    sample: bool


class Checkpoint(Schema):
    """Where and when one can check in."""

    id: int
    name: Words
    opens_at: datetime
    closes_at: datetime


class Leg(Schema):
    """The way to a stop from the one before."""

    mode: LegMode
    distance_m: int
    minutes: int
    departs_at: datetime | None


class Exhibit(Schema):
    """A thing shown; `image` and `audio` are addresses."""

    id: int
    order: int
    title: Words
    text: Words
    image: str | None
    audio: str | None
    sample: bool


class Hall(Schema):
    """A room of a site."""

    id: int
    order: int
    name: Words
    exhibits: list[Exhibit]


class Stop(Schema):
    """A site's place in the trail."""

    id: int
    order: int
    site: Site
    checkpoints: list[Checkpoint]
    leg: Leg | None
    halls: list[Hall]


class Change(Schema):
    """What everybody who holds the walk is told; `cancelled` says that it does not take place."""

    id: int
    cancelled: bool
    text: Words
    at: datetime


class Walk(Schema):
    """All that a phone needs, with or without network. Organisations only where one may join by choosing one."""

    campaign: Campaign
    association: Association
    clock: Clock
    log: LogEnd
    sample: bool
    stops: list[Stop]
    changes: list[Change]
    organisations: list[Organisation] | None = None
