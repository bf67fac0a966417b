"""Which firms are one, as it follows from what linking and persons said; doubtful pairs that thereby answer themselves.

Each saying that two firms are one is an edge. When one is taken back, the merges that others made since are made anew
where they rested on it, so that every saying still holds and none holds more than it said.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zuji.core.models import Association
from zuji.register.cards import rebuild_cards, root_of
from zuji.register.enums import DoubtState
from zuji.register.judging import day_of, judge
from zuji.register.models import IN_FORCE, Card, Doubt, Enterprise, Link, Merge, Ruling
from zuji.register.writing import merged_into

OPEN = (DoubtState.WAITING, DoubtState.LATER)
Parents = dict[int, int]


@dataclass(frozen=True, slots=True)
class Edge:
    """That two firms are one: the firm that goes and the one that is kept, by which ruling and merge."""

    gone: int
    kept: int
    merge: Merge | None
    ruling: Ruling | None


def settle(firms: Collection[int], *, association_id: int, at: datetime) -> set[int]:
    """Make the merges among these firms, and all that are one with them, follow from what is said.

    Returns all firms concerned. The caller holds the association's lock and shows them afterwards.
    """
    merged = merged_into(association_id)
    roots = {root_of(each, merged) for each in firms}
    known = {*firms, *roots, *(each for each in merged if root_of(each, merged) in roots)}
    edges = _edges(association_id, known)
    for edge in edges:
        known |= {edge.gone, edge.kept}
    made, parents = _replayed(edges, merged)
    _write(known, merged, parents, made, at)
    return known


def _edges(association_id: int, firms: Collection[int]) -> list[Edge]:
    """What says that two of these firms are one, the earliest first."""
    merges = Merge.objects.filter(IN_FORCE, gone__in=firms).select_related("ruling").order_by("made_at", "pk")
    by_ruling = {merge.ruling_id: merge for merge in merges if merge.ruling_id is not None}
    told = [((merge.made_at, 0, merge.pk), _merged(merge)) for merge in merges if merge.ruling_id is None]
    homes = dict(Link.objects.filter(enterprise__in=firms, ended_at=None).values_list("row", "enterprise"))
    rulings = Ruling.objects.filter(IN_FORCE, association=association_id, same=True, one__in=list(homes))
    told += [
        ((ruling.made_at, 1, ruling.pk), _ruled(ruling, by_ruling, homes[ruling.one_id], homes[ruling.other_id]))
        for ruling in rulings.order_by("made_at", "pk")
        if ruling.other_id in homes
    ]
    return [edge for _, edge in sorted(told, key=lambda each: each[0])]


def _merged(merge: Merge) -> Edge:
    return Edge(merge.gone_id, merge.kept_id, merge, merge.ruling)


def _ruled(ruling: Ruling, merges: Mapping[int, Merge], one: int, other: int) -> Edge:
    """The merge that a ruling made tells which firm is kept, while both still are what they were."""
    merge = merges.get(ruling.pk)
    if merge is not None and merge.gone_id == other:
        one, other = other, one
    return Edge(one, other, merge, ruling)


def _replayed(edges: Iterable[Edge], merged: Mapping[int, int]) -> tuple[dict[int, Edge], Parents]:
    """By firm that goes, the edge that says so and the firm that it goes to; whoever is kept now stays so if it can."""
    parents: Parents = {}
    made: dict[int, Edge] = {}
    for edge in edges:
        gone, kept = root_of(edge.gone, parents), root_of(edge.kept, parents)
        if gone == kept:
            continue
        if merged.get(kept) == gone or (edge.merge is not None and kept == edge.merge.gone_id):
            gone, kept = kept, gone
        parents[gone], made[gone] = kept, edge
    return made, parents


def _write(
    known: Collection[int], merged: Mapping[int, int], parents: Parents, made: Mapping[int, Edge], at: datetime
) -> None:
    changed = {each for each in known if merged.get(each) != parents.get(each)}
    Merge.objects.filter(IN_FORCE, gone__in=changed).update(undone_at=at)
    for gone in sorted(changed & set(parents)):
        edge, ruling = made[gone], made[gone].ruling
        by = ruling.made_by if ruling else edge.merge.made_by if edge.merge else None
        reason = ruling.reason if ruling else edge.merge.reason if edge.merge else ""
        about = {"made_by": by, "reason": reason, "ruling": ruling}
        Merge.objects.create(gone_id=gone, kept_id=parents[gone], made_at=at, **about)
    for each in sorted(changed):
        Enterprise.objects.filter(pk=each).update(merged_into=parents.get(each))


def show(firms: Collection[int], association: Association, *, at: datetime) -> None:
    """Put cards and answers of firms right, and close or open the doubtful pairs that this answers."""
    answer_doubts(association.pk, at=at)
    merged = merged_into(association.pk)
    wanted = sorted({*firms, *(root_of(each, merged) for each in firms)})
    rebuild_cards(wanted, association_id=association.pk, at=at)
    judge(wanted, association_id=association.pk, on=day_of(association, at), at=at)


def answer_doubts(association_id: int, *, at: datetime) -> None:
    """Nobody is asked of a pair that other decisions brought together or keep apart; taken back, it is asked again."""
    rows = Doubt.objects.filter(association=association_id)
    asked = list(rows.filter(state__in=OPEN))
    closed = list(rows.filter(state=DoubtState.OUTDATED, decided_at__isnull=False))
    if not asked and not closed:
        return
    homes = homes_of(association_id, asked + closed)
    apart = apart_of(association_id)
    for doubt in asked:
        if _is_answered(doubt, homes, apart):
            # whoever put it off stays named, so that it is put off again where this is taken back
            when = doubt.decided_at or at
            rows.filter(pk=doubt.pk).update(state=DoubtState.OUTDATED, decided_at=when)
    for doubt in closed:
        if not _is_answered(doubt, homes, apart) and {doubt.one_id, doubt.other_id} <= set(homes):
            _ask_again(doubt)


def _ask_again(doubt: Doubt) -> None:
    if doubt.decided_by is None:
        doubt.state, doubt.decided_at = DoubtState.WAITING, None
    else:
        doubt.state = DoubtState.LATER
    doubt.save(update_fields=["state", "decided_at"])


def homes_of(association_id: int, doubts: Iterable[Doubt | Ruling]) -> Mapping[int, int]:
    """By row, the firm that it is about in the end."""
    merged = merged_into(association_id)
    rows = {row for each in doubts for row in (each.one_id, each.other_id)}
    links = Link.objects.filter(row__in=rows, ended_at=None).values_list("row", "enterprise")
    return {row: root_of(firm, merged) for row, firm in links}


def apart_of(association_id: int) -> set[frozenset[int]]:
    """Pairs of firms of which a person said that they are not one."""
    rulings = list(Ruling.objects.filter(IN_FORCE, association=association_id, same=False))
    homes = homes_of(association_id, rulings)
    pairs = (frozenset((homes.get(each.one_id, 0), homes.get(each.other_id, 0))) for each in rulings)
    return {pair for pair in pairs if 0 not in pair}


def sound_codes(firms: Collection[int]) -> list[str]:
    """The sound credit codes of firms, each once; two of them want a person's reason before the firms are one."""
    cards = Card.objects.filter(enterprise__in=firms).exclude(code="")
    return sorted(set(cards.values_list("code", flat=True)))


def codes_asked(doubt: Doubt) -> list[str]:
    """The sound codes of the two firms of a pair."""
    return sound_codes(set(homes_of(doubt.association_id, [doubt]).values()))


def _is_answered(doubt: Doubt, homes: Mapping[int, int], apart: Collection[frozenset[int]]) -> bool:
    one, other = homes.get(doubt.one_id), homes.get(doubt.other_id)
    return one is not None and other is not None and (one == other or frozenset((one, other)) in apart)


def rows_of(firms: Collection[int]) -> Counter[int]:
    """How many rows each firm has in force, of its own."""
    return Counter(Link.objects.filter(enterprise__in=firms, ended_at=None).values_list("enterprise", flat=True))
