"""Filings (备案) of a firm: each number once, with its state and with the row that tells it last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zuji.register.cards import FILED
from zuji.register.enums import FilingState
from zuji.register.models import Enterprise, Filing, Link, SourceList
from zuji.register.queries import links_of

Told = Mapping[tuple[int, str], SourceList]
"""By authority and kind, its latest list that tells of filings of this kind."""


@dataclass(frozen=True, slots=True)
class FilingTold:
    """A number with its state, the day that a list gives for it, what it is for, and the row that tells it last."""

    filing: Filing
    state: FilingState
    dated: date | None

    @property
    def source(self) -> SourceList:
        """The list of that row."""
        return self.filing.row.source


def filings_of(enterprise: Enterprise) -> list[FilingTold]:
    """By kind and number. Withdrawn is what no authority's latest list tells any more that once told it."""
    last = _latest(links_of(enterprise))
    rows = Filing.objects.filter(enterprise=enterprise).select_related("row__source__authority")
    told: dict[tuple[str, str], list[Filing]] = {}
    for each in sorted(rows, key=lambda each: (each.row.source.as_of, each.row.source_id), reverse=True):
        told.setdefault((each.kind, each.number), []).append(each)
    return [_told(some, last) for _, some in sorted(told.items())]


def _told(some: list[Filing], last: Told) -> FilingTold:
    """Of one number, the latest row first."""
    dated = next((each.dated for each in some if each.dated), None)
    sources = [each.row.source for each in some]
    if not any(last.get((source.authority_id, some[0].kind), source) == source for source in sources):
        return FilingTold(some[0], FilingState.WITHDRAWN, dated)
    return FilingTold(some[0], FilingState.WELL_FORMED if some[0].well_formed else FilingState.MALFORMED, dated)


def _latest(links: Iterable[Link]) -> Told:
    last: dict[tuple[int, str], SourceList] = {}
    for link in sorted(links, key=lambda each: (each.row.source.as_of, each.row.source_id)):
        source = link.row.source
        for of, kind in FILED.items():
            # a list that has no such column withdraws nothing
            if of.value in source.columns.values() or link.row.values.get(of):
                last[source.authority_id, kind] = source
    return last
