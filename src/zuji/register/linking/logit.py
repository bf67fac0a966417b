"""A conditional logit: which of the firms offered is a unit's, or none of them.

Each unit brings a few alternatives, each with its features; the odds of an alternative are exp(weights · features),
those of 'none' are 1. Weights are found by Newton's steps, held near those given, so that little data changes little.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zuji.register.linking.features import Feature

HOLD = 1.0
"""How firmly weights are held near those given: the inverse variance of what they may differ by."""
STEPS, ENOUGH = 30, 1e-5
SHORTEST_STEP = 1e-3
NEGLIGIBLE = 1e-5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit's alternatives and which of them is its firm; None where none of them is."""

    alternatives: Sequence[Sequence[Feature]]
    chosen: int | None
    short: bool = False


class _Problem:
    """The choices as one matrix, a row an alternative; `starts` are the rows where a unit begins."""

    def __init__(self, choices: Iterable[Choice], columns: Mapping[str, int], held: Floats) -> None:
        kept = [choice for choice in choices if choice.alternatives]
        sizes = np.array([len(choice.alternatives) for choice in kept])
        self.held = held
        self.starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        self.unit = np.repeat(np.arange(len(kept)), sizes)
        self.matrix = np.zeros((int(sizes.sum()), len(columns)))
        self.chosen = np.zeros(len(self.matrix))
        for start, choice in zip(self.starts, kept, strict=True):
            for at, alternative in enumerate(choice.alternatives, start):
                for name, value in alternative:
                    self.matrix[at, columns[name]] += value
            if choice.chosen is not None:
                self.chosen[start + choice.chosen] = 1.0

    def judge(self, weights: Floats) -> tuple[float, Floats]:
        """The penalised log likelihood, and each alternative's probability."""
        scores = self.matrix @ weights
        top = np.maximum(np.maximum.reduceat(scores, self.starts), 0)
        odds = np.exp(scores - top[self.unit])
        totals = np.add.reduceat(odds, self.starts) + np.exp(-top)
        away = weights - self.held
        likelihood = scores @ self.chosen - (np.log(totals) + top).sum() - HOLD / 2 * away @ away
        return float(likelihood), odds / totals[self.unit]

    def step(self, weights: Floats, probabilities: Floats) -> Floats:
        """Newton's step from here. Alternatives that are out of the question, most of all, bend nothing."""
        slope = self.matrix.T @ (self.chosen - probabilities) - HOLD * (weights - self.held)
        bend = HOLD * np.eye(len(weights))
        open_ = probabilities > NEGLIGIBLE
        if open_.any():
            matrix = self.matrix[open_]
            weighted = matrix * probabilities[open_, None]
            starts = np.flatnonzero(np.diff(self.unit[open_], prepend=-1))
            expected = np.add.reduceat(weighted, starts, axis=0)
            bend += weighted.T @ matrix - expected.T @ expected
        return np.asarray(np.linalg.solve(bend, slope))


def fit(choices: Sequence[Choice], held: Mapping[str, float]) -> dict[str, float]:
    """Weights by feature, those given where the choices do not speak of one."""
    names = sorted({name for choice in choices for seen in choice.alternatives for name, _ in seen})
    if not names:
        return dict(held)
    start = np.array([held.get(name, 0.0) for name in names])
    problem = _Problem(choices, {name: at for at, name in enumerate(names)}, start)
    weights = _climb(problem, start)
    return {**held, **dict(zip(names, weights.tolist(), strict=True))}


def _climb(problem: _Problem, weights: Floats) -> Floats:
    best, probabilities = problem.judge(weights)
    for _ in range(STEPS):
        step, length = problem.step(weights, probabilities), 1.0
        reached, then = problem.judge(weights + step)
        while reached < best and length > SHORTEST_STEP:
            length /= 2
            reached, then = problem.judge(weights + length * step)
        if reached < best:
            return weights
        weights = weights + length * step
        done = reached - best < ENOUGH * abs(best)
        best, probabilities = reached, then
        if done:
            break
    return weights
