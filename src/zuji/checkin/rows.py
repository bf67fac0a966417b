"""An item's row, as it is written and as it is read back; and what is answered for it. No database."""

from typing import NamedTuple

import msgspec

from zuji.checkin.enums import LeafKind, Outcome
from zuji.checkin.errors import Refusal
from zuji.checkin.receipts import Fields


class Row(msgspec.Struct, gc=False, kw_only=True):
    """One item; instants in unix milliseconds, the date as ISO text. Its leaf's place is known once it is sealed."""

    campaign: int
    id: str
    digest: bytes
    received_ms: int
    local_date: str
    outcome: Outcome
    code: str = ""
    checkpoint: int | None = None
    walk_pass: int | None = None
    organisation: int | None = None
    first_id: str | None = None
    evidence: str = ""
    serial: int | None = None
    step: int | None = None
    seats: int = 1
    at_ms: int | None = None
    grade: str = ""
    late: bool = False
    reasons: str = ""
    fence: str = ""
    distance: str = ""
    accuracy: str = ""
    steward: int | None = None
    salt: bytes | None = None
    batch_id: int | None = None
    leaf_index: int | None = None

    @property
    def puts_back(self) -> bool:
        """Whether it is accepted as the putting-back of a check-in that had been taken back."""
        return self.first_id is not None and self.outcome is Outcome.ACCEPTED


class Verdict(NamedTuple):
    """What is answered for one row: its final outcome, and the row whose receipt goes with it."""

    outcome: Outcome
    row: Row
    proof: Row | None = None
    code: str = ""


def verdict_of(row: Row, first: Row | None) -> Verdict:
    """The answer that a stored row gets, now and at every repeat; `first` is the check-in that an *already* names."""
    if row.outcome is Outcome.REFUSED:
        return Verdict(Outcome.REFUSED, row, None, row.code)
    return Verdict(row.outcome, row, row if row.outcome is Outcome.ACCEPTED else first)


def reused(row: Row) -> Verdict:
    """The answer to an id that already names something else; it learns nothing of the first."""
    return Verdict(Outcome.REFUSED, row, None, Refusal.ID_REUSED)


def fields_of(row: Row) -> Fields:
    """What the leaf of an accepted row says; a putting-back names the check-in that it puts back."""
    if row.puts_back:
        kind, key, at, grade, late = LeafKind.PUT_BACK, row.first_id or "", row.received_ms, "", False
    else:
        kind, key, at, grade, late = LeafKind.CHECKIN, row.id, row.at_ms or 0, row.grade, row.late
    return Fields(
        kind=kind,
        campaign=row.campaign,
        id=key,
        walk_pass=row.walk_pass,
        checkpoint=row.checkpoint or 0,
        organisation=row.organisation or 0,
        at=at,
        grade=grade,
        late=late,
    )
