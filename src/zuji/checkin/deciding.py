"""Which rows of a batch win: by what is already known and by their order. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from zuji.checkin.enums import Outcome
from zuji.checkin.rows import Row, Verdict, reused, verdict_of

Key = tuple[int, str]
Pair = tuple[int, int, int]


class Held(NamedTuple):
    """The check-in of a pass at a checkpoint, whether it counts now, and how often it was corrected."""

    row: Row
    counts: bool
    corrections: int


class Known(NamedTuple):
    """What the database holds of a batch's ids and of its (campaign, pass, checkpoint)."""

    by_id: Mapping[Key, Row]
    by_pair: Mapping[Pair, Held]


class PutBack(NamedTuple):
    """A correction that a new valid item writes for a check-in that had been taken back."""

    item: Row
    first: Row
    number: int


class Plan(NamedTuple):
    """What a batch writes, what is answered for each of its rows, and which of them become leaves of the log."""

    inserts: list[Row]
    put_backs: list[PutBack]
    verdicts: list[Verdict]
    leaves: list[Row]


NOTHING_KNOWN = Known({}, {})


def decide(rows: Iterable[Row], known: Known) -> Plan:
    """Settle each row in its order: a repeat, an id reused, refused, the first of its kind, another, or a putting-back.

    Rows that are accepted on entry may leave as *already*; nothing else about them changes.
    """
    by_id, by_pair = dict(known.by_id), dict(known.by_pair)
    plan = Plan([], [], [], [])
    for row in rows:
        key = (row.campaign, row.id)
        if (stored := by_id.get(key)) is not None:
            same = stored.digest == row.digest
            plan.verdicts.append(verdict_of(stored, _first(stored, by_pair)) if same else reused(row))
            continue
        if row.outcome is Outcome.ACCEPTED and (pair := pair_of(row)) is not None:
            _settle(row, pair, by_pair, plan)
        by_id[key] = row
        plan.inserts.append(row)
        if row.outcome is Outcome.ACCEPTED:
            plan.leaves.append(row)
        plan.verdicts.append(verdict_of(row, _first(row, by_pair)))
    return plan


def pair_of(row: Row) -> Pair | None:
    """What may be checked in once; anonymous seats and rows without a checkpoint have none."""
    if row.walk_pass is None or row.checkpoint is None:
        return None
    return (row.campaign, row.walk_pass, row.checkpoint)


def _settle(row: Row, pair: Pair, by_pair: dict[Pair, Held], plan: Plan) -> None:
    held = by_pair.get(pair)
    if held is None:
        by_pair[pair] = Held(row, True, 0)
        return
    row.first_id = held.row.id
    if held.counts:
        row.outcome = Outcome.ALREADY
        return
    number = held.corrections + 1
    plan.put_backs.append(PutBack(row, held.row, number))
    by_pair[pair] = Held(held.row, True, number)


def _first(row: Row, by_pair: Mapping[Pair, Held]) -> Row | None:
    pair = pair_of(row) if row.outcome is Outcome.ALREADY else None
    held = by_pair.get(pair) if pair else None
    return held.row if held else None
