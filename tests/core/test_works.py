"""Long works: row by row, stopped between two, killed in one, taken up again, and never done twice."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, make_cast
from tests.live import url_of
from zuji.core import clock, tasks, works
from zuji.core.audit import audit
from zuji.core.enums import RowState, Verb, WorkState
from zuji.core.errors import CoreRefusal, NotFound, Refused
from zuji.core.models import AuditEntry, Home, Work, WorkRow

KIND = "tests"
DONE_TO = "row_done"


def now() -> datetime:
    return DAY


@pytest.fixture
def committing(transactional_db: None) -> None:
    """For tests that really commit: each ends with empty tables, so the home's own row is put back first."""
    Home.objects.get_or_create(pk=1)


def touch(row: WorkRow) -> works.Ended:
    """Leave a mark that cannot be taken back."""
    audit(None, Verb.WORK_STARTED, row.work, association_id=None, at=DAY, mark=row.key)
    return works.Ended(RowState.CHANGED)


def marks() -> list[str]:
    """What was done to which row, as often as it was done."""
    return [entry.facts["mark"] for entry in AuditEntry.objects.filter(facts__has_key="mark").order_by("pk")]


@pytest.fixture
def kind(monkeypatch):
    """What works of these tests do: `kind(act)` goes through the rows."""

    def does(act):
        def run(progress, facts):
            progress.each(act)
            return progress.counts()

        monkeypatch.setitem(works.KINDS, KIND, run)

    does(touch)
    return does


def ask(cast, rows=3, who=None):
    actor = who or cast.tao
    made = works.start(actor=actor, association_id=cast.panyu.pk, kind=KIND, facts={}, total=rows, at=DAY)
    works.lay_rows(made, range(1, rows + 1))
    return made


def fresh(work):
    return Work.objects.get(pk=work.pk)


def test_a_work_goes_through_its_rows_in_order_and_says_what_became_of_them(cast, kind):
    work = ask(cast)
    ended = works.run(work.pk, now=now)
    assert (ended.state, ended.done, ended.total) == (WorkState.DONE, 3, 3)
    assert ended.outcome == {"waiting": 0, "changed": 3, "same": 0, "refused": 0}
    assert (ended.started_at, ended.ended_at) == (DAY, DAY)
    assert marks() == ["1", "2", "3"]


def test_a_row_that_is_refused_leaves_nothing_and_the_others_are_done(cast, kind):
    def act(row):
        ended = touch(row)
        if row.key == "2":
            raise Refused(CoreRefusal.BUSY, after_s=3)
        return ended

    kind(act)
    work = works.run(ask(cast).pk, now=now)
    assert work.outcome == {"waiting": 0, "changed": 2, "same": 0, "refused": 1}
    refused = work.rows.get(state=RowState.REFUSED)
    assert (refused.key, refused.code, refused.facts) == ("2", "busy", {"after_s": "3"})
    assert marks() == ["1", "3"]


def test_a_stop_comes_between_two_rows_and_what_is_left_can_be_taken_up(cast, kind):
    def act(row):
        if row.key == "2":
            works.ask_stop(actor=cast.tao, work_id=row.work_id, at=DAY)
        return touch(row)

    kind(act)
    work = ask(cast)
    stopped = works.run(work.pk, now=now)
    assert (stopped.state, stopped.done, marks()) == (WorkState.STOPPED, 2, ["1", "2"])
    kind(touch)
    works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    assert works.run(work.pk, now=now).state == WorkState.DONE
    assert marks() == ["1", "2", "3"]


def test_a_work_that_waits_is_stopped_at_once(cast, kind):
    work = ask(cast)
    assert works.ask_stop(actor=cast.tao, work_id=work.pk, at=DAY).state == WorkState.STOPPED
    assert works.run(work.pk, now=now) is None
    assert marks() == []


def test_what_is_over_cannot_be_stopped_and_what_runs_cannot_be_started_again(cast, kind):
    work = ask(cast)
    with pytest.raises(Refused) as refused:
        works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    assert refused.value.code == CoreRefusal.WORK_UNDER_WAY
    works.run(work.pk, now=now)
    for act in (works.ask_stop, works.resume):
        with pytest.raises(Refused) as refused:
            act(actor=cast.tao, work_id=work.pk, at=DAY)
        assert refused.value.code == CoreRefusal.WORK_OVER


def test_an_error_fails_the_work_and_is_not_swallowed(cast, kind):
    def act(row):
        if row.key == "2":
            raise ZeroDivisionError
        return touch(row)

    kind(act)
    work = ask(cast)
    with pytest.raises(ZeroDivisionError):
        works.run(work.pk, now=now)
    failed = fresh(work)
    assert (failed.state, failed.done, failed.outcome) == (WorkState.FAILED, 1, {"problem": "unexpected"})
    kind(touch)
    works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    works.run(work.pk, now=now)
    assert marks() == ["1", "2", "3"]


def test_a_kind_that_is_not_known_fails_the_work(cast):
    work = ask(cast)
    with pytest.raises(KeyError):
        works.run(work.pk, now=now)
    assert fresh(work).state == WorkState.FAILED


def test_a_work_without_rows_says_itself_how_far_it_is(cast, kind, monkeypatch):
    seen = []

    def run(progress, facts):
        for done in (1, 2):
            progress.step(done, total=facts["total"])
            seen.append((fresh(progress.work).done, fresh(progress.work).total))
        return {"written": 2}

    monkeypatch.setitem(works.KINDS, KIND, run)
    facts = {"total": 2}
    work = works.start(actor=cast.tao, association_id=cast.panyu.pk, kind=KIND, facts=facts, total=None, at=DAY)
    assert works.run(work.pk, now=now).outcome == {"written": 2}
    assert seen == [(1, 2), (2, 2)]


def test_a_work_is_its_askers_own(cast, kind):
    work = ask(cast)
    for act in (works.ask_stop, works.resume):
        with pytest.raises(NotFound):
            act(actor=cast.mei, work_id=work.pk, at=DAY)
    with pytest.raises(NotFound):
        works.access_work(cast.qin, work.pk)
    assert works.access_work(cast.tao, work.pk).shown == WorkState.WAITING
    assert (works.under_way(cast.tao), works.under_way(cast.mei)) == (1, 0)
    works.run(work.pk, now=now)
    assert works.under_way(cast.tao) == 0


def test_who_started_stopped_and_resumed_it_and_how_it_ended_is_written_down(cast, kind):
    work = ask(cast)
    works.ask_stop(actor=cast.tao, work_id=work.pk, at=DAY)
    works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    works.run(work.pk, now=now)
    said = AuditEntry.objects.filter(kind="core.work").exclude(facts__has_key="mark").order_by("pk")
    assert [(each.actor, each.verb) for each in said] == [
        (cast.tao.pk, Verb.WORK_STARTED),
        (cast.tao.pk, Verb.WORK_STOP_ASKED),
        (cast.tao.pk, Verb.WORK_RESUMED),
        (None, Verb.WORK_ENDED),
    ]
    assert said.last().facts == {"work": KIND, "done": 3, "state": "done"}


def test_whoever_wants_to_know_is_told_of_every_end(cast, kind, monkeypatch):
    told = []
    monkeypatch.setattr(works, "AFTERWARDS", [lambda work: told.append((work.pk, work.state))])
    work = ask(cast)
    works.run(work.pk, now=now)
    assert told == [(work.pk, WorkState.DONE)]


def test_a_work_is_queued_once_it_is_committed(committing, kind):
    cast = make_cast()
    work = ask(cast)
    with connection.cursor() as cursor:
        # the queue's tables are not Django's, so jobs of other tests may lie there
        cursor.execute("select task_name from procrastinate_jobs where args ->> 'work_id' = %s", [str(work.pk)])
        assert cursor.fetchall() == [("core.run_work",)]
    tasks.run_work(work_id=work.pk)
    assert fresh(work).state == WorkState.DONE


def test_what_became_of_each_row_is_forgotten_after_a_while(cast, kind):
    work = works.run(ask(cast).pk, now=now)
    ask(cast)
    assert works.erase_due(DAY + works.KEPT_FOR) == 0
    assert works.erase_due(DAY + works.KEPT_FOR + timedelta(seconds=1)) == 1
    with clock.frozen(DAY + works.KEPT_FOR + timedelta(days=9)):
        tasks.erase_works(timestamp=0)
    assert (work.rows.count(), WorkRow.objects.count(), fresh(work).outcome["changed"]) == (0, 3, 3)


def test_each_row_costs_as_much_as_the_one_before(cast, kind):
    used = []
    for rows in (1, 2, 3):
        work = ask(cast, rows=rows)
        with CaptureQueriesContext(connection) as queries:
            works.run(work.pk, now=now)
        used.append(len(queries))
    assert used[2] - used[1] == used[1] - used[0]


# Races and deaths.


def unguarded(work_id: int, at: datetime) -> bool:
    """A claim that looks first and writes then, as one would without thinking."""
    waits = Work.objects.filter(pk=work_id, state=WorkState.WAITING).exists()
    MEETING.wait()
    if waits:
        Work.objects.filter(pk=work_id).update(state=WorkState.RUNNING, beat_at=datetime.now(UTC))
    MEETING.wait()
    return waits


def guarded(work_id: int, at: datetime) -> bool:
    MEETING.wait()
    won = CLAIM(work_id, at)
    MEETING.wait()
    return won


MEETING = threading.Barrier(2)
CLAIM = works._claim


@pytest.mark.parametrize(("claim", "winners"), [(unguarded, 2), (guarded, 1)])
def test_a_work_is_taken_up_by_one_of_two_workers(committing, kind, claim, winners):
    work = ask(make_cast(), rows=1)
    won = []

    def claimed():
        try:
            won.append(claim(work.pk, DAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=claimed) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == winners


DYING = """
import sys, time, django
django.setup()
from tests.core.test_works import KIND, now, touch
from zuji.core import works

def act(row):
    ended = touch(row)
    if row.key == "3":
        print("in the third", flush=True)
        time.sleep(60)
    return ended

def run(progress, facts):
    progress.each(act)
    return progress.counts()

works.KINDS[KIND] = run
works.run(int(sys.argv[1]), now=now)
"""


def die_in_the_third(work) -> None:
    """A process of its own takes the work up and is killed in its third row."""
    environment = {"DATABASE_URL": url_of(connection.settings_dict["NAME"])}
    process = subprocess.Popen(
        [sys.executable, "-c", DYING, str(work.pk)], env=os.environ | environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "in the third\n"
    process.kill()
    process.wait(10)


def long_silent(work) -> None:
    Work.objects.filter(pk=work.pk).update(beat_at=datetime.now(UTC) - works.DEAD_AFTER - timedelta(seconds=1))


def test_a_killed_work_is_shown_as_failed_and_goes_on_where_it_stood(committing, kind):
    cast = make_cast()
    work = ask(cast, rows=5)
    die_in_the_third(work)
    assert works.access_work(cast.tao, work.pk).shown == WorkState.RUNNING
    with pytest.raises(Refused):
        works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    long_silent(work)
    assert works.access_work(cast.tao, work.pk).shown == WorkState.FAILED
    assert (fresh(work).done, marks()) == (2, ["1", "2"])
    works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    assert works.run(work.pk, now=now).outcome["changed"] == 5
    assert marks() == ["1", "2", "3", "4", "5"]


def test_one_who_was_thought_dead_writes_no_more(cast, kind):
    work = ask(cast)
    assert works._claim(work.pk, DAY)
    slow = works.Progress(fresh(work), now)
    slow._row(work.rows.get(number=1), touch)
    long_silent(work)
    works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    with pytest.raises(works.Lost):
        slow._row(work.rows.get(number=2), touch)
    works.run(work.pk, now=now)
    with pytest.raises(works.Lost):
        slow.step(3)
    with pytest.raises(works.Lost):
        slow.end(WorkState.DONE, {})
    assert marks() == ["1", "2", "3"]


def test_without_the_claim_the_slow_one_would_have_done_a_row_twice(cast, kind):
    work = ask(cast)
    assert works._claim(work.pk, DAY)
    slow = works.Progress(fresh(work), now)
    second = work.rows.get(number=2)
    long_silent(work)
    works.resume(actor=cast.tao, work_id=work.pk, at=DAY)
    works.run(work.pk, now=now)
    with patch.object(works.Progress, "_write"):
        slow._row(second, touch)
    assert marks() == ["1", "2", "3", "2"]


def test_works_that_failed_are_found_whoever_asked_for_them(cast, kind):
    begun = [
        works.begin(actor=who, association_id=who.association_id, kind=KIND, facts={}, total=1, at=DAY)
        for who in (cast.tao, cast.mei, cast.qin, cast.tao)
    ]
    failed, dead, foreign, _ = begun
    Work.objects.filter(pk__in=[failed.pk, foreign.pk]).update(state=WorkState.FAILED)
    long_ago = clock.now() - timedelta(days=1)
    Work.objects.filter(pk=dead.pk).update(state=WorkState.RUNNING, beat_at=long_ago)
    assert set(works.failed_works([cast.panyu.pk], since=DAY)) == {failed, dead}
    assert list(works.failed_works([cast.panyu.pk], since=DAY + timedelta(seconds=1))) == []
