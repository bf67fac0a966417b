"""What a caller wants from a sheet, as a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zuji.core.sheets.enums import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """A wanted column: its field, the headers under which offices send it, and what its cells hold.

    `choices` maps the words of a `CHOICE` to keys; `limit` is the longest text in characters; a second row with the
    same value of a `unique` column is a problem of that row.
    """

    key: str
    headers: tuple[str, ...]
    kind: Kind = Kind.TEXT
    required: bool = False
    unique: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """Largest file taken: bytes as sent, bytes unpacked, and cells of a sheet's used rectangle."""

    file_bytes: int = 30_000_000
    unpacked_bytes: int = 400_000_000
    # a list of 24,000 firms may have 125 columns; a row costs memory for its blank cells too
    cells: int = 3_000_000


LIMITS = Limits()
