"""What the rows below a header are: data, or totals, notes and headers printed again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from zuji.core.sheets.enums import Skip
from zuji.core.sheets.files import RawSheet
from zuji.core.sheets.folding import clean, compact
from zuji.core.sheets.header import Header
from zuji.core.sheets.places import shown
from zuji.core.sheets.typed import is_blank

Origins = Mapping[tuple[int, int], tuple[int, int]]

_TOTAL = re.compile(
    r"(?:.{0,6}(?:合计|总计|小计)|共计|累计|total|subtotal|sum)[:(]?[0-9]*[家户条人名个)]*|共[0-9]+[家户条个].{0,4}",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明|填报说明|note|notes|remark|remarks) ?[:：1一①]"
    r"|(?:填表|填报|制表|审核|复核|审批|经办|负责|联系)[^:：]{0,6}[:：]|[(（]?(?:盖章|签字)|以下(?:空白|无正文)|.*[。；]$",
    re.IGNORECASE,
)
# the word stands in the serial column or in the one after it
_TOTAL_WITHIN = 2


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out: its number from 1, why, and the text by which it was known."""

    number: int
    why: Skip
    text: str


def origins(sheet: RawSheet, header: Header) -> Origins:
    """For each 0-based cell that a range merged over rows covers, the cell that holds its value."""
    down = (
        ((row, left), (top, left))
        for (top, left), (bottom, _) in sheet.merges
        if top > header.bottom
        for row in range(top + 1, min(bottom + 1, len(sheet.rows)))
    )
    return dict(islice(down, len(sheet.rows) * len(header.paths)))


def data_rows(sheet: RawSheet, header: Header, filled: Origins) -> tuple[tuple[int, ...], tuple[Skipped, ...]]:
    """0-based rows that hold data, and the rows that were left out, blank ones unmentioned."""
    wide = {top for (top, left), (_, right) in sheet.merges if right > left}
    printed = [[cell for _, cell in _own(sheet.rows[line])] for line in range(header.top, header.bottom + 1)]
    kept, skipped = list[int](), list[Skipped]()
    # notes run on over several lines of which only the first says that it is one
    in_notes = False
    for index in range(header.bottom + 1, len(sheet.rows)):
        own = list(_own(sheet.rows[index]))
        if not own:
            continue
        why = _why_not(own, alone=in_notes or index in wide)
        if [cell for _, cell in own] in printed:
            why = Skip.HEADER
        elif why is None and not _has_wanted(sheet, header, filled, index):
            why = Skip.NOTE if any(isinstance(cell, str) for _, cell in own) else Skip.BLANK
        in_notes = in_notes or why is Skip.NOTE
        if why is None:
            kept.append(index)
        elif why is not Skip.BLANK:
            skipped.append(Skipped(index + 1, why, shown(own[0][1])))
    return tuple(kept), tuple(skipped)


def _own(cells: list[object]) -> Iterator[tuple[int, object]]:
    """The cells of a row that hold something of their own; a row with none is no row, whatever is merged into it."""
    return ((column, cell) for column, cell in enumerate(cells) if cell != "" and not is_blank(cell))


def _why_not(own: list[tuple[int, object]], *, alone: bool) -> Skip | None:
    """Why a row is none of data by its own words; a lone cell that is merged, or stands among notes, is a note."""
    texts = [cell for _, cell in own[:_TOTAL_WITHIN] if isinstance(cell, str)]
    if any(_TOTAL.fullmatch(compact(text)) for text in texts):
        return Skip.TOTAL
    if texts and own[0][1] is texts[0] and _NOTE.match(clean(texts[0])):
        return Skip.NOTE
    return Skip.NOTE if alone and len(own) == 1 else None


def _has_wanted(sheet: RawSheet, header: Header, filled: Origins, index: int) -> bool:
    return any(not is_blank(sheet.at(*filled.get((index, place), (index, place)))) for place in header.placed.values())
