"""What the ledger keeps, in the canonical form that its digests are taken of. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

FIRST = "0" * 64
"""What stands before the first entry."""
Value = str | int | bool | None


@dataclass(frozen=True)
class Entry:
    """One thing that a figure counts: its key, how much it weighs, and what it belongs to."""

    key: str
    weight: int
    dimensions: dict[str, Value]


class Total(NamedTuple):
    """What rows come to: the sum of their weights, and their digest."""

    value: int
    digest: str


@dataclass(frozen=True)
class Counted:
    """The rows behind a figure, in the order of their keys; the first two columns are key and weight."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @classmethod
    def of(cls, columns: Iterable[str], rows: Iterable[Iterable[Value]]) -> "Counted":
        """Rows in any order; ValueError where two have one key, since that would be counted twice."""
        # By the key's text: databases do not agree on the order of letters.
        ordered = tuple(sorted((tuple(row) for row in rows), key=lambda row: str(row[0])))
        if len({row[0] for row in ordered}) != len(ordered):
            raise ValueError("a key stands twice")
        return cls(tuple(columns), ordered)

    @property
    def value(self) -> int:
        """Sum of the weights."""
        return sum(int(row[1] or 0) for row in self.rows)

    @property
    def campaign(self) -> int | None:
        """The campaign's key that every row stands in; None where they stand in several, or in none."""
        if "campaign_id" not in self.columns:
            return None
        place = self.columns.index("campaign_id")
        keys = {row[place] for row in self.rows}
        return int(keys.pop() or 0) or None if len(keys) == 1 else None

    @property
    def digest(self) -> str:
        """SHA-256 of the columns and of all rows."""
        return _sha256(json_line(self.columns), *map(json_line, self.rows))

    @property
    def total(self) -> Total:
        """Value and digest, for who needs the rows no longer."""
        return Total(self.value, self.digest)

    @property
    def entries(self) -> list[Entry]:
        """The trace: one entry a key."""
        names = self.columns[2:]
        return [Entry(str(key), int(weight or 0), dict(zip(names, of, strict=True))) for key, weight, *of in self.rows]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One ledger entry's content, as its digest covers it. Fields are named as the table's columns."""

    association_id: int
    number: int
    indicator: str
    version: int
    definition_id: str
    parameters: Mapping[str, Value]
    as_of: datetime
    published_at: datetime
    published_by: int | None
    value: int
    qualifier: str
    evidence_id: str
    prev: str

    @property
    def digest(self) -> str:
        """SHA-256 of all fields in order, one a line, instants in UTC."""
        return _sha256("zuji-figure-1", *(_plain(value) for value in vars(self).values()))


def json_line(value: object) -> str:
    """Canonical JSON: one line, no spaces, sorted names, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else json_line(value)


def _sha256(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
