"""The whole way from records to clusters."""

from collections.abc import Sequence

from zuji.register.linking.answers import answer
from zuji.register.linking.grouping import group
from zuji.register.linking.index import Index
from zuji.register.linking.logit import fit
from zuji.register.linking.placing import Placer, Progress, place
from zuji.register.linking.records import Decided, Linked, Record
from zuji.register.linking.rows import Row, read_rows
from zuji.register.linking.rulings import Rulings
from zuji.register.linking.strays import strays, without_strays
from zuji.register.linking.training import choices
from zuji.register.linking.twins import without_mistyped
from zuji.register.linking.units import Unit
from zuji.register.linking.weights import usual_weights
from zuji.register.names import Parser

ENOUGH_TO_LEARN = 100
"""Units with a hidden code whose firm is there, from which on their weights are better than the usual ones."""


def link(records: Sequence[Record], *, decided: Sequence[Decided] = (), progress: Progress | None = None) -> Linked:
    """Clusters of rows that are one firm's, how each row came there, and which pairs to ask a person about.

    The order of the records does not matter; two records with one key are refused with ValueError. `progress` is told
    how many of how many units have found their place.
    """
    rows, parser = read_rows(records)
    if len({row.key for row in rows}) < len(rows):
        raise ValueError("two records with one key")
    rulings = Rulings(decided)
    firms, units = group(rows, rulings)
    index = Index(firms)
    placer = Placer(index, learn(firms, units, index, parser), rulings)
    stray = strays(firms, placer)
    firms, units = without_strays(firms, units, stray)
    firms, units = without_mistyped(firms, units, rulings)
    placer = Placer(Index(firms), placer.weights, rulings)
    return answer(placer, place(units, placer, progress), units, stray)


def learn(firms: Sequence[Unit], units: Sequence[Unit], index: Index, parser: Parser) -> dict[str, float]:
    """Weights from the firms that are known by their codes; the usual ones where these are too few to teach."""
    teaching, weights = list(choices(firms, index, parser, _short_rows(units))), usual_weights()
    # short names have weights of their own, so the two are fitted apart in a quarter of the time
    for short in (False, True):
        taught = [choice for choice in teaching if choice.short == short]
        # lists that name each firm once teach that nothing is ever one
        if sum(choice.chosen is not None for choice in taught) >= ENOUGH_TO_LEARN:
            weights = fit(taught, weights)
    return weights


def _short_rows(units: Sequence[Unit]) -> list[Row]:
    return [row for unit in units if unit.is_short for row in unit.rows]
