"""A wall."""

from datetime import datetime

from ninja import Schema

from zuji.api.schemas.common import Words
from zuji.api.schemas.matrix import Count


class Named(Schema):
    """The campaign."""

    id: int
    name: Words


class Station(Schema):
    """A site on the way: how many have been here, how many are on the way from here to the next."""

    name: Words
    short: str
    letters: str
    mode: str
    here: Count
    leaving: Count


class BoardRow(Schema):
    """An organisation, and how many of its people have been at each station; `co` where it is a co-building unit."""

    id: int
    name: str
    full: str
    co: bool
    cells: list[Count]


class Firms(Schema):
    """How many firms took part, as a briefing prints it, and how many the campaign means to reach."""

    value: int
    printed: Words
    target: int | None


class People(Schema):
    """How many people of those firms took part; not printed where it is hidden."""

    value: Count
    printed: Words | None


class Totals(Schema):
    """Figures T2 and T3 of the campaign."""

    firms: Firms
    people: People


class Quote(Schema):
    """What somebody wrote at a site, approved to be shown."""

    text: str
    site: Words


class Wall(Schema):
    """The whole of it. `begins_at` and `ends_at` say when one can check in on the day that is shown."""

    build: str
    campaign: Named
    activity: Words | None
    begins_at: datetime | None
    ends_at: datetime | None
    as_of: datetime
    rehearsal: bool
    sample: bool
    demo: bool
    join: str
    passes: Count
    setting_out: Count
    stations: list[Station]
    times: Count
    last_at: datetime | None
    on_phones: Count
    rows: list[BoardRow]
    totals: Totals
    impressions: list[Quote]
