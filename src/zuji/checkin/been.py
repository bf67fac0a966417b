"""At which checkpoints passes have been, counted by organisation: how many, and never which."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from zuji.checkin.marks import Marks

WHOLE_FROM: Final = 0.5

# By the key that makes a check-in one of its kind: so all is read from that index, however long the table is.
_BEEN: Final = """with gone as (
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
) select organisation_id, marks::text, count(*) from been group by 1, 2"""
_SOME: Final = "and pass.organisation_id = any(%(organisations)s::bigint[])"


def been(
    campaign_id: int, checkpoints: Sequence[int], organisations: Collection[int] | None = None
) -> dict[int, Counter[Marks]]:
    """By organisation, of all or of some: how many passes have been at just these of the checkpoints, and no others.

    Of a pass that has been at none of them nothing is said; anonymous seats leave no marks.
    """
    if not checkpoints:
        return {}
    first = "1".ljust(len(checkpoints), "0")
    asked: dict[str, Any] = {"campaign": campaign_id, "checkpoints": list(checkpoints), "first": first}
    some = {} if organisations is None else {"organisations": list(organisations)}
    counts: dict[int, Counter[Marks]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_BEEN.format(some=_SOME if some else ""), asked | some)
        for organisation, marks, count in cursor.fetchall():
            counts.setdefault(organisation, Counter())[marks] = count
    return counts


class Kept:
    """The same, kept from one asking to the next: only organisations whose cells changed are counted anew.

    A cell changes with every check-in, but two corrections may leave it as it was: so they are compared as well.
    """

    def __init__(self) -> None:
        self._asked: tuple[object, ...] = ()
        self._cells: Mapping[int, object] = {}
        self._counts: dict[int, Counter[Marks]] = {}

    def get(
        self, campaign_id: int, checkpoints: Sequence[int], *, cells: Mapping[int, object], corrections: int
    ) -> dict[int, Counter[Marks]]:
        """`cells`: what is kept of each organisation, read before; `corrections`: the last correction's key, or 0."""
        asked = (campaign_id, tuple(checkpoints), corrections)
        if asked != self._asked:
            self._counts, self._cells = {}, {}
        changed = {key for key in cells if cells[key] != self._cells.get(key)} | (self._cells.keys() - cells.keys())
        if changed:
            # most of them at once is dearer than all by one pass over the index
            some = changed if len(changed) <= len(cells) * WHOLE_FROM else None
            found = been(campaign_id, checkpoints, some)
            kept = {key: counts for key, counts in self._counts.items() if key not in changed}
            self._counts = found if some is None else kept | found
        self._asked, self._cells = asked, dict(cells)
        return self._counts
