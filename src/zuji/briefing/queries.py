"""Figures and their traces, counted live; and what was published. Time is always an argument."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from zuji.briefing.definitions import Definition, catalogue
from zuji.briefing.figures import Figure, cut_off, rounded
from zuji.briefing.ledger import Counted, Entry, Total, Value
from zuji.briefing.models import LedgerEntry
from zuji.briefing.wording import printed
from zuji.checkin.models import Activity, Campaign
from zuji.checkin.viewing import View
from zuji.core.errors import NotFound
from zuji.core.models import Association
from zuji.core.texts import both

NAMES = {
    "site_id": "select site_id, name_zh, name_en from facts.sites where site_id = any(%s)",
    "organisation_id": "select participant_id, name, name from facts.participants where participant_id = any(%s)",
    "campaign_id": "select campaign_id, name_zh, name_en from facts.campaigns where campaign_id = any(%s)",
    "activity_id": "select activity_id, name_zh, name_en from facts.activities where activity_id = any(%s)",
    "enterprise_id": "select enterprise_id, name, name from facts.enterprises where enterprise_id = any(%s)",
    "party_organisation_id": "select organisation_id, name, name from facts.organisations"
    " where organisation_id = any(%s)",
    "checkpoint_id": "select checkpoint_id, name_zh, name_en from facts.checkpoints where checkpoint_id = any(%s)",
}
"""For dimensions that have a name: key, Chinese and English name of those with given keys."""


BESIDE_A_MATRIX = {"checkins": "T4", "person_times": "T5", "people": "T6", "seats": "T10"}
"""The figures of a campaign that stand beside its matrix."""
_OF_SOME = """select '{name}', coalesce(sum(weight), 0)::bigint from ({select}) as counted
where %(organisations)s::bigint[] is null or organisation_id = any(%(organisations)s)"""

_SHARES = """select {dimension}, sum(weight)::bigint from ({select}) as counted
where %(organisations)s::bigint[] is null or organisation_id = any(%(organisations)s) group by 1 order by 1"""

_SUM = "select coalesce(sum(weight), 0)::bigint from ({select}) as counted"


class Bounds(NamedTuple):
    """The values of a SELECT's parameters: keys, and the last instant that counts."""

    association: int
    campaign: int | None
    as_of: datetime


def definition_of(indicator_id: str) -> Definition:
    """An indicator by its id, NotFound where there is none."""
    if (definition := catalogue().get(indicator_id)) is None:
        raise NotFound("indicator")
    return definition


class Computed(NamedTuple):
    """A figure and the rows that it counts."""

    figure: Figure
    rows: Counted


def compute(
    indicator_id: str, *, association: Association, as_of: date | datetime, campaign: int | None = None
) -> Figure:
    """One figure. A date means the end of that day in the association's zone; `campaign` None counts all of them."""
    return computed(indicator_id, association=association, as_of=as_of, campaign=campaign).figure


def computed(
    indicator_id: str, *, association: Association, as_of: date | datetime, campaign: int | None = None
) -> Computed:
    """The same with what it counts, counted once."""
    definition = definition_of(indicator_id)
    bounds = bounds_of(association, as_of, campaign)
    whole = counted(catalogue()[definition.share_of], bounds).value if definition.share_of else None
    rows = counted(definition, bounds)
    return Computed(figure_of(definition, rows.total, as_of=bounds.as_of, whole=whole), rows)


def all_figures(*, association: Association, as_of: date | datetime, campaign: int | None = None) -> list[Figure]:
    """Every indicator's figure, in the order of their ids; of one campaign those alone that can be asked of one."""
    bounds = bounds_of(association, as_of, campaign)
    asked = {name: each for name, each in catalogue().items() if campaign is None or each.by_campaign}
    totals = {name: counted(definition, bounds).total for name, definition in asked.items()}
    wholes = {name: totals[of.share_of].value if of.share_of else None for name, of in asked.items()}
    return [
        figure_of(definition, totals[name], as_of=bounds.as_of, whole=wholes[name])
        for name, definition in asked.items()
    ]


def trace(
    indicator_id: str, *, association: Association, as_of: date | datetime, campaign: int | None = None
) -> list[Entry]:
    """What a figure counts: one entry a key, in the order of the keys; the weights add up to its value."""
    return counted(definition_of(indicator_id), bounds_of(association, as_of, campaign)).entries


def breakdown(entries: Iterable[Entry], dimension: str) -> dict[str, int]:
    """Weights by the values of one dimension, such as check-ins by grade."""
    shares: Counter[str] = Counter()
    for entry in entries:
        shares[str(entry.dimensions[dimension])] += entry.weight
    return dict(sorted(shares.items()))


def named(entries: Iterable[Entry]) -> list[dict[str, dict[str, str]]]:
    """For each entry its dimensions that have a name, as dimension → `{"zh", "en"}`."""
    listed = list(entries)
    dimensions = [name for name in (listed[0].dimensions if listed else ()) if name in NAMES]
    names = {name: _names(name, {entry.dimensions[name] for entry in listed}) for name in dimensions}
    return [{name: names[name][entry.dimensions[name]] for name in dimensions} for entry in listed]


def walk_totals(
    campaign: Campaign, view: View, *, as_of: datetime, names: Iterable[str] = BESIDE_A_MATRIX
) -> dict[str, int]:
    """What stands beside a matrix as such a view shows it: check-ins, person-times, people, seats, or some of them. To
    the public: none.

    Summed in SQL around the indicators' own SELECTs, so that a live page costs no trace and cannot differ from it.
    """
    if view.masked:
        return {}
    bounds = bounds_of(campaign.association, as_of, campaign.pk)._asdict()
    some = None if view.organisations is None else list(view.organisations)
    with connection.cursor() as cursor:
        cursor.execute(_totals(names), bounds | {"organisations": some})
        return dict(cursor.fetchall())


class Stated(NamedTuple):
    """A figure's exact value, and how a briefing would print it."""

    value: int
    printed: dict[str, str]


def stated(indicators: Iterable[str], *, association: Association, as_of: datetime, campaign: int) -> dict[str, Stated]:
    """Figures of a campaign for a page that is drawn again and again: their values and words, without a trace.

    Summed in SQL around the indicators' own SELECTs, so that a board cannot differ from the briefing.
    """
    bounds = bounds_of(association, as_of, campaign)._asdict()
    found: dict[str, Stated] = {}
    with connection.cursor() as cursor:
        for name in indicators:
            definition = definition_of(name)
            cursor.execute(_SUM.format(select=definition.statement), bounds)
            (value,) = cursor.fetchone()
            found[name] = Stated(value, printed(rounded(value, definition.rule), definition.unit))
    return found


def course(indicator_id: str, *, association: Association, cut_offs: Iterable[date | datetime]) -> list[int]:
    """An indicator's exact values at several cut-offs, in their order, each counted anew; without a trace."""
    statement = _SUM.format(select=definition_of(indicator_id).statement)
    values: list[int] = []
    with connection.cursor() as cursor:
        for as_of in cut_offs:
            cursor.execute(statement, bounds_of(association, as_of)._asdict())
            values.append(cursor.fetchone()[0])
    return values


def shares(indicator_id: str, dimension: str, *, campaign: Campaign, view: View, as_of: datetime) -> dict[Value, int]:
    """A campaign's weights by the values of one dimension, of the organisations that a view shows; to the public none.

    Summed in SQL around the indicator's own SELECT; that one must have this dimension and `organisation_id`.
    """
    if view.masked:
        return {}
    some = None if view.organisations is None else list(view.organisations)
    statement = _SHARES.format(dimension=dimension, select=definition_of(indicator_id).statement)
    with connection.cursor() as cursor:
        cursor.execute(
            statement, bounds_of(campaign.association, as_of, campaign.pk)._asdict() | {"organisations": some}
        )
        return dict(cursor.fetchall())


class Difference(NamedTuple):
    """What makes a figure another than a published one: rows that came, that went, and that weigh otherwise now."""

    came: list[Entry]
    went: list[Entry]
    weighed: list[Entry]
    definition_changed: bool

    @property
    def total(self) -> int:
        """By how much it is more; less where negative."""
        return sum(entry.weight for entry in (*self.came, *self.weighed)) - sum(entry.weight for entry in self.went)


def difference(published: LedgerEntry, now: Counted, definition: Definition) -> Difference:
    """Why a figure is not what was published: by the rows that each counted. `weighed` holds changes of weight."""
    evidence = published.evidence
    before = {entry.key: entry for entry in Counted(tuple(evidence.columns), tuple(map(tuple, evidence.rows))).entries}
    after = {entry.key: entry for entry in now.entries}
    both_count = after.keys() & before.keys()
    changes = {key: after[key].weight - before[key].weight for key in both_count}
    return Difference(
        came=[entry for key, entry in after.items() if key not in before],
        went=[entry for key, entry in before.items() if key not in after],
        weighed=[replace(after[key], weight=change) for key, change in sorted(changes.items()) if change],
        definition_changed=published.definition_id != definition.digest,
    )


def history(*, association: Association, indicator: str | None = None) -> QuerySet[LedgerEntry]:
    """Published figures of an association, newest first, of one indicator or of all."""
    entries = LedgerEntry.objects.filter(association=association).order_by("-number")
    return entries.filter(indicator=indicator) if indicator else entries


def has_activity(association: Association, day: date) -> bool:
    """Whether something that figures count is held on a day; rehearsals are none."""
    held = Activity.objects.filter(campaign__association=association, held_on=day, rehearsal=False)
    return held.exists()


def bounds_of(association: Association, as_of: date | datetime, campaign: int | None = None) -> Bounds:
    """What a figure of an association is asked with."""
    instant = cut_off(as_of, ZoneInfo(association.time_zone))
    return Bounds(association=association.pk, campaign=campaign, as_of=instant)


def counted(definition: Definition, bounds: Bounds) -> Counted:
    """The rows that an indicator counts within its bounds."""
    # No server-side cursor: the rows are hashed in the order of their keys, so all are needed at once.
    with connection.cursor() as cursor:
        cursor.execute(definition.statement, bounds._asdict())
        return Counted.of([column.name for column in cursor.description], cursor.fetchall())


def figure_of(definition: Definition, total: Total, *, as_of: datetime, whole: int | None = None) -> Figure:
    """A figure from what its rows come to."""
    number = rounded(total.value, definition.rule)
    return Figure(
        id=definition.id,
        version=definition.version,
        name=both(definition.name),
        value=total.value,
        qualifier=number.qualifier,
        printed=printed(number, definition.unit, share=None if whole is None else (total.value, whole)),
        as_of=as_of,
        digest=total.digest,
        whole=whole,
    )


def _totals(names: Iterable[str]) -> str:
    return " union all ".join(
        _OF_SOME.format(name=name, select=definition_of(BESIDE_A_MATRIX[name]).statement) for name in names
    )


def _names(dimension: str, keys: set[Value]) -> dict[Value, dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(NAMES[dimension], [list(keys)])
        return {key: {"zh": zh, "en": en} for key, zh, en in cursor.fetchall()}
