"""What came of it: clusters in order, a link a row, and the pairs that are worth asking about."""

from collections.abc import Sequence

from zuji.register.linking.evidence import why_alone, why_one
from zuji.register.linking.placing import CAP, Offer, Placed, Placer
from zuji.register.linking.records import Band, Doubt, Key, Link, Linked
from zuji.register.linking.rows import Row
from zuji.register.linking.units import Unit

ASKED_SHARE = 0.04
"""Pairs to ask about, of all rows."""
WORTH_ASKING = -4.0
"""Log odds below which a pair is no question."""


def answer(placer: Placer, placed: Sequence[Placed], units: Sequence[Unit]) -> Linked:
    """Clusters by their first row, rows by their key."""
    placed_units = {id(each.unit) for each in placed}
    alone = [unit for unit in units if id(unit) not in placed_units]
    doubts = ask(alone, placer)
    firms = sorted(placer.index.firms, key=lambda firm: min(row.key for row in firm.rows))
    clusters = [sorted(row.key for row in firm.rows) for firm in firms]
    where = {key: number for number, cluster in enumerate(clusters) for key in cluster}
    return Linked(clusters, _links(placer, placed, where, doubts), doubts)


def ask(alone: Sequence[Unit], placer: Placer) -> list[Doubt]:
    """Pairs that may be one firm, by how many pairs of rows a yes would bring, times its probability."""
    found: list[tuple[float, Doubt]] = []
    for unit in alone:
        found += [
            (_use(unit, offer), _doubt(unit, offer, placer))
            for offer in placer.offers(unit)[:2]
            if offer.score > WORTH_ASKING
        ]
    once: dict[tuple[Key, Key], tuple[float, Doubt]] = {}
    for use, doubt in found:
        once.setdefault((min(doubt.one, doubt.other), max(doubt.one, doubt.other)), (use, doubt))
    ranked = sorted(once.values(), key=lambda each: (-each[0], each[1].one, each[1].other))
    rows = sum(len(firm.rows) for firm in placer.index.firms)
    return [doubt for _, doubt in ranked][: int(rows * ASKED_SHARE)]


def _use(unit: Unit, offer: Offer) -> float:
    from math import exp

    return len(unit.rows) * len(offer.firm.rows) / (1 + exp(-offer.score))


def _doubt(unit: Unit, offer: Offer, placer: Placer) -> Doubt:
    return Doubt(unit.key, offer.firm.key, offer.score, why_one(unit, offer.firm, placer.index))


def _links(placer: Placer, placed: Sequence[Placed], where: dict[Key, int], doubts: Sequence[Doubt]) -> list[Link]:
    links: dict[Key, Link] = {}
    for each in placed:
        why = why_one(each.unit, each.firm, placer.index)
        for row in each.unit.rows:
            links[row.key] = Link(row.key, where[row.key], Band.SURE, each.score, why)
    asked = {key for doubt in doubts for key in (doubt.one,)}
    for firm in placer.index.firms:
        first = firm.rows[0]
        for row in firm.rows:
            if row.key not in links:
                links[row.key] = _first_link(row, first, where[row.key], asked)
    return [links[key] for key in sorted(links)]


def _first_link(row: Row, first: Row, cluster: int, asked: set[Key]) -> Link:
    band = Band.ASK if first.key in asked else Band.SURE if row.code.text else Band.APART
    return Link(row.key, cluster, band, CAP, why_alone(row, first))
