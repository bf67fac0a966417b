"""All rows that count are linked anew, and the firms follow.

Linking itself takes no lock, so that nobody waits for it. What it rested on is looked at again under the association's
lock, before anything is written; where a list or a ruling came between, it begins again. All that depends on the lists
is written in one transaction, then the cards and answers of the firms concerned, some at once; a process that dies
between the two leaves what the same instant, asked for again, completes.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import IntEnum
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from zuji.core.audit import Actor, audit
from zuji.core.models import Association
from zuji.register.asking import write_doubts
from zuji.register.authorities import remember
from zuji.register.cards import rebuild_cards
from zuji.register.enums import ListState, Verb
from zuji.register.gathering import Gathered, counting, counting_lists, gather
from zuji.register.judging import day_of, judge
from zuji.register.linking import Doubt, Key, Linked, link
from zuji.register.models import Link, Merge, SourceList
from zuji.register.staging import headings_of
from zuji.register.writing import Written, merged_into, root_of, write_firms

FIRMS_AT_ONCE = 2000

Progress = Callable[[int, int], None]
"""Told how many hundredths of the way are done, of how many; it may raise to end it there."""


class Step(IntEnum):
    """Of a hundred parts of the way, where each step ends."""

    LINKED = 60
    WRITTEN = 65
    SHOWN = 100


def silent(done: int, total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, kw_only=True)
class Relinked:
    """Counts: rows linked, firms made, rows moved, merges made or undone, pairs that wait, firms shown anew."""

    rows: int
    firms: int
    moved: int
    merged: int
    doubts: int
    shown: int


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked: whose rows, with which staged lists, by whom, at which instant, and whom to tell."""

    association_id: int
    bringing: Collection[int]
    actor: Actor | None
    at: datetime
    progress: Progress


def relink(
    association_id: int,
    *,
    at: datetime,
    progress: Progress = silent,
    bringing: Collection[int] = (),
    actor: Actor | None = None,
) -> Relinked:
    """Link an association's rows anew and bring its firms in line; `bringing` are staged lists that come in with it.

    Said again it changes nothing. What ended early is completed by saying it again with the same `at`.
    """
    order = Order(association_id=association_id, bringing=bringing, actor=actor, at=at, progress=progress)
    written = None
    while written is None:
        gathered = gather(association_id, bringing, at=at)
        told = _part(progress, 0, Step.LINKED)
        linked = link(gathered.records, decided=gathered.decided, progress=told)
        # outside of the transaction, or whoever wants to stop the work would wait for its end
        progress(int(Step.LINKED), int(Step.SHOWN))
        written = _write(order, gathered, linked)
    firms, doubts = written
    shown = show(association_id, at=at, progress=progress)
    return Relinked(rows=len(gathered.records), doubts=doubts, shown=shown, **asdict(firms))


def _part(progress: Progress, start: int, end: int) -> Progress:
    """The progress of a part of the way; told only when it moved, since each word is a write."""
    told = [start]

    def tell(done: int, total: int) -> None:
        now = start + (end - start) * done // max(total, 1)
        if now != told[0]:
            told[0] = now
            progress(now, int(Step.SHOWN))

    return tell


@transaction.atomic
def _write(order: Order, gathered: Gathered, linked: Linked) -> tuple[Written, int] | None:
    """Write what follows from linking, or nothing and None where it rested on what is no more."""
    association = Association.objects.select_for_update(no_key=True).get(pk=order.association_id)
    if counting(association.pk, order.bringing) != gathered.counting:
        return None
    _bring_in(order)
    firms = write_firms(association.pk, gathered, linked, at=order.at)
    asked = replace(linked, doubts=[*_held(association.pk, gathered, linked), *linked.doubts])
    doubts = write_doubts(association.pk, gathered, asked)
    if any(asdict(firms).values()):
        counts = asdict(firms) | {"doubts": doubts}
        audit(order.actor, Verb.ROWS_LINKED, association, association_id=association.pk, at=order.at, **counts)
    return firms, doubts


def _held(association_id: int, gathered: Gathered, linked: Linked) -> Iterator[Doubt]:
    """Rows that linking takes for one firm's, while what hangs on the two keeps them apart: a person is asked."""
    links = Link.objects.filter(ended_at=None, enterprise__association=association_id)
    homes, merged = dict(links.values_list("row", "enterprise")), merged_into(association_id)
    told = {link.key: link for link in linked.links}
    for cluster in linked.clusters:
        firsts: dict[int, Key] = {}
        for key in cluster:
            firsts.setdefault(root_of(homes[gathered.rows[key]], merged), key)
        for one, other in pairwise(firsts.values()):
            yield Doubt(one, other, told[other].score, told[other].why)


def _bring_in(order: Order) -> None:
    staged = counting_lists(order.association_id, order.bringing).filter(state=ListState.STAGED)
    for found in staged.select_for_update(no_key=True, of=("self",)).select_related("authority").order_by("pk"):
        found.state, found.taken_in_at = ListState.TAKEN_IN, order.at
        found.save(update_fields=["state", "taken_in_at"])
        # whoever takes a list in has seen what its columns were read as
        remember(found.authority, headings_of(found))
        rows = found.rows.filter(refused=False).count()
        audit(order.actor, Verb.LIST_TAKEN_IN, found, association_id=order.association_id, at=order.at, rows=rows)


def show(association_id: int, *, at: datetime, progress: Progress = silent) -> int:
    """Put the cards and answers of all firms right whose rows or merges changed at an instant; how many those are."""
    firms = _concerned(association_id, at)
    association = Association.objects.get(pk=association_id)
    told = _part(progress, Step.WRITTEN, Step.SHOWN)
    for start in range(0, len(firms), FIRMS_AT_ONCE):
        some = firms[start : start + FIRMS_AT_ONCE]
        told(start, len(firms))
        with transaction.atomic():
            rebuild_cards(some, association_id=association_id, at=at)
            judge(some, association_id=association_id, on=day_of(association, at), at=at)
    told(1, 1)
    return len(firms)


def _concerned(association_id: int, at: datetime) -> Sequence[int]:
    """Firms whose rows or merges changed at an instant, with those that they are merged into."""
    links = Link.objects.filter(Q(made_at=at) | Q(ended_at=at), enterprise__association=association_id)
    merges = Merge.objects.filter(Q(made_at=at) | Q(undone_at=at), gone__association=association_id)
    firms = {*links.values_list("enterprise", flat=True)}
    for pair in merges.values_list("gone", "kept"):
        firms.update(pair)
    merged = merged_into(association_id)
    return sorted(firms | {root_of(firm, merged) for firm in firms})


def end_links(source: SourceList, *, at: datetime) -> None:
    """Let a list's rows be about nobody; the firms follow when the others are linked anew."""
    Link.objects.filter(row__source=source, ended_at=None).update(ended_at=at)
