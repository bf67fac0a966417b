"""A walker writes where it checked in; a steward or the office decides; nothing is shown before that."""

import threading
from contextlib import nullcontext, suppress
from datetime import UTC, date, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tests.cast import DAY, make_cast
from tests.committee.test_races import race
from tests.trail.walks import NOBODYS
from tests.trail.walks import writers as lay
from zuji.checkin.actions import erase_own_pass, reduce_campaign, withdraw_pass
from zuji.checkin.errors import Refusal as CheckinRefusal
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.people.enums import Right
from zuji.people.rights import RIGHTS, Role
from zuji.trail import access, impressions
from zuji.trail.actions import (
    approve_impression,
    decline_impression,
    reopen_impression,
    withdraw_impression,
    write_impression,
)
from zuji.trail.enums import DeclineReason, ImpressionState
from zuji.trail.errors import Refusal
from zuji.trail.models import Impression

LATER = DAY + timedelta(minutes=3)
AFTERWARDS = DAY.replace(month=9, day=30)


def refused(act, **facts):
    with pytest.raises((Refused, Invalid)) as refusal:
        act(**facts)
    return refusal.value.code


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


class TestWriting:
    """By the pass, at a stop where it checked in, once for each id."""

    def test_a_walker_writes_of_the_stop_where_it_checked_in(self, writers):
        kept = writers.write("  院里的\n老树还在。")
        assert (kept.text, kept.state, kept.stop) == ("院里的 老树还在。", "waiting", writers.stop)
        assert (kept.campaign, kept.local_date, kept.sample) == (writers.cast.campaign, date(2021, 7, 26), False)

    def test_sent_again_it_gets_the_same_answer(self, writers):
        walker, writing = writers.walker(), writers.writing()
        first = write_impression(token=bytes(walker.token), writing=writing, at=DAY)
        again = write_impression(token=bytes(walker.token), writing=writing, at=LATER)
        assert (again.pk, again.received_at) == (first.pk, DAY)
        assert Impression.objects.count() == 1

    def test_sent_again_after_it_was_withdrawn_it_stays_withdrawn(self, writers):
        walker, writing = writers.walker(), writers.writing()
        kept = write_impression(token=bytes(walker.token), writing=writing, at=DAY)
        withdraw_impression(token=bytes(walker.token), impression_id=kept.pk, at=DAY)
        again = write_impression(token=bytes(walker.token), writing=writing, at=LATER)
        assert (again.state, again.text) == ("withdrawn", "")

    @pytest.mark.parametrize("changed", ["text", "stop", "writer"])
    def test_the_same_id_for_anything_else_is_refused(self, writers, changed):
        walker, writing = writers.walker(), writers.writing()
        kept = write_impression(token=bytes(walker.token), writing=writing, at=DAY)
        other = writing._replace(
            **{"text": {"text": "另一句"}, "stop": {"stop_id": writers.second_stop.pk}}.get(changed, {})
        )
        writer = writers.walker() if changed == "writer" else walker
        code = refused(write_impression, token=bytes(writer.token), writing=other, at=DAY)
        kept.refresh_from_db()
        assert (code, kept.text, kept.walk_pass) == (Refusal.IMPRESSION_ID_REUSED, writing.text, walker)

    def test_where_one_has_not_checked_in_one_writes_nothing(self, writers):
        stranger, writing = writers.walk.walker(), writers.writing()
        assert refused(write_impression, token=bytes(stranger.token), writing=writing, at=DAY) == "not_checked_in_here"
        elsewhere = writing._replace(stop_id=writers.second_stop.pk)
        walker = writers.walker()
        assert refused(write_impression, token=bytes(walker.token), writing=elsewhere, at=DAY) == "not_checked_in_here"

    def test_a_check_in_that_was_taken_back_lets_nobody_write(self, writers):
        walker = writers.walk.walker()
        writers.walk.take_back(writers.walk.check_in(walker))
        code = refused(write_impression, token=bytes(walker.token), writing=writers.writing(), at=LATER)
        assert code == Refusal.NOT_CHECKED_IN_HERE

    def test_a_stop_of_another_campaign_is_not_there(self, writers):
        foreign = writers.walk.walker(campaign=writers.cast.foreign)
        with pytest.raises(NotFound):
            write_impression(token=bytes(foreign.token), writing=writers.writing(), at=DAY)

    def test_a_withdrawn_pass_writes_no_more_but_takes_back_what_it_wrote(self, writers):
        walker = writers.walker()
        kept = writers.write(walk_pass=walker)
        withdraw_pass(actor=writers.cast.mei, pass_id=walker.pk, at=DAY)
        code = refused(write_impression, token=bytes(walker.token), writing=writers.writing(), at=DAY)
        assert code == CheckinRefusal.WITHDRAWN_PASS
        withdraw_impression(token=bytes(walker.token), impression_id=kept.pk, at=DAY)
        assert not Impression.objects.exclude(text="").exists()

    def test_five_at_a_stop_are_enough_and_withdrawing_makes_no_room(self, writers):
        walker = writers.walker()
        first, *_ = [writers.write(f"第{number}句", walk_pass=walker) for number in range(impressions.PER_STOP)]
        withdraw_impression(token=bytes(walker.token), impression_id=first.pk, at=DAY)
        code = refused(write_impression, token=bytes(walker.token), writing=writers.writing("多一句"), at=DAY)
        assert (code, Impression.objects.count()) == (Refusal.IMPRESSIONS_ENOUGH, 5)

    def test_a_wrong_clock_on_the_phone_does_not_change_when_it_was_written(self, writers):
        wrong = DAY.replace(year=2001)
        writing = writers.writing(at=wrong, sent=wrong + timedelta(minutes=4))
        kept = write_impression(token=bytes(writers.walker().token), writing=writing, at=DAY)
        assert kept.written_at == DAY - timedelta(minutes=4)

    def test_the_day_is_the_associations_own(self, writers):
        late = DAY.replace(hour=17, tzinfo=UTC)
        assert writers.write(at=late).local_date == date(2021, 7, 27)

    def test_a_text_that_cannot_be_shown_is_refused_before_anything_is_kept(self, writers):
        code = refused(write_impression, token=bytes(writers.walker().token), writing=writers.writing("走\0"), at=DAY)
        assert (code, Impression.objects.count()) == (Refusal.IMPRESSION_UNREADABLE, 0)


class TestDeciding:
    """By a steward of the campaign or the office, once, with an undo."""

    def test_an_approved_one_names_who_approved_it(self, writers):
        kept = writers.approved()
        assert (kept.state, kept.decided_by, kept.decided_at) == ("approved", writers.cast.guo, DAY)
        assert verbs() == ["impression_approved"]

    def test_a_declined_one_says_why(self, writers):
        kept = writers.write()
        unfit = DeclineReason.NAMES_SOMEBODY
        decline_impression(actor=writers.cast.tao, impression_id=kept.pk, reason=unfit, at=DAY)
        kept.refresh_from_db()
        assert (kept.state, kept.reason, kept.text) == ("declined", unfit, "院里的老树还在。")
        assert AuditEntry.objects.get().facts == {"because": "names_somebody"}

    @pytest.mark.parametrize("second", ["approve", "decline"])
    def test_the_second_to_decide_is_told_who_was_first(self, writers, second):
        kept = writers.approved()
        acts = {"approve": {}, "decline": {"reason": DeclineReason.UNFIT}}
        act = approve_impression if second == "approve" else decline_impression
        with pytest.raises(Refused) as refusal:
            act(actor=writers.cast.tao, impression_id=kept.pk, at=LATER, **acts[second])
        assert refusal.value.facts == {"state": "approved", "by": "Guo"}
        kept.refresh_from_db()
        assert (kept.state, kept.decided_by) == ("approved", writers.cast.guo)

    @pytest.mark.parametrize("declined", [False, True])
    def test_a_decision_taken_back_leaves_it_waiting(self, writers, declined):
        kept = writers.write()
        if declined:
            unfit = DeclineReason.UNFIT
            decline_impression(actor=writers.cast.guo, impression_id=kept.pk, reason=unfit, at=DAY)
        else:
            approve_impression(actor=writers.cast.guo, impression_id=kept.pk, at=DAY)
        reopen_impression(actor=writers.cast.tao, impression_id=kept.pk, at=LATER)
        kept.refresh_from_db()
        assert (kept.state, kept.reason, kept.decided_by, kept.decided_at) == ("waiting", "", None, None)
        assert verbs()[-1] == "impression_reopened"

    def test_what_waits_is_not_reopened_a_second_time(self, writers):
        kept = writers.write()
        reopen_impression(actor=writers.cast.tao, impression_id=kept.pk, at=LATER)
        assert verbs() == []

    def test_withdrawn_words_are_gone_from_the_row_and_decided_by_nobody(self, writers):
        walker = writers.walker()
        kept = approve_impression(actor=writers.cast.guo, impression_id=writers.write(walk_pass=walker).pk, at=DAY)
        withdraw_impression(token=bytes(walker.token), impression_id=kept.pk, at=LATER)
        withdraw_impression(token=bytes(walker.token), impression_id=kept.pk, at=LATER)
        kept.refresh_from_db()
        assert (kept.state, kept.text, kept.decided_by) == ("withdrawn", "", None)
        assert verbs() == ["impression_approved", "impression_withdrawn"]
        for act in (approve_impression, reopen_impression):
            code = refused(act, actor=writers.cast.guo, impression_id=kept.pk, at=LATER)
            assert code == Refusal.IMPRESSION_WITHDRAWN

    def test_only_its_writer_withdraws_it(self, writers):
        kept = writers.write()
        with pytest.raises(NotFound):
            withdraw_impression(token=bytes(writers.walker().token), impression_id=kept.pk, at=DAY)

    def test_the_words_stand_in_no_audit_entry(self, writers):
        walker = writers.walker()
        kept = writers.write("很特别的一句话", walk_pass=walker)
        decline_impression(actor=writers.cast.guo, impression_id=kept.pk, reason=DeclineReason.UNFIT, at=DAY)
        withdraw_impression(token=bytes(walker.token), impression_id=kept.pk, at=DAY)
        assert not AuditEntry.objects.filter(facts__icontains="很特别").exists()

    def test_a_decision_without_somebody_is_not_kept(self, writers):
        kept = writers.write()
        with pytest.raises(IntegrityError), transaction.atomic():
            Impression.objects.filter(pk=kept.pk).update(state=ImpressionState.APPROVED)


class TestRights:
    """Stewards of the campaign, the office and its lead; no contact, and nobody from elsewhere."""

    def test_who_decides_is_who_sees(self):
        deciding = {role for role in Role if Right.DECIDE_IMPRESSIONS in RIGHTS[role]}
        assert deciding == {Role.OFFICE_LEAD, Role.OFFICE, Role.STEWARD}
        assert deciding == {role for role in Role if Right.SEE_IMPRESSIONS in RIGHTS[role]}

    @pytest.mark.parametrize("name", ["lan", "qin"])
    def test_to_all_others_it_is_not_there(self, writers, name):
        kept, who = writers.write(), getattr(writers.cast, name)
        assert not access.visible_impressions(who, at=DAY).exists()
        with pytest.raises(NotFound):
            approve_impression(actor=who, impression_id=kept.pk, at=DAY)

    def test_one_that_is_not_there_looks_the_same(self, writers):
        with pytest.raises(NotFound):
            approve_impression(actor=writers.cast.guo, impression_id=NOBODYS, at=DAY)

    def test_who_only_sees_may_not_decide(self, writers, monkeypatch):
        monkeypatch.setitem(RIGHTS, Role.STEWARD, RIGHTS[Role.STEWARD] - {Right.DECIDE_IMPRESSIONS})
        with pytest.raises(Forbidden):
            approve_impression(actor=writers.cast.guo, impression_id=writers.write().pk, at=DAY)


class TestErasing:
    """A walker asks to be forgotten: all words go, also from the wall, and that they were this pass's."""

    def test_all_words_of_the_pass_go_and_nobody_elses(self, writers):
        shown, other = writers.approved("留下的一句"), writers.write("别人的一句")
        walk_pass = shown.walk_pass
        waiting = writers.write("没有定的一句", walk_pass)
        assert erase_own_pass(token=bytes(walk_pass.token), at=LATER).words == 2
        for each in (shown, waiting):
            each.refresh_from_db()
            assert (each.text, each.state, each.walk_pass) == ("", ImpressionState.WITHDRAWN, None)
            assert (each.written_at, each.received_at, each.decided_by) == (None, None, None)
        other.refresh_from_db()
        assert other.text == "别人的一句"


class TestReduction:
    """After the campaign nobody can tell who wrote, and only approved words are left."""

    def test_the_writer_and_the_time_go_and_only_approved_words_stay(self, writers):
        shown, waiting = writers.approved("留下的一句"), writers.write("没有定的一句")
        reduce_campaign(actor=writers.cast.mei, campaign_id=writers.cast.campaign.pk, at=AFTERWARDS)
        for each in (shown, waiting):
            each.refresh_from_db()
            assert (each.walk_pass, each.written_at, each.received_at) == (None, None, None)
            assert each.local_date == date(2021, 7, 26)
        assert (shown.text, waiting.text) == ("留下的一句", "")

    def test_what_is_taken_down_afterwards_loses_its_words_for_good(self, writers):
        kept = writers.approved("留下的一句")
        reduce_campaign(actor=writers.cast.mei, campaign_id=writers.cast.campaign.pk, at=AFTERWARDS)
        reopen_impression(actor=writers.cast.mei, impression_id=kept.pk, at=AFTERWARDS)
        kept.refresh_from_db()
        assert (kept.state, kept.text, kept.decided_by) == ("withdrawn", "", None)
        assert verbs()[-1] == "impression_taken_down"

    def test_what_has_no_words_left_is_not_put_back_into_the_queue(self, writers):
        kept = writers.write()
        decline_impression(actor=writers.cast.guo, impression_id=kept.pk, reason=DeclineReason.UNFIT, at=DAY)
        reduce_campaign(actor=writers.cast.mei, campaign_id=writers.cast.campaign.pk, at=AFTERWARDS)
        code = refused(reopen_impression, actor=writers.cast.mei, impression_id=kept.pk, at=AFTERWARDS)
        assert code == Refusal.IMPRESSION_WITHDRAWN


def both_have_read(*, locking):
    """Both threads have read the row before either decides, as far as its lock lets them."""
    barrier, original = threading.Barrier(2), impressions.access.access_impression

    def read(*args, **kwargs):
        found = original(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):  # it breaks when the other one waits for our lock
            barrier.wait(0.5 if locking else 5)
        return found

    return patch.object(impressions.access, "access_impression", read)


@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize(("locking", "decided"), [(False, 2), (True, 1)])
def test_of_two_who_decide_at_once_one_decides(locking, decided):
    cast = make_cast()
    kept = lay(cast).write()
    acts = [
        lambda: approve_impression(actor=cast.guo, impression_id=kept.pk, at=DAY),
        lambda: decline_impression(actor=cast.tao, impression_id=kept.pk, reason=DeclineReason.UNFIT, at=DAY),
    ]
    unlocked = patch.object(QuerySet, "select_for_update", lambda rows, **_: rows)
    with nullcontext() if locking else unlocked, both_have_read(locking=locking):
        ends = race(acts)
    assert ends.count("done") == decided
    assert set(ends) <= {"done", Refusal.IMPRESSION_DECIDED}
    assert len(verbs()) == decided
