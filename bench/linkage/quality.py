"""How well clusters meet the truth, counted in pairs of rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from zuji.register.linking import Doubt, Key


class Quality(NamedTuple):
    """Precision, recall and F1 over pairs; clusters with rows of two or more firms."""

    precision: float
    recall: float
    f1: float
    false_merges: int


def quality(clusters: Iterable[Sequence[Key]], truth: Mapping[Key, int]) -> Quality:
    """Rows that no cluster has count as alone."""
    found = right = merges = 0
    for cluster in clusters:
        firms = Counter(truth[key] for key in cluster)
        found += _pairs(len(cluster))
        right += sum(map(_pairs, firms.values()))
        merges += len(firms) > 1
    there = sum(map(_pairs, Counter(truth.values()).values()))
    precision, recall = right / max(1, found), right / max(1, there)
    return Quality(precision, recall, 2 * precision * recall / max(1e-9, precision + recall), merges)


def _pairs(rows: int) -> int:
    return rows * (rows - 1) // 2


def answered(clusters: Sequence[Sequence[Key]], doubts: Iterable[Doubt], truth: Mapping[Key, int]) -> list[list[Key]]:
    """The clusters once a person who knows has answered every doubt."""
    return united(
        [key for cluster in clusters for key in cluster],
        [
            *((cluster[0], key) for cluster in clusters for key in cluster),
            *((doubt.one, doubt.other) for doubt in doubts if truth[doubt.one] == truth[doubt.other]),
        ],
    )


def united(keys: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """Connected rows."""
    home = {key: [key] for key in keys}
    for one, other in pairs:
        ours, theirs = home[one], home[other]
        if ours is not theirs:
            ours += theirs
            home.update(dict.fromkeys(theirs, ours))
    return list({id(cluster): cluster for cluster in home.values()}.values())
