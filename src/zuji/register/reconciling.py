"""From clusters of rows to the firms that are there already: who keeps its identity, who moves, who is merged.

A firm keeps its identity where most of its rows are. Where several firms meet in one cluster, one is its home and the
others are merged into it: their rows stay with them, so that they are as they were once the cluster parts again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Votes = Mapping[int, Counter[int]]
"""How many rows a firm has in which cluster."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What stands: which firm each row is with, which firm is merged into which, and whose merge a person made.

    `former` says with which firm a row was in an earlier life, when its list was taken back and came again.
    """

    homes: Mapping[int, int] = field(default_factory=dict)
    parents: Mapping[int, int] = field(default_factory=dict)
    ruled: frozenset[int] = frozenset()
    former: Mapping[int, int] = field(default_factory=dict)

    def standing_for(self, firm: int) -> int:
        """The firm that a person merged this one into, over however many merges; else itself."""
        while firm in self.ruled:
            firm = self.parents[firm]
        return firm


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the firm of each cluster (None where one is to be made), the rows that go to another
    cluster's firm, merges that end, and merges to be made (gone to kept).
    """

    homes: tuple[int | None, ...]
    moves: Mapping[int, int]
    undone: tuple[int, ...]
    merges: Mapping[int, int]


def reconcile(clusters: Sequence[Sequence[int]], known: Known) -> Plan:
    """The least that brings the firms in line with the clusters of rows; nothing where they are in line already."""
    votes = _votes(clusters, known)
    claims = _claims(votes, [min(cluster) for cluster in clusters])
    homes = [_home(place, claims, votes, known) for place in range(len(clusters))]
    _revive(clusters, homes, known, taken=set(votes))
    parents = _parents(claims, homes, known)
    stays = {firm: place for place, firms in claims.items() for firm in firms}
    return Plan(
        homes=tuple(homes),
        moves=dict(_moves(clusters, stays, known)),
        undone=tuple(sorted(firm for firm in parents if firm in known.parents)),
        merges={firm: kept for firm, kept in sorted(parents.items()) if kept is not None},
    )


def _votes(clusters: Sequence[Sequence[int]], known: Known) -> dict[int, Counter[int]]:
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for place, rows in enumerate(clusters):
        for row in rows:
            if row in known.homes:
                votes[known.standing_for(known.homes[row])][place] += 1
    return dict(votes)


def _claims(votes: Votes, firsts: Sequence[int]) -> dict[int, list[int]]:
    """The firms of each cluster: those that have most of their rows there."""
    claims: dict[int, list[int]] = defaultdict(list)
    for firm in sorted(votes):
        counted = votes[firm]
        claims[min(counted, key=lambda place: (-counted[place], firsts[place]))].append(firm)
    return dict(claims)


def _home(place: int, claims: Mapping[int, Iterable[int]], votes: Votes, known: Known) -> int | None:
    """Whoever is a firm of its own today goes before one that is merged, so that nothing changes twice."""
    firms = claims.get(place, ())
    return min(firms, key=lambda firm: (firm in known.parents, -votes[firm][place], firm), default=None)


def _revive(clusters: Sequence[Sequence[int]], homes: list[int | None], known: Known, *, taken: set[int]) -> None:
    """Give a cluster that knows no firm the one that its rows had before, where that has no rows now."""
    unknown = [place for place, home in enumerate(homes) if home is None]
    for place in sorted(unknown, key=lambda place: min(clusters[place])):
        before = Counter(known.standing_for(known.former[row]) for row in clusters[place] if row in known.former)
        free = [firm for firm in before if firm not in taken]
        if free:
            homes[place] = firm = min(free, key=lambda firm: (-before[firm], firm))
            taken.add(firm)


def _parents(claims: Mapping[int, list[int]], homes: Sequence[int | None], known: Known) -> dict[int, int | None]:
    """Firms whose merge is to change, and into which they go then; None for one that is its own again."""
    changed: dict[int, int | None] = {firm: None for firm in homes if firm is not None and firm in known.parents}
    for place, firms in claims.items():
        members = set(firms)
        for firm in members - {homes[place]}:
            parent = known.parents.get(firm)
            # a merge that leads on within the cluster is left alone, as is whatever hangs on it
            if parent is None or known.standing_for(parent) not in members:
                changed[firm] = homes[place]
    return changed


def _moves(clusters: Sequence[Sequence[int]], stays: Mapping[int, int], known: Known) -> Iterable[tuple[int, int]]:
    for place, rows in enumerate(clusters):
        for row in rows:
            firm = known.homes.get(row)
            if firm is None or stays[known.standing_for(firm)] != place:
                yield row, place
