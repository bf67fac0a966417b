# ruff: noqa: S608  (the texts are put together from this module's own constants)
"""At which checkpoints passes have been, counted by organisation: how many, and never which."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from zuji.checkin.marks import Marks, counted_at, without
from zuji.checkin.standing import Standing

WHOLE_FROM: Final = 0.5

# By the key that makes a check-in one of its kind: so all is read from that index, however long the table is.
_BEEN: Final = """gone as (
    select item.pass_id, item.checkpoint_id from (
        select distinct on (item_id) item_id, kind from checkin_correction
        where campaign_id = %(campaign)s order by item_id, number desc
    ) as last
    join checkin_item as item on item.campaign_id = %(campaign)s and item.id = last.item_id
    where last.kind = 'taken_back'
), been as (
    select pass.organisation_id, item.pass_id,
        bit_or(%(first)s::varbit >> array_position(%(checkpoints)s::bigint[], item.checkpoint_id) - 1) as marks
    from checkin_pass as pass
    join checkin_item as item on item.campaign_id = pass.campaign_id and item.pass_id = pass.id
    where pass.campaign_id = %(campaign)s and item.outcome = 'accepted' and item.first_id is null
    and item.checkpoint_id = any(%(checkpoints)s::bigint[])
    and not exists (select from gone where gone.pass_id = item.pass_id and gone.checkpoint_id = item.checkpoint_id)
    {some} group by 1, 2
)"""
_COUNT: Final = f"with {_BEEN} select organisation_id, marks::text, count(*) from been group by 1, 2"
_SOME: Final = "and pass.organisation_id = any(%(organisations)s::bigint[])"

# Rows are only ever added, so those after the last one that was seen are most probably all that is new.
_TAIL: Final = """tail as materialized (
    select ctid as place, campaign_id, pass_id, checkpoint_id, outcome, first_id
    from checkin_item where ctid > %(last)s::tid
), fresh as (
    select pass_id, bit_or(%(first)s::varbit >> array_position(%(checkpoints)s::bigint[], checkpoint_id) - 1) as marks
    from tail where campaign_id = %(campaign)s and outcome = 'accepted' and first_id is null
    and checkpoint_id = any(%(checkpoints)s::bigint[]) and pass_id is not null group by 1
)"""
_FRESH: Final = f"""with {_TAIL}, {_BEEN.format(some="and pass.id in (select pass_id from fresh)")}
select been.organisation_id, been.marks::text, fresh.marks::text, count(*), null
from fresh join been on been.pass_id = fresh.pass_id group by 1, 2, 3
union all select null, null, null, count(*), max(place)::text from tail"""
_END: Final = """with edge as (
    select format('(%%s,0)', greatest(0, pg_relation_size('checkin_item') / 8192 - 1))::tid as place
) select coalesce(max(item.ctid), max(edge.place))::text from edge left join checkin_item as item
on item.ctid > edge.place"""

Counts = dict[int, Counter[Marks]]


def been(campaign_id: int, checkpoints: Sequence[int], organisations: Collection[int] | None = None) -> Counts:
    """By organisation, of all or of some: how many passes have been at just these of the checkpoints, and no others.

    Of a pass that has been at none of them nothing is said; anonymous seats leave no marks.
    """
    if not checkpoints:
        return {}
    some = {} if organisations is None else {"organisations": list(organisations)}
    counts: Counts = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(some=_SOME if some else ""), _asked(campaign_id, checkpoints) | some)
        for organisation, marks, count in cursor.fetchall():
            counts.setdefault(organisation, Counter())[marks] = count
    return counts


class Kept:
    """The same, kept from one asking to the next: only what was added since is read.

    Rows that came in another order than they were written in are missed by that, and rows that were written anew come
    twice. So whatever changed is compared with the matrix, which is kept with every check-in, and an organisation for
    which the two differ is counted anew.
    """

    def __init__(self) -> None:
        self._asked: tuple[object, ...] = ()
        self._cells: Mapping[int, object] = {}
        self._counts: Counts = {}
        self._last = ""

    def get(self, campaign_id: int, checkpoints: Sequence[int], now: Standing) -> Counts:
        """As of the same view of the database that `now` was read in."""
        asked = (campaign_id, tuple(checkpoints), now.corrections)
        cells = now.by_organisation
        if asked != self._asked:
            self._counts, self._last = been(campaign_id, checkpoints), _end()
        else:
            changed = {key for key in cells.keys() | self._cells.keys() if cells.get(key) != self._cells.get(key)}
            changed |= self._add(campaign_id, checkpoints)
            self._mend(campaign_id, checkpoints, [key for key in changed if self._differs(key, checkpoints, now)])
        self._asked, self._cells = asked, cells
        return self._counts

    def _add(self, campaign_id: int, checkpoints: Sequence[int]) -> set[int]:
        """Read what was added; returns the organisations that it belongs to."""
        added: set[int] = set()
        with connection.cursor() as cursor:
            cursor.execute(_FRESH, _asked(campaign_id, checkpoints) | {"last": self._last})
            for organisation, marks, fresh, count, last in cursor.fetchall():
                if organisation is None:
                    self._last = last or self._last
                else:
                    added.add(organisation)
                    self._move(organisation, count, to=marks, come_from=without(marks, fresh))
        return added

    def _move(self, organisation: int, count: int, *, to: Marks, come_from: Marks) -> None:
        counts = self._counts.setdefault(organisation, Counter())
        counts[to] += count
        if "1" in come_from:
            counts[come_from] -= count
            if not counts[come_from]:
                del counts[come_from]

    def _differs(self, organisation: int, checkpoints: Sequence[int], now: Standing) -> bool:
        counts = self._counts.get(organisation, Counter())
        return min(counts.values(), default=0) < 0 or counted_at(counts, len(checkpoints)) != [
            now.passes_at(organisation, checkpoint) for checkpoint in checkpoints
        ]

    def _mend(self, campaign_id: int, checkpoints: Sequence[int], organisations: Collection[int]) -> None:
        if organisations:
            # most of them at once is dearer than all by one pass over the index
            few = len(organisations) <= len(self._counts) * WHOLE_FROM
            found = been(campaign_id, checkpoints, organisations if few else None)
            kept = {key: counts for key, counts in self._counts.items() if few and key not in organisations}
            self._counts = kept | found


def _asked(campaign_id: int, checkpoints: Iterable[int]) -> dict[str, Any]:
    keys = list(checkpoints)
    return {"campaign": campaign_id, "checkpoints": keys, "first": "1".ljust(len(keys), "0")}


def _end() -> str:
    """Where the last row stands."""
    with connection.cursor() as cursor:
        cursor.execute(_END, [])
        return str(cursor.fetchone()[0])
