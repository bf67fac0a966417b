"""What a rule looks at of a firm, and what it answers. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from zuji.register.fields import Field

Said = Literal["yes", "no", "unknown"]
Fact = str | int | float
FILING_KINDS = ("icp", "police", "algorithm")


@dataclass(frozen=True, slots=True)
class Told:
    """A value in force: its text, the row that it came from (none where a person overruled), and that list's day."""

    text: str
    row: int | None = None
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class FilingTold:
    """A filing (备案) as a row tells it; `kind` is one of `FILING_KINDS`."""

    kind: str
    number: str
    well_formed: bool
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as it stands on a day. `town` and `status` are closed sets' keys, "" and unknown where nobody knows.

    `decided` is a person's word on whether the firm deals with the Internet, "" where nobody gave one.
    """

    key: int
    values: Mapping[Field, Told] = field(default_factory=dict)
    filings: tuple[FilingTold, ...] = ()
    town: str = ""
    status: str = "unknown"
    staff: int | None = None
    decided: str = ""
    reason: str = ""

    def text(self, of: Field) -> str:
        """The text of a value, "" where there is none."""
        return self.values[of].text if of in self.values else ""

    def rows(self, *of: Field) -> tuple[int, ...]:
        """The rows that these values stand on."""
        return tuple(self._rows(of))

    def _rows(self, of: tuple[Field, ...]) -> Iterator[int]:
        for each in of:
            if (told := self.values.get(each)) and told.row is not None:
                yield told.row


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, or what is missing: a code, the facts that fill in its words, and the rows that it stands on."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rows: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        """As it is kept with a standing."""
        return {"code": self.code, "facts": dict(self.facts), "rows": list(self.rows)}


@dataclass(frozen=True, slots=True)
class RuleValues:
    """What an office user says of a rule's next version: its parameters, its first day, and why."""

    parameters: dict[str, object]
    since: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a firm. `misses` is what is missed or unknown, the most narrowly missed first."""

    answer: Said
    reasons: tuple[Reason, ...] = ()
    misses: tuple[Reason, ...] = ()
