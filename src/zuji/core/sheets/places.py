"""Where a value stood, and what is wrong with it there."""

from dataclasses import dataclass
from datetime import datetime, time

FOUND_SHOWN = 40
FIRST_SCIENTIFIC = 10**15  # a spreadsheet keeps fifteen digits


def letters(column: int) -> str:
    """Name of a 1-based column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, last = divmod(column - 1, 26)
        name = chr(ord("A") + last) + name
    return name


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of one sheet of one file; row and column count from 1, `sheet` is empty for CSV."""

    file: str
    sheet: str
    row: int
    column: int

    @property
    def ref(self) -> str:
        return f"{letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.ref}" if self.sheet else self.ref


@dataclass(frozen=True, slots=True)
class Problem:
    """What was found in a cell and what is expected there; `code` has its words under `refusal.<code>`."""

    code: str
    cell: Cell
    found: str
    expected: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """Plain values for the words."""
        return {"cell": str(self.cell), "found": self.found, "expected": self.expected}


def written(raw: object) -> str:
    """A cell as a reader of the sheet sees it."""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < FIRST_SCIENTIFIC:
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.replace(tzinfo=None).isoformat(sep=" ")
    return "" if raw is None else str(raw)


def shown(raw: object) -> str:
    """A found value, short enough to stand in a message."""
    text = written(raw)
    return text if len(text) <= FOUND_SHOWN else f"{text[: FOUND_SHOWN - 1]}…"
