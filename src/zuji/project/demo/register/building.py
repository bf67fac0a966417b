"""The register as an office would fill it: lists taken in and doubtful pairs decided, all by the same actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zuji.core import works
from zuji.core.errors import Refused
from zuji.core.models import Association
from zuji.people.models import Account
from zuji.project.demo.register.lists import SENDERS, Listed
from zuji.register.actions import add_authority, decide_doubt, set_precedence, stage_list, take_in
from zuji.register.enums import DoubtState
from zuji.register.fields import Field
from zuji.register.models import Doubt, Link, SourceList, SourceRow
from zuji.register.rules.laying import lay_rules
from zuji.register.writing import merged_into, root_of

RULES_SINCE = date(2021, 7, 1)
FOR_A_PAIR = timedelta(seconds=30)
WINS = {"": ("registry", "tax", "filings", "contacts", "census"), Field.STAFF: ("census", "tax", "contacts")}
"""Whose value wins, by field; "" is every field without an order of its own."""
LEFT_WAITING = 0.15
"""Share of pairs that a visitor of the demo finds in the queue; none of them decides whether a firm counts."""

Truth = Mapping[int, int]
"""By row key, the number of the firm that it is about."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """What came of it, held against the truth: rows, firms, pairs decided and waiting; firms that two clusters have,
    and clusters that hold rows of two firms.
    """

    rows: int
    firms: int
    decided: int
    waiting: int
    torn: int
    mixed: int


def build(lists: Sequence[Listed], *, association: Association, actor: Account, at: datetime) -> Built:
    """Bring the lists into an association's register, on behalf of whoever may do it there."""
    lay_rules(association_id=association.pk, since=RULES_SINCE, at=at)
    senders = {
        each.key: add_authority(actor=actor, association_id=association.pk, name=each.authority, at=at).pk
        for each in SENDERS
    }
    for field, order in WINS.items():
        named = [senders[key] for key in order]
        set_precedence(
            actor=actor, association_id=association.pk, field=field, authority_ids=named, since=RULES_SINCE, at=at
        )
    staged = [_stage(each, senders[each.sender.key], actor, at) for each in lists]
    work = take_in(actor=actor, list_ids=[each.pk for each in staged], at=at)
    works.run_quietly(work.pk, now=lambda: at)
    truth = _truth(staged, lists)
    decided = _decide(association.pk, truth, actor, at)
    return _held_against(truth, association.pk, decided)


def _stage(listed: Listed, authority: int, actor: Account, at: datetime) -> SourceList:
    sender = listed.sender
    return stage_list(
        actor=actor, authority_id=authority, file=sender.file, data=listed.workbook(), as_of=sender.as_of, at=at
    )


def _truth(staged: Sequence[SourceList], lists: Sequence[Listed]) -> dict[int, int]:
    known = {source.pk: listed.truth for source, listed in zip(staged, lists, strict=True)}
    rows = SourceRow.objects.filter(source__in=staged).values_list("pk", "source", "number")
    return {key: known[source][number] for key, source, number in rows}


def _decide(association_id: int, truth: Truth, actor: Account, at: datetime) -> int:
    """Answer the doubtful pairs as somebody who knows the firms would, but for a few."""
    waiting = Doubt.objects.filter(association=association_id, state=DoubtState.WAITING)
    registered = SourceRow.objects.filter(source__file=SENDERS[0].file).values("pk")
    idle = waiting.exclude(one__in=registered).exclude(other__in=registered).order_by("-rank")
    left = set(idle.values_list("pk", flat=True)[: round(LEFT_WAITING * waiting.count())])
    decided = 0
    for key in [key for key in waiting.order_by("rank").values_list("pk", flat=True) if key not in left]:
        doubt = Doubt.objects.get(pk=key)
        # an earlier answer may have answered this pair too
        if doubt.state == DoubtState.WAITING:
            decided += 1
            _answer(doubt, truth, actor, at + FOR_A_PAIR * decided)
    return decided


def _answer(doubt: Doubt, truth: Truth, actor: Account, at: datetime) -> None:
    is_same = truth[doubt.one_id] == truth[doubt.other_id]
    state = DoubtState.SAME if is_same else DoubtState.DIFFERENT
    try:
        decide_doubt(actor=actor, doubt_id=doubt.pk, state=state, at=at)
    except Refused:
        decide_doubt(actor=actor, doubt_id=doubt.pk, state=DoubtState.LATER, at=at)


def _held_against(truth: Truth, association_id: int, decided: int) -> Built:
    merged = merged_into(association_id)
    links = Link.objects.filter(enterprise__association=association_id, ended_at=None)
    homes = [(root_of(firm, merged), truth[row]) for row, firm in links.values_list("row", "enterprise")]
    waiting = Doubt.objects.filter(association=association_id, state__in=(DoubtState.WAITING, DoubtState.LATER))
    return Built(
        rows=len(homes),
        firms=len({home for home, _ in homes}),
        decided=decided,
        waiting=waiting.count(),
        torn=_several((number, home) for home, number in homes),
        mixed=_several(homes),
    )


def _several(pairs: Iterable[tuple[int, int]]) -> int:
    """How many have more than one partner."""
    partners: dict[int, set[int]] = {}
    for one, other in pairs:
        partners.setdefault(one, set()).add(other)
    return sum(len(each) > 1 for each in partners.values())
