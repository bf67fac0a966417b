"""What check-ins add to the matrix. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from zuji.checkin.rows import Row

_GRADE_AT = {"A": 1, "B": 2, "C": 3, "D": 4}


class Share(NamedTuple):
    """What is added to one cell: check-ins in all, by grade, late ones, and anonymous seats among them."""

    delivered: int = 0
    grade_a: int = 0
    grade_b: int = 0
    grade_c: int = 0
    grade_d: int = 0
    late: int = 0
    seats: int = 0


class Cell(NamedTuple):
    """One organisation at one checkpoint; in this order its row is locked."""

    organisation: int
    checkpoint: int
    share: Share
    last_at_ms: int
    last_received_ms: int


def share_of(row: Row) -> Share:
    """What one check-in is worth: a pass counts once, a head-count of anonymous seats as many times."""
    return cells_of([row])[0].share


def cells_of(rows: Iterable[Row]) -> list[Cell]:
    """The sum of many check-ins, one entry a cell, in the order in which cells are locked."""
    sums: dict[tuple[int, int], list[int]] = {}
    for row in rows:
        key = (row.organisation or 0, row.checkpoint or 0)
        total = sums.get(key)
        if total is None:
            total = sums[key] = [0] * (len(Share._fields) + 2)
        count = row.seats
        total[0] += count
        total[_GRADE_AT[row.grade]] += count
        if row.late:
            total[5] += count
        if row.walk_pass is None:
            total[6] += count
        total[7] = max(total[7], row.at_ms or 0)
        total[8] = max(total[8], row.received_ms)
    return [Cell(*key, Share(*total[:-2]), total[-2], total[-1]) for key, total in sorted(sums.items())]
