"""Units find their firms, the surest first, so that what these tell helps the others."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from zuji.register.linking.caution import wanted_of
from zuji.register.linking.clues import codes_say
from zuji.register.linking.evidence import evidence
from zuji.register.linking.features import features
from zuji.register.linking.index import Index
from zuji.register.linking.records import Key, Reason
from zuji.register.linking.rulings import Rulings
from zuji.register.linking.units import Unit

ROUNDS = (6.0, 3.5, 1.1)
"""Log odds that a home must have; the last is where a link is sure enough to be made without asking."""
CAP = 20.0

Progress = Callable[[int, int], None]


class Offer(NamedTuple):
    """A firm that a unit may belong to, with the log odds of that."""

    firm: Unit
    score: float


class Placed(NamedTuple):
    """A unit that found its firm, and why, as it was known then."""

    unit: Unit
    firm: Unit
    score: float
    why: tuple[Reason, ...]


class Placer:
    """Weighs firms for units."""

    def __init__(self, index: Index, weights: Mapping[str, float], rulings: Rulings) -> None:
        self.index, self.weights, self.rulings = index, weights, rulings

    def score(self, unit: Unit, firm: Unit) -> float:
        """The utility of a firm for a unit; that of 'none of them' is 0."""
        seen = features(unit, firm, self.index)
        told, weigh = codes_say(unit, firm), self.weights.get
        for name, value in seen:
            told += weigh(name, 0.0) * value
        return told

    def offers(self, unit: Unit) -> list[Offer]:
        """Firms for a unit, the likeliest first, each with its log odds against all the others and none."""
        allowed = self.index.candidates(unit)
        if self.rulings.separate:
            allowed = [firm for firm in allowed if not self._forbidden(unit, firm)]
        utilities = sorted(((self.score(unit, firm), firm) for firm in allowed), key=lambda each: -each[0])
        odds = [math.exp(min(utility, 3 * CAP)) for utility, _ in utilities]
        total = 1.0 + sum(odds)
        return [Offer(firm, _log_odds(each, total)) for each, (_, firm) in zip(odds, utilities, strict=True)]

    def _forbidden(self, unit: Unit, firm: Unit) -> bool:
        return self.rulings.forbid([row.key for row in unit.rows], [row.key for row in firm.rows])


def _log_odds(odds: float, total: float) -> float:
    against = max(total - odds, odds * math.exp(-CAP), 1e-300)
    return max(-CAP, min(CAP, math.log(max(odds, 1e-300) / against)))


def in_order(units: Sequence[Unit]) -> list[Unit]:
    """Those first whose lists name firms most fully: by the share of registered names, then by size and key."""
    full, rows = Counter[str](), Counter[str]()
    for unit in units:
        for row in unit.rows:
            rows[row.key.list] += 1
            full[row.key.list] += row.name.is_full

    def rank(unit: Unit) -> tuple[float, int, Key]:
        name = unit.key.list
        return -round(full[name] / rows[name], 1), -len(unit.rows), unit.key

    return sorted(units, key=rank)


def place(units: Sequence[Unit], placer: Placer, progress: Progress | None = None) -> list[Placed]:
    """Join each unit to its firm, round by round; who finds no home becomes a firm itself in the last.

    Short names wait until all registered ones have their places, for a brand fits a sibling too as long as its own
    firm is not there.
    """
    placed: list[Placed] = []
    ordered, done = in_order(units), 0
    for short in (False, True):
        waiting = [unit for unit in ordered if unit.is_short == short]
        for wanted in ROUNDS:
            placed += _round(waiting, wanted, placer)
            homes = {id(each.unit) for each in placed}
            waiting = [unit for unit in waiting if id(unit) not in homes]
            if progress:
                progress(len(placed) + done, len(units))
        done += len(waiting)
    if progress:
        progress(len(units), len(units))
    return placed


def _round(units: Sequence[Unit], wanted: float, placer: Placer) -> Iterator[Placed]:
    for unit in units:
        home = _home(unit, wanted, placer)
        if home:
            placer.index.join(unit, home.firm)
            yield home
        elif wanted == ROUNDS[-1]:
            # at once, so that the next unit of the same firm finds it
            placer.index.put(unit)


def _home(unit: Unit, wanted: float, placer: Placer) -> Placed | None:
    best = next(iter(placer.offers(unit)), None)
    if not best or best.score < wanted or best.score < wanted_of(unit, best.firm):
        return None
    return Placed(unit, best.firm, best.score, evidence(unit, best.firm, placer.index))
