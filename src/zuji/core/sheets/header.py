"""Finding the header of a sheet: one line or two, merged or not, below whatever title stands above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from zuji.core.sheets.columns import Column
from zuji.core.sheets.files import Merge, RawSheet
from zuji.core.sheets.folding import bare, clean, squeeze
from zuji.core.sheets.places import written

DEPTH = 50  # a header that starts lower down is none
_ENOUGH = 2
_AS_IT_IS, _WITHOUT_BRACKET, _LOWER_ALONE, _LOWER_WITHOUT_BRACKET = range(4)


class Part(NamedTuple):
    """A header cell: its text, where it was written (0-based), and whether it spans several columns."""

    text: str
    row: int
    column: int
    wide: bool


class Path(NamedTuple):
    """What stands over a column, upper line first; `grouped` when the upper line is a heading of several columns."""

    names: tuple[str, ...]
    grouped: bool


class Lines(NamedTuple):
    """One way to read a header: its first 0-based line, how many there are, and what then stands over each column."""

    top: int
    height: int
    paths: tuple[Path, ...]
    grid: list[list[Part]]


class Claim(NamedTuple):
    """A sheet column that answers to a wanted key, and how far its name had to be simplified for that."""

    rank: int
    place: int


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a sheet: its 0-based lines, what stands over each column, and which wanted key is where.

    A title is both lines joined, or the lower one where the column is known by that alone.
    """

    top: int
    height: int
    paths: tuple[Path, ...]
    titles: tuple[str, ...]
    placed: dict[str, int]
    doubles: dict[str, int]
    score: tuple[int, ...]

    @property
    def bottom(self) -> int:
        return self.top + self.height - 1

    def joined(self, column: int) -> str:
        """What stands over a column, both its lines."""
        return "".join(self.paths[column].names)


def find_header(sheet: RawSheet, columns: Sequence[Column]) -> Header | None:
    """The lines that hold most of the wanted columns, required ones first; None when no line looks like a header."""
    found = [_header(reading, columns) for reading in readings(sheet)]
    best = max(found, key=lambda header: header.score, default=None)
    return best if best and _is_enough(best, columns) else None


def readings(sheet: RawSheet) -> Iterator[Lines]:
    """Every line of the sheet's beginning as a header, alone and with the line below it."""
    grid = lines_of(sheet)
    for top in range(len(grid)):
        yield Lines(top, 1, tuple(_one_line(grid, top)), grid)
        if top + 1 < len(grid):
            yield Lines(top, 2, tuple(_two_lines(grid, top)), grid)


def lines_of(sheet: RawSheet) -> list[list[Part]]:
    """The sheet's first lines, with what a merged range holds in each of its cells."""
    rows = sheet.rows[:DEPTH]
    width = max(map(len, rows), default=0)
    grid = [
        [Part(clean(written(sheet.at(row, column))), row, column, False) for column in range(width)]
        for row in range(len(rows))
    ]
    # merged ranges of a sound sheet do not overlap, so they cover no more than the grid holds
    for row, column, part in islice(_covered(grid, sheet.merges), len(rows) * width):
        grid[row][column] = part
    return grid


def _covered(grid: list[list[Part]], merges: Sequence[Merge]) -> Iterator[tuple[int, int, Part]]:
    for (top, left), (bottom, right) in merges:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        part = grid[top][left]._replace(wide=right > left)
        for row in range(top, min(bottom + 1, len(grid))):
            for column in range(left, min(right + 1, len(grid[row]))):
                yield row, column, part


def _header(reading: Lines, columns: Sequence[Column]) -> Header:
    top, height, paths, grid = reading
    claims, doubles = _place(paths, columns)
    placed = {key: claim.place for key, claim in claims.items()}
    lower_alone = {claim.place for claim in claims.values() if claim.rank >= _LOWER_ALONE}
    titles = tuple(path.names[-1] if place in lower_alone else "".join(path.names) for place, path in enumerate(paths))
    required = sum(column.required and column.key in placed for column in columns)
    second = 0 if height == 1 else _only_continues(grid[top + 1], top, set(placed.values()))
    # equal claims count against a reading: joined names of a two-line header often tell them apart
    score = (required, len(placed), -len(doubles), second, -top)
    return Header(top, height, paths, titles, placed, doubles, score)


def _only_continues(lower: list[Part], top: int, placed: set[int]) -> int:
    """1 when a second line adds nothing to the wanted columns but something elsewhere: it is no row of data then."""
    own = [part for part in lower if part.text and part.row > top]
    return 1 if own and not any(part.column in placed for part in own) else -1


def _own(part: Part, line: int) -> str:
    """A part's text where it begins; below, a merged range has been read already."""
    return part.text if part.row == line else ""


def _one_line(grid: list[list[Part]], top: int) -> Iterator[Path]:
    for part in grid[top]:
        text = _own(part, top)
        yield Path((text,) if text else (), False)


def _two_lines(grid: list[list[Part]], top: int) -> Iterator[Path]:
    uppers, lowers = grid[top], [_own(part, top + 1) for part in grid[top + 1]]
    # people who do not merge leave the cells right of a heading blank; where anything is merged, blank means blank
    spread = not any(part.wide and part.row == top for part in uppers)
    groups = [part.column if _own(part, top) or not spread else -1 for part in uppers]
    for column in range(1, len(groups)):
        if groups[column] < 0 and lowers[column]:
            groups[column] = groups[column - 1]
    for column, (group, lower) in enumerate(zip(groups, lowers, strict=True)):
        upper = _own(uppers[group], top) if group >= 0 else ""
        shared = uppers[column].wide or groups.count(group) > 1
        yield Path(tuple(filter(None, (upper, lower))), bool(upper and lower and shared))


def _place(paths: Sequence[Path], columns: Sequence[Column]) -> tuple[dict[str, Claim], dict[str, int]]:
    """The column that claims each key best, and the keys that another column claims as well, with that one."""
    keys = {squeeze(name): column.key for column in columns for name in column.headers}
    best: dict[str, Claim] = {}
    doubles: dict[str, int] = {}
    for place, path in enumerate(paths):
        rank, key = next(((rank, keys[name]) for rank, name in _names(path) if name in keys), (0, ""))
        # "电话" below "联系人" is the contact's only where no column says so outright
        if key and (key not in best or rank < best[key].rank):
            best[key] = Claim(rank, place)
            doubles.pop(key, None)
        elif key and rank == best[key].rank:
            doubles.setdefault(key, place)
    return best, doubles


def _names(path: Path) -> Iterator[tuple[int, str]]:
    joined = squeeze("".join(path.names))
    yield _AS_IT_IS, joined
    yield _WITHOUT_BRACKET, bare(joined)
    if path.grouped:
        lower = squeeze(path.names[-1])
        yield _LOWER_ALONE, lower
        yield _LOWER_WITHOUT_BRACKET, bare(lower)


def _is_enough(header: Header, columns: Sequence[Column]) -> bool:
    required = {column.key for column in columns if column.required}
    return len(header.placed) >= _ENOUGH or bool(header.placed and required <= header.placed.keys())
