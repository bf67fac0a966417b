"""From headings and contents to a proposal for every column: one sum of points, and a question where it is close."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from zuji.core.sheets.folding import clean, squeeze
from zuji.core.sheets.header import Path
from zuji.core.sheets.places import shown, written
from zuji.register.fields import Field
from zuji.register.reading.contents import SHAPES, TELLING, points, shares
from zuji.register.reading.enums import Why
from zuji.register.reading.headings import STRONG, said

SAMPLES = 3
_LEAST, _SURE, _LEAD = 2.5, 5.0, 1.5
# a heading that nobody has seen says nothing against a field, so only a share that leaves no doubt speaks for one
_LEAST_SHARE, _LEAST_OF_CONTENT = 0.7, 2.0
_ELSEWHERE = 4.5
# between two columns of one kind, the fuller one says more
_FULL = 1.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column is taken for. `place` is its 0-based column, `key` its heading as answers are remembered by it.

    `share` is the part of the filled cells that look so; `rival` a field that came close for this column, `other` the
    title of another column that came close for this field, or was taken for it.
    """

    place: int
    title: str
    field: Field | None
    sure: bool
    reason: Why
    samples: tuple[str, ...] = ()
    points: float = 0.0
    share: float = 0.0
    rival: Field | None = None
    other: str = ""

    @property
    def key(self) -> str:
        return squeeze(self.title)

    @property
    def facts(self) -> dict[str, str]:
        """Plain values for the words of the reason."""
        return {"title": self.title, "percent": str(round(100 * self.share)), "other": self.other}


class Bid(NamedTuple):
    """The points of one column for one field."""

    points: float
    heading: float
    share: float
    place: int
    field: Field


class Seen(NamedTuple):
    """A column as it came: what stands over it, its filled cells or some of them, and which part is filled."""

    path: Path
    cells: Sequence[object]
    filled: float = 1.0

    @property
    def title(self) -> str:
        return clean("".join(self.path.names))

    @property
    def samples(self) -> tuple[str, ...]:
        filled = dict.fromkeys(shown(cell) for cell in self.cells if clean(written(cell)))
        return tuple(filled)[:SAMPLES]


def propose(
    seen: Sequence[Seen], *, remembered: Mapping[str, Field], chosen: Mapping[int, Field | None]
) -> tuple[Proposal, ...]:
    """A proposal for each column. What a person chose goes first, then what was remembered, then the most points."""
    ruled = dict(_ruled(seen, remembered, chosen))
    taken: dict[Field, int] = {field: place for place, (field, _) in ruled.items() if field and field is not Field.NOTE}
    bids = [list(_bids(place, each)) for place, each in enumerate(seen)]
    given: dict[int, Bid] = {}
    for bid in sorted((bid for each in bids for bid in each), key=lambda bid: (-bid.points, bid.place)):
        if bid.place not in ruled and bid.place not in given and (bid.field not in taken):
            given[bid.place] = bid
            if bid.field is not Field.NOTE:
                taken[bid.field] = bid.place
    return tuple(
        _by_ruling(place, each, *ruled[place])
        if place in ruled
        else _given(each, given[place], bids, seen)
        if place in given
        else _left(place, each, bids[place], taken, seen)
        for place, each in enumerate(seen)
    )


def _ruled(
    seen: Sequence[Seen], remembered: Mapping[str, Field], chosen: Mapping[int, Field | None]
) -> Iterator[tuple[int, tuple[Field | None, Why]]]:
    used: set[Field] = {field for field in chosen.values() if field and field is not Field.NOTE}
    for place, each in enumerate(seen):
        known = remembered.get(squeeze(each.title))
        if place in chosen:
            yield place, (chosen[place], Why.CHOSEN)
        elif known and known not in used:
            used |= {known} - {Field.NOTE}
            yield place, (known, Why.REMEMBERED)


def _bids(place: int, each: Seen) -> Iterator[Bid]:
    words = said(each.path)
    part = shares(each.cells)
    for field in Field:
        heading = words.points.get(field, 0.0)
        share = part.get(field, 0.0)
        content = points(share, field) if part and field in SHAPES else 0.0
        if heading:
            total = heading + content + _FULL * each.filled - (_ELSEWHERE if words.other and heading < STRONG else 0.0)
        elif words.strange and field in TELLING and share >= _LEAST_SHARE and content >= _LEAST_OF_CONTENT:
            total = content
        else:
            continue
        if total >= _LEAST:
            yield Bid(total, heading, share, place, field)


def _by_ruling(place: int, each: Seen, field: Field | None, why: Why) -> Proposal:
    return Proposal(place, each.title, field, True, why, each.samples)


def _given(each: Seen, bid: Bid, bids: Sequence[Sequence[Bid]], seen: Sequence[Seen]) -> Proposal:
    """The proposal of a column that got its field: sure where neither another field nor another column came close."""
    own = max((other for other in bids[bid.place] if other.field is not bid.field), default=None)
    others = [other for column in bids for other in column if other.field is bid.field and other.place != bid.place]
    beside = max(others, default=None)
    rival = own.field if own and bid.points - own.points < _LEAD else None
    near = beside is not None and bid.points - beside.points < _LEAD and bid.field is not Field.NOTE
    other = seen[beside.place].title if beside and near else ""
    sure = bid.points >= _SURE and bid.heading > 0 and not rival and not other
    why = Why.HEADING_AND_CONTENT if bid.heading and bid.share >= 0.5 else Why.HEADING if bid.heading else Why.CONTENT
    return Proposal(bid.place, each.title, bid.field, sure, why, each.samples, bid.points, bid.share, rival, other)


def _left(place: int, each: Seen, bids: Sequence[Bid], taken: Mapping[Field, int], seen: Sequence[Seen]) -> Proposal:
    best = max(bids, default=None)
    if best and best.field in taken:
        other = seen[taken[best.field]].title
        return Proposal(
            place, each.title, None, False, Why.OTHER_COLUMN, each.samples, best.points, best.share, None, other
        )
    if not each.samples:
        return Proposal(place, each.title, None, True, Why.NOTHING_IN_IT)
    strange = said(each.path).strange
    return Proposal(
        place, each.title, None, not strange, Why.NOTHING_KNOWN if strange else Why.SOMETHING_ELSE, each.samples
    )
