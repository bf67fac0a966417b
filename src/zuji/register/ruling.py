"""What persons say of which rows are about one firm: doubtful pairs, merges and splits. Each can be taken back.

A merge never repoints: the firm that goes leads on to the one that is kept, and whatever hangs on it stays with it.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction

from zuji.core.audit import audit
from zuji.core.errors import Invalid, Refused
from zuji.core.models import Association
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register import access, hanging
from zuji.register.enums import Band, DoubtState, Verb
from zuji.register.errors import Refusal
from zuji.register.models import IN_FORCE, Doubt, Enterprise, Link, Merge, Ruling
from zuji.register.settling import OPEN, apart_of, homes_of, rows_of, settle, show, sound_codes
from zuji.register.writing import merged_into

REASON_CHARS = 200
ANSWERS = (DoubtState.SAME, DoubtState.DIFFERENT, DoubtState.LATER)


@transaction.atomic
def decide_doubt(*, actor: Account, doubt_id: int, state: DoubtState, reason: str = "", at: datetime) -> Doubt:
    """Say whether two rows are about one firm, or put it off. The same firm makes one of two at once.

    Two sound codes that differ want a reason. Refused when somebody else was quicker.
    """
    doubt, association = _doubt(actor, doubt_id, at)
    if state not in ANSWERS:
        raise Invalid(Refusal.ANSWER_UNKNOWN, field="state")
    if doubt.state not in OPEN:
        raise Refused(Refusal.DOUBT_OUTDATED if doubt.state == DoubtState.OUTDATED else Refusal.DOUBT_DECIDED)
    homes = homes_of(association.pk, [doubt])
    concerned = sorted(set(homes.values()))
    # rows that are about one firm are parted by a split; a row of a list that was taken back is about none
    if state != DoubtState.LATER and len(concerned) < 2:
        raise Refused(Refusal.DOUBT_OUTDATED)
    if state == DoubtState.SAME:
        gone, kept = _which_goes(concerned)
        _judge(gone, kept, association.pk, despite_codes=bool(reason.strip()), at=at)
        _join(gone, kept, _ruling(actor, doubt, reason, at, same=True))
    elif state == DoubtState.DIFFERENT:
        _ruling(actor, doubt, reason, at, same=False)
    doubt.state, doubt.decided_by, doubt.decided_at = state, actor.pk, at
    doubt.save(update_fields=["state", "decided_by", "decided_at"])
    audit(actor, Verb.DOUBT_DECIDED, doubt, association_id=association.pk, at=at, answer=str(state))
    if state != DoubtState.LATER:
        show(concerned, association, at=at)
    return doubt


@transaction.atomic
def take_back_decision(*, actor: Account, doubt_id: int, at: datetime) -> Doubt:
    """Let a pair wait again; what was made one by it, and by nothing else, are two again."""
    doubt, association = _doubt(actor, doubt_id, at)
    if doubt.state not in ANSWERS:
        raise Refused(Refusal.DOUBT_NOT_DECIDED)
    concerned = set(homes_of(association.pk, [doubt]).values())
    undone = Ruling.objects.filter(IN_FORCE, doubt=doubt).update(undone_at=at)
    doubt.state, doubt.decided_by, doubt.decided_at = DoubtState.WAITING, None, None
    doubt.save(update_fields=["state", "decided_by", "decided_at"])
    audit(actor, Verb.DOUBT_TAKEN_BACK, doubt, association_id=association.pk, at=at)
    if undone:
        show(settle(concerned, association_id=association.pk, at=at), association, at=at)
    return doubt


@transaction.atomic
def merge(
    *, actor: Account, gone_id: int, kept_id: int, reason: str, despite_codes: bool = False, at: datetime
) -> Merge:
    """Say that one firm is another, which is kept. Two sound codes that differ want an explicit yes.

    Refused where either was found to be another firm, where somebody keeps them apart, or where what hangs on
    them does not fit.
    """
    gone, kept, association = _two(actor, gone_id, kept_id, at)
    said = reason_given(reason)
    _judge(gone, kept, association.pk, despite_codes=despite_codes, at=at)
    pair = _in_order(_first_row(gone), _first_row(kept))
    ruling = _say(actor, association.pk, pair, said, at, same=True)
    made = _join(gone, kept, ruling)
    audit(actor, Verb.ENTERPRISES_MERGED, made.kept, association_id=association.pk, at=at, reason=said, gone=gone)
    show([gone, kept], association, at=at)
    return made


@transaction.atomic
def undo_merge(*, actor: Account, merge_id: int, at: datetime) -> Merge:
    """Let two firms be two again, with everything that hung on either.

    Refused for what linking found by itself: that is parted by a split.
    """
    found = Merge.objects.filter(
        pk=merge_id, gone__in=access.visible_enterprises(actor, Right.EDIT_REGISTER, at=at)
    ).first()
    gone = access.access_enterprise(actor, found.gone_id if found else 0, Right.EDIT_REGISTER, at=at)
    association = access.access_register(actor, gone.association_id, Right.EDIT_REGISTER, at=at)
    found = Merge.objects.select_related("ruling__doubt").get(pk=merge_id)
    if found.undone_at is not None:
        raise Refused(Refusal.MERGE_IS_UNDONE)
    if found.ruling is None:
        raise Refused(Refusal.MERGE_BY_LINKING)
    _end([found.ruling], at)
    audit(actor, Verb.MERGE_TAKEN_BACK, found.kept, association_id=association.pk, at=at, gone=found.gone_id)
    show(settle([found.gone_id, found.kept_id], association_id=association.pk, at=at), association, at=at)
    found.refresh_from_db()
    return found


@transaction.atomic
def split(*, actor: Account, enterprise_id: int, row_ids: Collection[int], reason: str, at: datetime) -> Enterprise:
    """Let rows leave for a firm of their own, and keep the two apart whenever rows are linked anew."""
    firm, association = _one(actor, enterprise_id, at)
    said, chosen = reason_given(reason), set(row_ids)
    links = list(Link.objects.filter(enterprise__in=family(firm.pk, association.pk), ended_at=None).order_by("row"))
    leaving = [link for link in links if link.row_id in chosen]
    staying = [link for link in links if link.row_id not in chosen]
    if not chosen or len(leaving) < len(chosen):
        raise Invalid(Refusal.ROWS_NOT_OF_FIRM, field="row_ids")
    if not staying:
        raise Refused(Refusal.SPLIT_TAKES_ALL)
    if _is_called_same(leaving, staying):
        raise Refused(Refusal.SPLIT_AGAINST_DECISION)
    made = Enterprise.objects.create(association=association, made_at=at)
    _move(leaving, made, at)
    _rule(association.pk, leaving, staying, {"reason": said, "made_by": actor.pk, "made_at": at})
    audit(actor, Verb.ENTERPRISE_SPLIT, firm, association_id=association.pk, at=at, reason=said, rows=len(leaving))
    show([firm.pk, made.pk], association, at=at)
    return made


@transaction.atomic
def undo_split(*, actor: Account, enterprise_id: int, at: datetime) -> Enterprise:
    """Let the firm that a split made be the one again that it left, which is returned."""
    made, association = _one(actor, enterprise_id, at)
    before = _before_split(made)
    since = Ruling.objects.filter(IN_FORCE, association=association, made_at=made.made_at, doubt=None)
    kept = root_after(before, association.pk) if before is not None else made.pk
    apart = [each for each in since if set(homes_of(association.pk, [each]).values()) <= {made.pk, kept}]
    if kept == made.pk or all(each.same for each in apart):
        raise Refused(Refusal.NOT_A_SPLIT)
    _end(apart, at)
    _bring_back(made, at)
    if Link.objects.filter(enterprise=made, ended_at=None).exists():
        # rows that came to it since are about it still, and so are about the one that it is
        pair = _in_order(_first_row(made.pk), _first_row(kept))
        _join(made.pk, kept, _say(actor, association.pk, pair, "", at, same=True))
    else:
        Enterprise.objects.filter(pk=made.pk).update(merged_into=kept)
        Merge.objects.create(gone=made, kept_id=kept, made_by=actor.pk, made_at=at)
    firm = Enterprise.objects.get(pk=kept)
    audit(actor, Verb.SPLIT_TAKEN_BACK, firm, association_id=association.pk, at=at)
    show([made.pk, kept], association, at=at)
    return firm


def reason_given(reason: str) -> str:
    """Why, in a few words; Invalid without any."""
    said = reason.strip()
    if not said:
        raise Invalid(Refusal.RULING_REASON_MISSING, field="reason")
    if len(said) > REASON_CHARS:
        raise Invalid(Refusal.RULING_REASON_TOO_LONG, field="reason", most=REASON_CHARS)
    return said


def family(firm: int, association_id: int) -> list[int]:
    """A firm and those that were found to be it."""
    merged = merged_into(association_id)
    return [firm, *(each for each in merged if root_after(each, association_id, merged) == firm)]


def root_after(firm: int, association_id: int, merged: dict[int, int] | None = None) -> int:
    """The firm that one is in the end."""
    known = merged_into(association_id) if merged is None else merged
    while firm in known:
        firm = known[firm]
    return firm


def _doubt(actor: Account, doubt_id: int, at: datetime) -> tuple[Doubt, Association]:
    """A pair and its association, both locked, in the order of docs/locking.md."""
    found = access.access_doubt(actor, doubt_id, Right.DECIDE_DOUBTS, at=at)
    association = access.access_register(actor, found.association_id, Right.DECIDE_DOUBTS, at=at)
    return access.access_doubt(actor, doubt_id, Right.DECIDE_DOUBTS, at=at, lock=True), association


def _one(actor: Account, firm_id: int, at: datetime) -> tuple[Enterprise, Association]:
    """A firm that is one of its own, and its association, locked."""
    found = access.access_enterprise(actor, firm_id, Right.EDIT_REGISTER, at=at)
    association = access.access_register(actor, found.association_id, Right.EDIT_REGISTER, at=at)
    found = access.access_enterprise(actor, firm_id, Right.EDIT_REGISTER, at=at)
    if found.merged_into_id is not None:
        raise Refused(Refusal.FIRM_IS_MERGED)
    return found, association


def _two(actor: Account, gone_id: int, kept_id: int, at: datetime) -> tuple[int, int, Association]:
    if gone_id == kept_id:
        raise Invalid(Refusal.MERGE_WITH_ITSELF, field="kept_id")
    gone, association = _one(actor, gone_id, at)
    kept, others = _one(actor, kept_id, at)
    if others.pk != association.pk:
        raise Invalid(Refusal.MERGE_OF_TWO_REGISTERS, field="kept_id")
    return gone.pk, kept.pk, association


def _which_goes(firms: Collection[int]) -> tuple[int, int]:
    """Of two firms the one with more rows is kept, else the earlier."""
    counted = rows_of(firms)
    kept, gone = sorted(firms, key=lambda each: (-counted[each], each))
    return gone, kept


def _judge(gone: int, kept: int, association_id: int, *, despite_codes: bool, at: datetime) -> None:
    """Refused where these two cannot be one."""
    if frozenset((gone, kept)) in apart_of(association_id):
        raise Refused(Refusal.MERGE_AGAINST_DECISION)
    if len(sound_codes((gone, kept))) > 1 and not despite_codes:
        raise Refused(Refusal.MERGE_OF_TWO_CODES, field="despite_codes")
    for conflict in hanging.conflicts(gone, kept, at):
        raise Refused(conflict.code, **conflict.facts)


def _ruling(actor: Account, doubt: Doubt, reason: str, at: datetime, *, same: bool) -> Ruling:
    said = reason.strip()[:REASON_CHARS]
    made = _say(actor, doubt.association_id, (doubt.one_id, doubt.other_id), said, at, same=same)
    made.doubt = doubt
    made.save(update_fields=["doubt"])
    return made


def _say(
    actor: Account, association_id: int, pair: tuple[int, int], reason: str, at: datetime, *, same: bool
) -> Ruling:
    """A person's word on a pair of rows, in order; an earlier one on the same pair ends."""
    Ruling.objects.filter(IN_FORCE, one=pair[0], other=pair[1]).update(undone_at=at)
    about = {"association_id": association_id, "one_id": pair[0], "other_id": pair[1]}
    return Ruling.objects.create(same=same, reason=reason, made_by=actor.pk, made_at=at, **about)


def _join(gone: int, kept: int, ruling: Ruling) -> Merge:
    Enterprise.objects.filter(pk=gone).update(merged_into=kept)
    about = {"made_by": ruling.made_by, "made_at": ruling.made_at, "reason": ruling.reason}
    return Merge.objects.create(gone_id=gone, kept_id=kept, ruling=ruling, **about)


def _first_row(firm: int) -> int:
    found = Link.objects.filter(enterprise=firm, ended_at=None).order_by("row").values_list("row", flat=True).first()
    if found is None:
        raise Refused(Refusal.FIRM_HAS_NO_ROWS)
    return found


def _end(rulings: Iterable[Ruling], at: datetime) -> None:
    """These are said no more; pairs that they answered wait again."""
    keys = [each.pk for each in rulings]
    doubts = Doubt.objects.filter(rulings__in=keys, state__in=(DoubtState.SAME, DoubtState.DIFFERENT))
    doubts.update(state=DoubtState.WAITING, decided_by=None, decided_at=None)
    Ruling.objects.filter(pk__in=keys).update(undone_at=at)


def _is_called_same(leaving: Collection[Link], staying: Collection[Link]) -> bool:
    out, stay = [each.row_id for each in leaving], [each.row_id for each in staying]
    said = Ruling.objects.filter(IN_FORCE, same=True)
    return said.filter(one__in=out, other__in=stay).exists() or said.filter(one__in=stay, other__in=out).exists()


def _move(links: Collection[Link], to: Enterprise, at: datetime) -> None:
    Link.objects.filter(pk__in=[each.pk for each in links]).update(ended_at=at)
    Link.objects.bulk_create(
        Link(row_id=each.row_id, enterprise=to, band=Band.RULED, why=each.why, made_at=at) for each in links
    )


def _bring_back(made: Enterprise, at: datetime) -> None:
    """Let the rows of a split be where they were, on the same grounds as before."""
    came = Link.objects.filter(enterprise=made, made_at=made.made_at, band=Band.RULED, ended_at=None)
    rows = list(came.values_list("row", flat=True))
    left = {
        link.row_id: link
        for link in Link.objects.filter(row__in=rows, ended_at=made.made_at).exclude(enterprise=made).order_by("pk")
    }
    came.filter(row__in=left).update(ended_at=at)
    Link.objects.bulk_create(
        Link(row_id=row, enterprise_id=was.enterprise_id, band=was.band, score=was.score, why=was.why, made_at=at)
        for row, was in left.items()
    )


def _rule(association_id: int, leaving: Collection[Link], staying: Collection[Link], said: dict[str, Any]) -> None:
    """Keep the rows that leave together, and every one that stays apart from them."""
    rows = sorted(each.row_id for each in leaving)
    pairs = dict.fromkeys(pairwise(rows), True)
    pairs |= {_in_order(rows[0], each.row_id): False for each in staying}
    known = set(Ruling.objects.filter(IN_FORCE, one__in=[one for one, _ in pairs]).values_list("one", "other"))
    Ruling.objects.bulk_create(
        Ruling(association_id=association_id, one_id=pair[0], other_id=pair[1], same=same, **said)
        for pair, same in pairs.items()
        if pair not in known
    )


def _in_order(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _before_split(made: Enterprise) -> int | None:
    """The firm that the rows of a split left; None where a firm is not from a split."""
    came = Link.objects.filter(enterprise=made, made_at=made.made_at, band=Band.RULED).values("row")
    left = Link.objects.filter(row__in=came, ended_at=made.made_at).exclude(enterprise=made).order_by("pk")
    return left.values_list("enterprise", flat=True).first()
