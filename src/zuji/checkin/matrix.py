"""The matrix's shape, and what of it everybody may see. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from zuji.checkin.cells import Share

LEAST: Final = 3
FEW: Final = f"<{LEAST}"
WITHHELD: Final = "…"

NO_SHARE: Final = Share()

Key = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    """One organisation at one checkpoint. `delivered` is a number, or FEW or WITHHELD where it is masked."""

    organisation: int
    checkpoint: int
    delivered: int | str
    share: Share = NO_SHARE
    probably: int = 0
    last_at: datetime | None = None
    last_received: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A checkpoint, and how many times somebody checked in at it."""

    checkpoint: int
    name: dict[str, str]
    activity: int
    times: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """A participant organisation, and how many people it expects to send."""

    organisation: int
    name: str
    kind: str
    expected: int | None


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Organisations × checkpoints; cells that nobody came to are not listed."""

    campaign: int
    as_of: datetime
    masked: bool
    columns: list[Column]
    lines: list[Line]
    cells: list[MatrixCell]


def masked(matrix: Matrix) -> Matrix:
    """What everybody may see: no small counts, no grades, no instants.

    A count of one or two becomes FEW; nobody at all is no secret and stays 0. Where a row or column holds just one
    masked cell, its smallest other one is masked too, so that no total gives it away.
    """
    counts = {(cell.organisation, cell.checkpoint): int(cell.delivered) for cell in matrix.cells}
    for line in matrix.lines:
        for column in matrix.columns:
            counts.setdefault((line.organisation, column.checkpoint), 0)
    hidden = hide(counts)
    cells = [
        MatrixCell(organisation=key[0], checkpoint=key[1], delivered=shown(count, is_hidden=key in hidden))
        for key, count in sorted(counts.items())
        if count or key in hidden
    ]
    lines = [replace(line, expected=None) for line in matrix.lines]
    return replace(matrix, masked=True, cells=cells, lines=lines)


def hide(counts: Mapping[Key, int], *, also: Collection[Key] = (), groups: Iterable[Collection[Key]] = ()) -> set[Key]:
    """The cells to mask: the small ones and some others, and as many more as it takes that no row or column has just
    one; nor any of further groups of cells, whose sum is known.
    """
    hidden = {key for key, count in counts.items() if 0 < count < LEAST} | {key for key in also if key in counts}
    lines = [*_groups(counts, lambda key: key[0]), *_groups(counts, lambda key: key[1]), *map(list, groups)]
    again = True
    while again:
        again = False
        for line in lines:
            open_cells = [key for key in line if key not in hidden]
            if len(line) - len(open_cells) == 1 and open_cells:
                hidden.add(min(open_cells, key=lambda key: (counts[key] == 0, counts[key], key)))
                again = True
    return hidden


def shown(count: int, *, is_hidden: bool = False) -> int | str:
    """A count as everybody may see it: FEW where it is small, WITHHELD where it is hidden for another's sake."""
    if 0 < count < LEAST:
        return FEW
    if is_hidden:
        return WITHHELD if count else FEW
    return count


def _groups(keys: Iterable[Key], by: Callable[[Key], int]) -> list[list[Key]]:
    groups: dict[int, list[Key]] = {}
    for key in keys:
        groups.setdefault(by(key), []).append(key)
    return list(groups.values())
