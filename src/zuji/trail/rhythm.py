"""When people check in: by the quarter of an hour, and where. Read from the published relations."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from zuji.checkin.models import Campaign

QUARTER: Final = timedelta(minutes=15)
_COUNTED: Final = """from facts.checkins as checkin
left join facts.stops as stop on stop.checkpoint_id = checkin.checkpoint_id
where checkin.campaign_id = %(campaign)s and checkin.pass_id is not null and checkin.counted_from <= %(as_of)s
and (checkin.taken_back_at is null or checkin.taken_back_at > %(as_of)s)
and (%(organisations)s::bigint[] is null or checkin.organisation_id = any(%(organisations)s::bigint[]))"""
_DAYS: Final = f"select checkin.local_date, count(*) {_COUNTED} group by 1 order by 1"
_QUARTERS: Final = f"""select date_bin('15 minutes', checkin.at, 'epoch'), stop.site_id, checkin.checkpoint_id, count(*)
{_COUNTED} and checkin.local_date = %(day)s and checkin.at is not null group by 1, 2, 3 order by 1, 2, 3"""


class Quarter(NamedTuple):
    """Check-ins at a checkpoint in the quarter of an hour that begins at an instant; None where it is at no site."""

    begins: datetime
    site: int | None
    checkpoint: int
    checkins: int


def days_of(campaign: Campaign, *, as_of: datetime, organisations: Collection[int] | None = None) -> dict[date, int]:
    """The days on which somebody checked in, and how often, of all organisations or of some; heads are not counted."""
    return dict(_rows(_DAYS, _asked(campaign, as_of, organisations)))


def quarters_of(
    campaign: Campaign, day: date, *, as_of: datetime, organisations: Collection[int] | None = None
) -> list[Quarter]:
    """The same by quarters of a day's hours and by checkpoint; empty once the campaign is reduced: hours are gone."""
    asked = _asked(campaign, as_of, organisations)
    return [Quarter(*row) for row in _rows(_QUARTERS, asked | {"day": day})]


def _asked(campaign: Campaign, as_of: datetime, organisations: Collection[int] | None) -> dict[str, Any]:
    some = None if organisations is None else list(organisations)
    return {"campaign": campaign.pk, "as_of": as_of, "organisations": some}


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())
