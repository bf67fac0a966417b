"""What came of it: clusters in order, a link a row, and the pairs that are worth asking about."""

import math
from collections.abc import Iterator, Mapping, Sequence

from zuji.register.codes import CodeKind
from zuji.register.linking.evidence import evidence
from zuji.register.linking.placing import CAP, Offer, Placed, Placer
from zuji.register.linking.records import Band, Doubt, Key, Link, Linked, Reason, Why
from zuji.register.linking.rows import Row
from zuji.register.linking.twins import namesakes
from zuji.register.linking.units import Unit

ASKED_SHARE, ASKED_ANYWAY = 0.04, 3
"""Pairs to ask about, of all rows, and how many even where the rows are few."""
WORTH_ASKING = -4.0
"""Log odds below which a pair is no question."""
ASKED_OF_ONE = 2
"""Firms that a person is shown for one unit."""


def answer(placer: Placer, placed: Sequence[Placed], units: Sequence[Unit], stray: Mapping[Key, str]) -> Linked:
    """Clusters by their first row, rows by their key. `stray` has the sound codes that stand on others' rows."""
    homes = {id(each.unit) for each in placed}
    alone = [unit for unit in units if id(unit) not in homes] + namesakes(placer.index.firms)
    doubts = ask(alone, placer)
    clusters = sorted(sorted(row.key for row in firm.rows) for firm in placer.index.firms)
    where = {key: number for number, cluster in enumerate(clusters) for key in cluster}
    asked = {doubt.one: doubt for doubt in reversed(doubts)}
    links = _Links(placer, where, asked, stray)
    return Linked(clusters, links.all(placed), doubts)


def ask(alone: Sequence[Unit], placer: Placer) -> list[Doubt]:
    """Pairs that may be one firm, by how many pairs of rows a yes brings, times its probability."""
    found: dict[tuple[Key, ...], tuple[float, Unit, Offer]] = {}
    for unit in sorted(alone, key=lambda unit: unit.key):
        for offer in placer.offers(unit)[:ASKED_OF_ONE]:
            if offer.score > WORTH_ASKING:
                pair = tuple(sorted((unit.key, offer.firm.key)))
                found.setdefault(pair, (_use(unit, offer), unit, offer))
    ranked = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))
    rows = sum(len(firm.rows) for firm in placer.index.firms)
    return [_doubt(unit, offer, placer) for _, (_, unit, offer) in ranked[: max(ASKED_ANYWAY, int(rows * ASKED_SHARE))]]


def _use(unit: Unit, offer: Offer) -> float:
    return len(unit.rows) * len(offer.firm.rows) / (1 + math.exp(-offer.score))


def _doubt(unit: Unit, offer: Offer, placer: Placer) -> Doubt:
    return Doubt(unit.key, offer.firm.key, offer.score, evidence(unit, offer.firm, placer.index))


class _Links:
    """A link for every row."""

    def __init__(
        self, placer: Placer, where: Mapping[Key, int], asked: Mapping[Key, Doubt], stray: Mapping[Key, str]
    ) -> None:
        self.placer, self.where, self.asked, self.stray = placer, where, asked, stray

    def all(self, placed: Sequence[Placed]) -> list[Link]:
        links = {link.key: link for each in placed for link in self._placed(each)}
        for firm in self.placer.index.firms:
            links.update({row.key: self._founding(row, firm) for row in firm.rows if row.key not in links})
        return [links[key] for key in sorted(links)]

    def _placed(self, each: Placed) -> Iterator[Link]:
        for row in each.unit.rows:
            why = self._of_stray(row.key) + each.why
            yield Link(row.key, self.where[row.key], self._ruled(row, Band.SURE), each.score, why)

    def _founding(self, row: Row, firm: Unit) -> Link:
        """Of a row by which a firm was known before any was weighed."""
        first = firm.rows[0]
        doubt = self.asked.get(first.key)
        alone = row.code.kind != CodeKind.SOUND
        band = Band.ASK if alone and doubt else Band.APART if alone and row is first else Band.SURE
        why = self._of_stray(row.key) + _why_founding(row, first, doubt)
        return Link(row.key, self.where[row.key], self._ruled(row, band), doubt.score if doubt else CAP, why)

    def _ruled(self, row: Row, band: Band) -> Band:
        return Band.RULED if row.key in self.placer.rulings.joined else band

    def _of_stray(self, key: Key) -> tuple[Reason, ...]:
        code = self.stray.get(key)
        return (Reason(Why.CODE_OF_ANOTHER, {"code": code}),) if code else ()


def _why_founding(row: Row, first: Row, doubt: Doubt | None) -> tuple[Reason, ...]:
    if row is first:
        known = Why.FIRST_ROW if row.code.kind == CodeKind.SOUND else Why.NOTHING_FITS
        return doubt.why if doubt else (Reason(known),)
    if row.code.kind == CodeKind.SOUND and row.code == first.code:
        return (Reason(Why.SAME_CODE, {"one": row.code.text, "other": row.code.text}),)
    if row.filing and row.filing == first.filing:
        return (Reason(Why.SAME_FILING, {"filing": row.filing}),)
    return (Reason(Why.RULED_SAME),)
