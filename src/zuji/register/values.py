"""Which value is in force, and what a text means: status, head-count, day, filings. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from zuji.core.sheets import Column, Kind
from zuji.core.sheets.typed import Unfit, reader
from zuji.register.places import leading_region, read_address, town_of
from zuji.register.towns import towns

STATUS_WORDS: Final = (
    ("unknown", re.compile("非正常|不详|未知")),
    ("revoked", re.compile("吊销|revoked")),
    ("deregistered", re.compile("注销|撤销|deregistered")),
    ("moved_out", re.compile("迁出|迁往|外迁|迁移|搬离|moved_out")),
    ("active", re.compile("在营|存续|开业|在业|正常|营业中|active")),
)
"""The first that fits: what is revoked and not yet deregistered is revoked."""
FILING_FORMS: Final = {
    "icp": (r"[一-鿿]ICP[备证]\d{6,8}号?(?:-\d{1,3})?", r"[一-鿿]ICP备\d{8}号(-\d{1,3})?"),
    "police": (r"[一-鿿]?公网安备\d{10,16}号?", r"[一-鿿]公网安备\d{14}号?"),
    "algorithm": (r"网信算备\d{15,24}号?", r"网信算备\d{21}号?"),
}
"""By kind: how a number is recognised in a text, and the form that it must have."""
NUMBER_CHARS: Final = 40
MOST_STAFF: Final = 2_147_483_647

_STAFF = re.compile(r"约?(\d{1,9})(?:\.0+)?(?:人|名|位)?")
_PARTS = re.compile(r"[、,，;；/\s]+")
_day = reader(Column("day", (), Kind.DATE))


class Cell(NamedTuple):
    """What one cell says: its text, the row's key and number, the column in letters, and the list it stands on."""

    text: str
    row: int
    number: int
    column: str
    source: int
    authority: int
    as_of: date


def ranked(cells: Sequence[Cell], order: Sequence[int]) -> list[Cell]:
    """Cells of one field, the one in force first: by the authorities in order, the others after, the later list first.

    Of one day the list of the lower key, and of one list the upper row.
    """
    if len(cells) < 2:
        return list(cells)
    places = {authority: place for place, authority in enumerate(order)}
    return sorted(
        cells,
        key=lambda cell: (
            places.get(cell.authority, len(order)),
            -cell.as_of.toordinal(),
            cell.source,
            cell.number,
            cell.row,
        ),
    )


def others(cells: Sequence[Cell]) -> list[Cell]:
    """Of ranked cells the first of each other text than the one in force."""
    first: dict[str, Cell] = {}
    for cell in cells:
        first.setdefault(cell.text, cell)
    return list(first.values())[1:]


def read_status(text: str) -> str:
    """What a status's words or key mean; unknown where nobody can tell."""
    plain = _plain(text).casefold()
    found = (status for status, words in STATUS_WORDS if words.search(plain))
    return next(found, "unknown")


def read_staff(text: str) -> int | None:
    """A head-count; a span such as 10-20人 is none."""
    found = _STAFF.fullmatch(_plain(text).replace(",", ""))
    return int(found[1]) if found else None


def read_day(text: str) -> date | None:
    """A day in any shape that sheets use; a month or a year alone is none."""
    try:
        found = _day(text)
    except Unfit:
        return None
    return found if isinstance(found, date) else None


def read_town(town: str, address: str) -> str:
    """The code of a town by its name or code, else by the address, "" where neither names one of the district's."""
    plain = _plain(town)
    if plain in towns() or (plain.isdecimal() and len(plain) == 9):
        return plain
    return _code_of(town_of(plain)) or _code_of(_town_in(address))


def _town_in(address: str) -> str:
    region, _ = leading_region(_plain(address))
    # towns elsewhere have the same names
    if region.city not in ("", "广州") or region.district not in ("", "番禺"):
        return ""
    return read_address(_plain(address)).town if region.district or region.town else ""


def _code_of(name: str) -> str:
    return _TOWN_CODES.get(name, "") if name else ""


_TOWN_CODES: Final = {town_of(town.name): code for code, town in towns().items()}


class FilingRead(NamedTuple):
    """A filing's number as a text holds it, and whether it has the form of its kind."""

    kind: str
    number: str
    well_formed: bool


def read_filings(kind: str, text: str) -> Iterator[FilingRead]:
    """The filings in a cell, each once; a text that is none of the kind's is kept as it is, malformed."""
    shape, form = FILING_FORMS[kind]
    for number in dict.fromkeys(_numbers(shape, text)):
        yield FilingRead(kind, number[:NUMBER_CHARS], re.fullmatch(form, number) is not None)


def _numbers(shape: str, text: str) -> Iterator[str]:
    for part in _PARTS.split(unicodedata.normalize("NFKC", text).upper()):
        yield from re.findall(shape, part) or filter(None, [part])


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
