"""The matrix laid out for a page or a sheet: checkpoints under their sites, a line an organisation, a foot of sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from zuji.checkin.cells import Share
from zuji.checkin.matrix import NO_SHARE, Column, Matrix, MatrixCell

Words = dict[str, str]
Place = Mapping[str, object]


@dataclass(frozen=True)
class Box:
    """One organisation at one checkpoint; `delivered` is 0 where nobody came, a mark where the count is masked."""

    organisation: int
    checkpoint: int
    delivered: int | str = 0
    share: Share = NO_SHARE
    probably: int = 0
    last_at: datetime | None = None
    last_received: datetime | None = None


@dataclass(frozen=True)
class Head:
    """A column: a checkpoint and the site that it stands at, None where it stands at none."""

    checkpoint: int
    name: Words
    site: Words | None
    times: int


@dataclass(frozen=True)
class GridLine:
    """An organisation's boxes, one a column."""

    organisation: int
    name: str
    kind: str
    expected: int | None
    boxes: list[Box]

    @property
    def is_waiting(self) -> bool:
        """Whether something of it is probably still on phones."""
        return any(box.probably for box in self.boxes)


@dataclass(frozen=True)
class Grid:
    """The whole of it. `sites` are the upper headings with the number of columns under each."""

    heads: list[Head]
    sites: list[tuple[Words | None, int]]
    lines: list[GridLine]
    masked: bool

    @property
    def foot(self) -> list[Box]:
        """Sums over the lines that are shown, and the last arrival; nothing is summed of what is masked."""
        return [
            _sum(head.checkpoint, [line.boxes[index] for line in self.lines]) for index, head in enumerate(self.heads)
        ]

    @property
    def expected(self) -> int:
        """Head-counts that were announced, where known."""
        return sum(line.expected or 0 for line in self.lines)

    @property
    def waiting(self) -> int:
        """How many are probably still on phones."""
        return sum(box.probably for line in self.lines for box in line.boxes)

    @property
    def last_at(self) -> datetime | None:
        """The last arrival of all."""
        return max((box.last_at for box in self.foot if box.last_at), default=None)


def lay_out(
    matrix: Matrix, places: Mapping[int, Place], *, activities: Iterable[int] | None = None, only_waiting: bool = False
) -> Grid:
    """Lay a matrix out: the columns of some activities or of all, every line or only those that wait for phones."""
    wanted = None if activities is None else set(activities)
    columns = [column for column in matrix.columns if wanted is None or column.activity in wanted]
    heads = [_head(column, places.get(column.checkpoint)) for column in columns]
    cells = {(cell.organisation, cell.checkpoint): cell for cell in matrix.cells}
    lines = [
        GridLine(
            line.organisation,
            line.name,
            line.kind,
            line.expected,
            [_box(line.organisation, head.checkpoint, cells) for head in heads],
        )
        for line in matrix.lines
    ]
    shown = [line for line in lines if line.is_waiting or not only_waiting]
    sites = [(group[0].site, len(group)) for group in _together(heads)]
    return Grid(heads, sites, shown, matrix.masked)


def _head(column: Column, place: Place | None) -> Head:
    site = place["site"] if place else None
    return Head(column.checkpoint, column.name, site if isinstance(site, dict) else None, column.times)


def _together(heads: Sequence[Head]) -> list[list[Head]]:
    return [list(group) for _, group in groupby(heads, key=lambda head: head.site)]


def _box(organisation: int, checkpoint: int, cells: Mapping[tuple[int, int], MatrixCell]) -> Box:
    cell = cells.get((organisation, checkpoint))
    if cell is None:
        return Box(organisation, checkpoint)
    return Box(organisation, checkpoint, cell.delivered, cell.share, cell.probably, cell.last_at, cell.last_received)


def _sum(checkpoint: int, boxes: Sequence[Box]) -> Box:
    return Box(
        0,
        checkpoint,
        sum(box.delivered for box in boxes if isinstance(box.delivered, int)),
        Share(*(sum(parts) for parts in zip(*(box.share for box in boxes), strict=True))) if boxes else NO_SHARE,
        sum(box.probably for box in boxes),
        max((box.last_at for box in boxes if box.last_at), default=None),
        max((box.last_received for box in boxes if box.last_received), default=None),
    )
