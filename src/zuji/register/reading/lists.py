"""A list of an authority, read: its sheet and header, what each column is, its rows with the cell of each value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from zuji.core.errors import Invalid
from zuji.core.sheets.columns import LIMITS, Limits
from zuji.core.sheets.enums import SheetRefusal
from zuji.core.sheets.files import RawSheet, read_sheets
from zuji.core.sheets.header import Header, Lines, Path
from zuji.core.sheets.places import Cell, Problem, shown
from zuji.core.sheets.screening import screen
from zuji.core.sheets.sorting import Origins, Skipped, origins
from zuji.core.sheets.typed import is_blank
from zuji.register.fields import Field
from zuji.register.reading.cells import tell
from zuji.register.reading.enums import Ask, Why
from zuji.register.reading.finding import find_lines, header_of, rows_of, sample
from zuji.register.reading.proposing import Proposal, Seen, propose

# a sheet that says nearly as much as the best one may be meant as well; the longer of them is taken
_NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided about a list: its sheet, the lines of its header (from 1), its columns by 0-based place."""

    sheet: str | None = None
    header: tuple[int, int] | None = None
    columns: Mapping[int, Field | None] = field(default_factory=dict)


NO_CHOICE = Choice()


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the reader is not sure of; `facts` are plain values for its words, `place` a column's or -1."""

    code: Ask
    facts: dict[str, str]
    place: int = -1


@dataclass(frozen=True, slots=True)
class ListRow:
    """A data row: its number from 1, the cleaned text and the cell of each field that is filled, what is wrong with it.

    A flawed value keeps its text here; who stores values leaves out those of `flawed`.
    """

    number: int
    fields: dict[Field, str]
    cells: dict[Field, Cell]
    problems: list[Problem]
    flawed: frozenset[Field]
    _reading: "Reading"

    def whole(self) -> list[object]:
        """All cells of the row as they stand, used or not."""
        return self._reading.whole(self.number - 1)


@dataclass(frozen=True)
class Reading:
    """A list as it was understood; nothing of it has been kept anywhere."""

    file: str
    columns: tuple[Proposal, ...]
    skipped: tuple[Skipped, ...]
    others: tuple[str, ...]
    questions: tuple[Question, ...]
    _raw: RawSheet
    _header: Header
    _kept: tuple[int, ...]
    _origins: Origins

    @property
    def sheet(self) -> str:
        return self._raw.name

    @property
    def header(self) -> tuple[int, int]:
        """First and last row of the header, from 1."""
        return self._header.top + 1, self._header.bottom + 1

    @property
    def titles(self) -> tuple[str, ...]:
        return self._header.titles

    @property
    def width(self) -> int:
        return len(self.titles)

    @property
    def places(self) -> dict[Field, int]:
        """The 0-based column of each field; of several columns with notes the first."""
        places: dict[Field, int] = {}
        for each in self.columns:
            if each.field:
                places.setdefault(each.field, each.place)
        return places

    def __len__(self) -> int:
        return len(self._kept)

    def rows(self) -> Iterator[ListRow]:
        """The data rows in their order."""
        places = self.places
        for index in self._kept:
            yield self._row(index, places)

    def _row(self, index: int, places: Mapping[Field, int]) -> ListRow:
        fields, cells, problems, flawed = dict[Field, str](), dict[Field, Cell](), list[Problem](), set[Field]()
        for what, place in places.items():
            row, column = self._origins.get((index, place), (index, place))
            raw = self._raw.at(row, column)
            if raw == "":
                continue
            text, flaw, expected = tell(what, raw)
            if not text and flaw is None:
                continue
            cells[what] = Cell(self.file, self.sheet, row + 1, column + 1)
            if text:
                fields[what] = text
            if flaw is not None:
                flawed.add(what)
                problems.append(Problem(str(flaw), cells[what], shown(raw), expected))
        return ListRow(index + 1, fields, cells, problems, frozenset(flawed), self)

    def whole(self, index: int) -> list[object]:
        """All cells of a 0-based row as they stand, looked up through merged ranges."""
        return [self._raw.at(*self._origins.get((index, place), (index, place))) for place in range(self.width)]


class _Found(NamedTuple):
    """A sheet that can be read as a list, with what its columns were taken for and how many rows lie below."""

    raw: RawSheet
    lines: Lines
    columns: tuple[Proposal, ...]
    points: float
    length: int


def read_list(
    data: bytes,
    *,
    file: str,
    remembered: Mapping[str, Field] | None = None,
    chosen: Choice | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """The list in a workbook (.xlsx, .xls) or CSV, with a proposal for every column of it.

    `remembered` holds a field for squeezed headings, as a person answered for this authority before; it goes before
    the reader's own opinion, and `chosen` before both. Raises `Invalid` with a `SheetRefusal` when the file as a whole
    cannot be taken, personal columns among the reasons; nothing has been handed out by then.
    """
    choice = chosen or NO_CHOICE
    sheets = read_sheets(data, file, limits)
    lines = [find_lines(raw, choice.header if raw.name == choice.sheet else None) for raw in sheets]
    # all sheets, before one is looked at closer: what may not come in may not come in by the side door
    for raw, found in zip(sheets, lines, strict=True):
        screen(file, raw, header_of(found, {}) if found else None)
    fitting = [
        _found(raw, found, remembered or {}, choice)
        for raw, found in zip(sheets, lines, strict=True)
        if found and raw.visible
    ]
    best = _best([each for each in fitting if choice.sheet in (None, each.raw.name)], file, sheets, choice)
    return _reading(file, best, fitting, choice)


def _found(raw: RawSheet, lines: Lines, remembered: Mapping[str, Field], choice: Choice) -> _Found:
    below = sample(raw, lines)
    seen = [
        _seen(path, [row[place] for row in below if place < len(row)], len(below))
        for place, path in enumerate(lines.paths)
    ]
    columns = propose(seen, remembered=remembered, chosen=choice.columns)
    ruled = sum(each.field is not None and each.reason in {Why.CHOSEN, Why.REMEMBERED} for each in columns)
    points = 6 * ruled + sum(each.points for each in columns if each.field)
    return _Found(raw, lines, columns, points, len(raw.rows) - lines.top - lines.height)


def _seen(path: Path, cells: list[object], length: int) -> Seen:
    filled = [cell for cell in cells if not is_blank(cell)]
    return Seen(path, filled, len(filled) / length if length else 0.0)


def _best(asked: list[_Found], file: str, sheets: list[RawSheet], choice: Choice) -> _Found:
    if choice.sheet is not None and choice.sheet not in {raw.name for raw in sheets if raw.visible}:
        raise Invalid(SheetRefusal.NO_SUCH_SHEET, file=file, sheet=choice.sheet)
    # a header without any row below is a form that nobody has filled in
    filled = [each for each in asked if each.length] or asked
    if not filled:
        raise Invalid(SheetRefusal.NO_HEADER, file=file, sheet=choice.sheet or "")
    enough = _NEARLY * max(each.points for each in filled)
    return max((each for each in filled if each.points >= enough), key=lambda each: each.length)


def _reading(file: str, best: _Found, fitting: list[_Found], choice: Choice) -> Reading:
    raw, lines, columns, points, _ = best
    header = header_of(lines, {each.field: each.place for each in columns if each.field})
    filled = origins(raw, header)
    kept, skipped = rows_of(raw, header, filled)
    if not kept:
        raise Invalid(SheetRefusal.NO_ROWS, file=file, sheet=raw.name, row=header.bottom + 1)
    others = tuple(each.raw.name for each in fitting if each.raw is not raw)
    rivals = [each.raw.name for each in fitting if each.raw is not raw and each.points >= _NEARLY * points]
    questions = tuple(_questions(raw, columns, rivals if choice.sheet is None else []))
    return Reading(file, columns, skipped, others, questions, raw, header, kept, filled)


def _questions(raw: RawSheet, columns: tuple[Proposal, ...], rivals: list[str]) -> Iterator[Question]:
    if rivals:
        yield Question(Ask.WHICH_SHEET, {"sheet": raw.name, "others": "、".join(rivals)})
    if not {Field.NAME, Field.CODE} & {each.field for each in columns}:
        yield Question(Ask.NO_NAME, {"sheet": raw.name})
    for each in columns:
        if each.reason is Why.OTHER_COLUMN:
            yield Question(Ask.WHICH_COLUMN, each.facts, each.place)
        elif not each.sure and not each.other and each.samples:
            yield Question(Ask.WHICH_FIELD, each.facts, each.place)
