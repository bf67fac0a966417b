"""Which lines of a sheet are its header, and which rows below are data, in a list whose wording nobody promised."""

import re
from collections.abc import Sequence
from itertools import pairwise

from zuji.core.sheets.enums import Skip
from zuji.core.sheets.files import RawSheet
from zuji.core.sheets.header import Header, Lines, Part, Path, readings
from zuji.core.sheets.places import shown, written
from zuji.core.sheets.sorting import Origins, Skipped, data_rows
from zuji.core.sheets.typed import is_blank
from zuji.register.fields import Field
from zuji.register.reading.headings import STRONG, WEAK, said

SAMPLED = 400
_LONGEST = 40
_DATA = re.compile(
    r"\d{6,}|^-?[\d.,]+%?$|.{5,}公司$|^\d{4}[-./年]\d{1,2}[-./月]|[。;；!]$|^填[报表]|@|^截[至止]|^单位[:：]"
)
_MARKS = re.compile(r"[甲乙丙丁戊己庚辛]|\(?\d{1,2}\)?")
_STRANGE, _OF_DATA, _LEAST = -0.5, -5.0, 5.0
_BESIDE = 2
_UNIT = re.compile(r"[(（](?!\d).{1,10}[)）]|[人元户家]|[万亿]元")
_EXAMPLE = re.compile(r"(?:填写|填报)?(?:举例|示例|样例|范例|例)(?:[:：]|$)")
_LONE_NOTE = re.compile(r"仅供|本表|数据|统计|制表|填报|审核|说明|报送|以上|以下|来源")


def find_lines(sheet: RawSheet, lines: tuple[int, int] | None = None) -> Lines | None:
    """The lines that read most like headings of a list of firms, the first among equals; `lines` (from 1) if given."""
    candidates = list(readings(sheet))
    if lines:
        wanted = (lines[0] - 1, lines[1] - lines[0] + 1)
        return next((each for each in candidates if each[:2] == wanted), None)
    scored = [(_worth(each), each) for each in candidates]
    worth, best = max(scored, key=lambda pair: (pair[0], -pair[1].top, -pair[1].height), default=(0.0, None))
    return best if best and worth >= _LEAST else None


def header_of(reading: Lines, placed: dict[str, int]) -> Header:
    """A header as the general reader knows it, with the columns that count for telling data from notes."""
    titles = tuple("".join(path.names) for path in reading.paths)
    return Header(reading.top, reading.height, reading.paths, titles, placed, {}, ())


def sample(sheet: RawSheet, reading: Lines) -> list[list[object]]:
    """Some hundred filled rows below a header, spread over the sheet."""
    below = [row for row in sheet.rows[reading.top + reading.height :] if any(not is_blank(cell) for cell in row)]
    step = max(1, len(below) // SAMPLED)
    return below[::step]


def rows_of(sheet: RawSheet, header: Header, filled: Origins) -> tuple[tuple[int, ...], tuple[Skipped, ...]]:
    """Data rows and those left out, also numbered columns below a header and lone lines at the foot."""
    kept, skipped = data_rows(sheet, header, filled)
    out: list[Skipped] = []
    while kept and (why := _no_data_yet(sheet.rows[kept[0]])):
        out.append(_skipped(sheet, kept[0], why))
        kept = kept[1:]
    while len(kept) > 1 and _is_lone_note(sheet.rows[kept[-1]]):
        out.append(_skipped(sheet, kept[-1], Skip.NOTE))
        kept = kept[:-1]
    return kept, tuple(sorted((*skipped, *out), key=lambda each: each.number))


def _skipped(sheet: RawSheet, index: int, why: Skip) -> Skipped:
    return Skipped(index + 1, why, shown(_filled(sheet.rows[index])[0]))


def _filled(row: Sequence[object]) -> list[object]:
    return [cell for cell in row if not is_blank(cell)]


def _no_data_yet(row: Sequence[object]) -> Skip | None:
    """Why a row below the header still belongs to the form: it counts the columns, names units or shows an example."""
    texts = [written(cell) for cell in _filled(row)]
    if _is_numbering(row) or all(_UNIT.fullmatch(text) for text in texts):
        return Skip.HEADER
    return Skip.NOTE if texts and _EXAMPLE.match(texts[0]) else None


def _is_numbering(row: Sequence[object]) -> bool:
    """Whether a row only counts the columns: 甲 乙 1 2 3."""
    texts = [written(cell) for cell in _filled(row)]
    if len(texts) < 3 or not all(_MARKS.fullmatch(text) for text in texts):
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))


def _is_lone_note(row: Sequence[object]) -> bool:
    filled = _filled(row)
    return len(filled) == 1 and isinstance(filled[0], str) and _LONE_NOTE.search(filled[0]) is not None


def _worth(reading: Lines) -> float:
    """Points of the headings that are known, each field counted once; what looks like data counts against."""
    own = reading.grid[reading.top : reading.top + reading.height]
    if reading.height > 1 and min(_cells(line, reading.top + at) for at, line in enumerate(own)) < _BESIDE:
        return _LEAST - 1
    against = sum(_OF_DATA for line in own for part in line if _DATA.search(part.text))
    if against < 3 * _OF_DATA:
        return against
    best: dict[object, float] = {}
    for path in reading.paths:
        points, what = _known(path)
        best[what] = max(best.get(what, 0.0), points) if points > 0 else best.get(what, 0.0) + points
    # headings stand side by side: a lone one is a title, unless the list has one column
    known = sum(points > 0 for points in best.values())
    return sum(best.values()) + against if known > 1 or len(reading.paths) < 3 else against


def _cells(line: list[Part], row: int) -> int:
    """How many cells of a line begin on it; a title has one, and so has the name of a town above its firms."""
    return len({part.column for part in line if part.text and part.row == row})


def _known(path: Path) -> tuple[float, object]:
    text = "".join(path.names)
    if not text:
        return 0.0, ""
    if len(text) > _LONGEST:
        return _STRANGE, ""
    words = said(path)
    if words.points:
        field = max(words.points, key=lambda each: words.points[each])
        # 备注 and 说明 stand over notes as often as over a column
        return (words.points[field], field) if field is not Field.NOTE else (WEAK / STRONG, field)
    return (WEAK / STRONG, text) if words.other else (_STRANGE, "")
