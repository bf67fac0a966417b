"""Persons say which rows are about one firm; each word is taken once, and taken back it leaves all as it was."""

import threading
from contextlib import nullcontext, suppress
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from tests.cast import DAY, make_cast
from tests.register.rows import cards, doubt, firms, row
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.register import actions, hanging, ruling
from zuji.register.cards import rebuild_cards
from zuji.register.enums import DoubtState
from zuji.register.errors import Refusal
from zuji.register.models import Card, Doubt, Enterprise, Link, Merge, Ruling

CODES = ("91440113MA59AAAA0Y", "91440113MA59BBBB10")
SAME, DIFFERENT, LATER = DoubtState.SAME, DoubtState.DIFFERENT, DoubtState.LATER


def after(minutes):
    return DAY + timedelta(minutes=minutes)


@pytest.fixture
def three(cast):
    return firms(cast.panyu, {"name": "广州木棉有限公司"}, {"name": "木棉公司"}, {"name": "木棉数科"})


def decide(cast, asked, state, *, at=DAY, **more):
    return actions.decide_doubt(actor=cast.mei, doubt_id=asked.pk, state=state, at=at, **more)


def take_back(cast, asked, *, at=DAY):
    return actions.take_back_decision(actor=cast.mei, doubt_id=asked.pk, at=at)


def merge(cast, gone, kept, *, at=DAY, **more):
    return actions.merge(actor=cast.mei, gone_id=gone.pk, kept_id=kept.pk, reason="电话核实", at=at, **more)


def parents(*made):
    return [Enterprise.objects.get(pk=each.pk).merged_into_id for each in made]


def state(asked):
    return Doubt.objects.get(pk=asked.pk).state


def test_the_same_makes_one_firm_at_once_and_taken_back_all_is_as_before(cast, three):
    asked, before = doubt(three[0], three[1]), cards(cast.panyu)
    decide(cast, asked, SAME)
    assert parents(*three) == [None, three[0].pk, None]
    assert Card.objects.get(pk=three[0].pk).rows == 2
    take_back(cast, asked)
    assert (cards(cast.panyu), parents(*three), state(asked)) == (before, [None] * 3, DoubtState.WAITING)


def test_different_is_a_ruling_and_taken_back_it_rules_no_more(cast, three):
    asked, before = doubt(three[0], three[1]), cards(cast.panyu)
    decide(cast, asked, DIFFERENT)
    assert not Ruling.objects.get(undone_at=None).same
    with pytest.raises(Refused, match=Refusal.MERGE_AGAINST_DECISION):
        merge(cast, three[0], three[1])
    take_back(cast, asked)
    assert not Ruling.objects.filter(undone_at=None).exists()
    assert cards(cast.panyu) == before


def test_later_puts_off_and_can_still_be_decided(cast, three):
    asked = doubt(three[0], three[1])
    decide(cast, asked, LATER)
    assert not Ruling.objects.exists()
    decide(cast, asked, SAME)
    assert state(asked) == SAME


def test_the_firm_with_more_rows_is_kept(cast, three):
    more = row(three[1].links.get().row.source, 9, name="木棉")
    Link.objects.create(row=more, enterprise=three[1], band="sure", made_at=DAY)
    decide(cast, doubt(three[0], three[1]), SAME)
    assert parents(*three) == [three[1].pk, None, None]


def test_a_pair_that_other_decisions_brought_together_is_asked_no_more_until_they_are_taken_back(cast, three):
    first, second, third = doubt(three[0], three[1]), doubt(three[1], three[2], 2), doubt(three[0], three[2], 3)
    decide(cast, first, SAME)
    decide(cast, second, SAME)
    assert state(third) == DoubtState.OUTDATED
    with pytest.raises(Refused, match=Refusal.DOUBT_OUTDATED):
        decide(cast, third, DIFFERENT)
    take_back(cast, second)
    assert state(third) == DoubtState.WAITING


def test_a_pair_that_other_decisions_keep_apart_is_asked_no_more_and_put_off_again(cast, three):
    first, second, third = doubt(three[0], three[1]), doubt(three[1], three[2], 2), doubt(three[0], three[2], 3)
    decide(cast, third, LATER)
    decide(cast, first, SAME)
    decide(cast, second, DIFFERENT)
    assert state(third) == DoubtState.OUTDATED
    take_back(cast, second)
    assert state(third) == LATER


def test_rows_of_one_firm_are_not_called_different_but_split(cast, three):
    asked = doubt(three[0], three[1])
    Link.objects.filter(enterprise=three[1]).update(enterprise=three[0])
    for answer in (SAME, DIFFERENT):
        with pytest.raises(Refused, match=Refusal.DOUBT_OUTDATED):
            decide(cast, asked, answer)
    assert not Ruling.objects.exists()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_decisions_taken_back_in_any_order_leave_what_the_others_said(cast, three, order):
    before = cards(cast.panyu)
    asked = doubt(three[0], three[1]), doubt(three[1], three[2], 2)
    for place, each in enumerate(asked):
        decide(cast, each, SAME, at=after(place))
    take_back(cast, asked[order[0]], at=after(5))
    left = asked[order[1]]
    one, other = (Link.objects.get(row=each, ended_at=None).enterprise_id for each in (left.one_id, left.other_id))
    merged = {each.pk: each.merged_into_id for each in Enterprise.objects.all()}
    assert merged[one] == other or merged[other] == one
    assert sum(each is not None for each in merged.values()) == 1
    take_back(cast, left, at=after(6))
    assert cards(cast.panyu) == before


def test_a_merge_is_undone_with_its_chain_left_whole(cast, three):
    first = merge(cast, three[1], three[0], at=after(1))
    second = merge(cast, three[0], three[2], at=after(2))
    assert parents(*three) == [three[2].pk, three[0].pk, None]
    actions.undo_merge(actor=cast.mei, merge_id=second.pk, at=after(3))
    assert parents(*three) == [None, three[0].pk, None]
    actions.undo_merge(actor=cast.mei, merge_id=first.pk, at=after(4))
    assert parents(*three) == [None] * 3
    with pytest.raises(Refused, match=Refusal.MERGE_IS_UNDONE):
        actions.undo_merge(actor=cast.mei, merge_id=first.pk, at=after(5))


def test_a_firm_that_is_merged_is_not_merged_again_nor_into_itself(cast, three):
    merge(cast, three[1], three[0])
    for gone, kept in ((three[1], three[2]), (three[2], three[1]), (three[0], three[1])):
        with pytest.raises(Refused, match=Refusal.FIRM_IS_MERGED):
            merge(cast, gone, kept)
    with pytest.raises(Invalid, match=Refusal.MERGE_WITH_ITSELF):
        merge(cast, three[0], three[0])


def test_what_linking_found_is_not_undone_as_a_merge(cast, three):
    made = Merge.objects.create(gone=three[1], kept=three[0], made_at=DAY)
    with pytest.raises(Refused, match=Refusal.MERGE_BY_LINKING):
        actions.undo_merge(actor=cast.mei, merge_id=made.pk, at=DAY)


@pytest.fixture
def two_codes(cast):
    one, other = ({"name": name, "code": code} for name, code in zip(("甲公司", "乙公司"), CODES, strict=True))
    made = firms(cast.panyu, one, other)
    Card.objects.filter(pk=made[1].pk).update(code=CODES[1])
    Card.objects.filter(pk=made[0].pk).update(code=CODES[0])
    return made


def test_two_sound_codes_want_a_yes_with_a_reason(cast, two_codes):
    with pytest.raises(Refused, match=Refusal.MERGE_OF_TWO_CODES):
        merge(cast, *two_codes)
    with pytest.raises(Refused, match=Refusal.MERGE_OF_TWO_CODES):
        decide(cast, doubt(*two_codes), SAME)
    assert merge(cast, *two_codes, despite_codes=True).reason == "电话核实"


def test_a_merge_says_why(cast, three):
    for reason, code in ((" ", Refusal.RULING_REASON_MISSING), ("长" * 201, Refusal.RULING_REASON_TOO_LONG)):
        with pytest.raises(Invalid, match=code):
            actions.merge(actor=cast.mei, gone_id=three[0].pk, kept_id=three[1].pk, reason=reason, at=DAY)


def test_what_hangs_on_two_firms_is_asked_before_they_become_one(cast, three):
    seen = []

    def hanger(gone, kept, at):
        seen.append((gone, kept))
        return [hanging.Conflict("invalid", {"n": 2})]

    hanging.register(hanger)
    try:
        with pytest.raises(Refused, match="invalid"):
            merge(cast, three[1], three[0])
    finally:
        hanging.HANGERS.remove(hanger)
    assert (seen, parents(*three)) == ([(three[1].pk, three[0].pk)], [None] * 3)


@pytest.fixture
def two_rows(cast):
    made = firms(cast.panyu, {"name": "广州木棉有限公司"})[0]
    Link.objects.create(row=row(made.links.get().row.source, 9, name="榕声"), enterprise=made, band="sure", made_at=DAY)
    rebuild_cards([made.pk], association_id=cast.panyu.pk, at=DAY)
    return made


def split(cast, of, rows, *, at=DAY):
    return actions.split(actor=cast.mei, enterprise_id=of.pk, row_ids=rows, reason="不是一家", at=at)


def test_rows_leave_for_a_firm_of_their_own_and_come_back(cast, two_rows):
    before = cards(cast.panyu)
    leaving = two_rows.links.last().row_id
    made = split(cast, two_rows, [leaving], at=after(1))
    assert {each.name for each in Card.objects.all()} == {"广州木棉有限公司", "榕声"}
    with pytest.raises(Refused, match=Refusal.MERGE_AGAINST_DECISION):
        merge(cast, made, two_rows)
    assert actions.undo_split(actor=cast.mei, enterprise_id=made.pk, at=after(2)) == two_rows
    assert cards(cast.panyu) == before
    assert not Ruling.objects.filter(undone_at=None, same=False).exists()


def test_a_split_taken_back_leaves_the_rows_where_they_were_on_the_grounds_that_they_had(cast, two_rows):
    def grounds():
        links = Link.objects.filter(ended_at=None).order_by("row")
        return list(links.values_list("row", "enterprise", "band", "score", "why"))

    before = grounds()
    made = split(cast, two_rows, [two_rows.links.latest("pk").row_id], at=after(1))
    assert grounds() != before
    actions.undo_split(actor=cast.mei, enterprise_id=made.pk, at=after(2))
    assert grounds() == before
    assert not Ruling.objects.filter(undone_at=None).exists()
    assert parents(made) == [two_rows.pk]


def test_a_split_takes_some_rows_of_the_firm_and_not_all(cast, two_rows, three):
    rows = list(two_rows.links.values_list("row", flat=True))
    with pytest.raises(Refused, match=Refusal.SPLIT_TAKES_ALL):
        split(cast, two_rows, rows)
    for chosen in ([], [three[0].links.get().row_id]):
        with pytest.raises(Invalid, match=Refusal.ROWS_NOT_OF_FIRM):
            split(cast, two_rows, chosen)


def test_a_split_does_not_part_what_somebody_called_the_same(cast, three):
    merge(cast, three[1], three[0])
    with pytest.raises(Refused, match=Refusal.SPLIT_AGAINST_DECISION):
        split(cast, three[0], [three[1].links.get().row_id])


def test_a_firm_that_is_not_from_a_split_is_told_so(cast, three):
    with pytest.raises(Refused, match=Refusal.NOT_A_SPLIT):
        actions.undo_split(actor=cast.mei, enterprise_id=three[0].pk, at=DAY)


def test_whoever_sees_nothing_decides_nothing(cast, three):
    asked = doubt(three[0], three[1])
    with pytest.raises(NotFound):
        actions.decide_doubt(actor=cast.qin, doubt_id=asked.pk, state=SAME, at=DAY)
    with pytest.raises((NotFound, Forbidden)):
        actions.merge(actor=cast.lan, gone_id=three[0].pk, kept_id=three[1].pk, reason="x", at=DAY)
    with pytest.raises(NotFound):
        actions.undo_merge(actor=cast.mei, merge_id=10**6, at=DAY)


@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize(("locking", "told"), [(False, 0), (True, 1)])
def test_of_two_who_decide_a_pair_at_once_one_is_heard(locking, told):
    """Without the locks both go ahead: the second overrides the first, or fails upon it, and nobody is told."""
    cast = make_cast()
    asked = doubt(*firms(cast.panyu, {"name": "木棉公司"}, {"name": "木棉数科"}))
    ends, barrier, original = [], threading.Barrier(2), ruling.homes_of

    def meeting(*args):
        found = original(*args)
        with suppress(threading.BrokenBarrierError):  # it breaks when the other one waits for our lock
            barrier.wait(0.5 if locking else 5)
        return found

    def run(answer):
        try:
            decide(cast, asked, answer)
        except Refused as refusal:
            ends.append(refusal.code)
        except IntegrityError as error:
            ends.append(type(error).__name__)
        else:
            ends.append("done")
        finally:
            connection.close()

    off = nullcontext() if locking else patch.object(QuerySet, "select_for_update", lambda self, **_: self.all())
    with off, patch.object(ruling, "homes_of", meeting), patch.object(ruling, "show", lambda *_, **__: None):
        threads = [threading.Thread(target=run, args=[answer]) for answer in (SAME, DIFFERENT)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(ends), ends.count(Refusal.DOUBT_DECIDED)) == (2, told)
