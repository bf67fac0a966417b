"""Long works: asked for by a page, done by the worker, watched and stopped by whoever asked.

A work goes through its rows one by one, each in a transaction of its own together with the word that it is done. So a
work whose process died can be taken up where it stood, and nothing is done twice. Whoever takes it up claims it by one
conditional UPDATE; a process that was thought dead finds its claim gone before it writes again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Event, Thread
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Now

from zuji.core.audit import Actor, audit
from zuji.core.enums import RowState, Verb, WorkState
from zuji.core.errors import CoreRefusal, NotFound, Problem, Refused
from zuji.core.jobs import after_commit
from zuji.core.models import Work, WorkRow

DEAD_AFTER = timedelta(seconds=30)
"""Real time without a sign of life; longer than any one row or step takes."""
BEATS_EVERY_S = 10
KEPT_FOR = timedelta(days=30)
ROWS_AT_ONCE = 500

Facts = Mapping[str, Any]
Outcome = dict[str, object]
Runner = Callable[["Progress", Facts], Outcome]
Act = Callable[[WorkRow], "Ended"]

KINDS: dict[str, Runner] = {}
AFTERWARDS: list[Callable[[Work], None]] = []
"""Called with every work that the worker has ended; packages above add what they do then."""


class Job(StrEnum):
    """Tasks by name."""

    RUN_WORK = "core.run_work"


class Stopped(Exception):
    """Whoever asked for the work wants it to end here; what was done stays done."""


class Lost(Exception):
    """Another process has taken the work up, so this one must write no more."""


class Ended(NamedTuple):
    """What became of a row: its state, why it was not changed, and what fills in those words or is put back."""

    state: RowState
    code: str = ""
    facts: Facts = {}


def long_work(kind: str) -> Callable[[Runner], Runner]:
    """Register what does the works of a kind: `run(progress, facts)` returns the outcome, as counts and codes."""

    def register(run: Runner) -> Runner:
        KINDS[kind] = run
        return run

    return register


def own_works(actor: Actor) -> QuerySet[Any]:
    """Works that somebody asked for, latest first, each with `shown`: its state, failed when its process has died."""
    return _shown().filter(actor=actor.pk)


def failed_works(association_ids: Collection[int], *, since: datetime) -> QuerySet[Any]:
    """Works of associations that were asked for since an instant and failed, whoever asked, latest first."""
    return _shown().filter(association__in=association_ids, asked_at__gte=since, shown=WorkState.FAILED)


def _shown() -> QuerySet[Any]:
    dead = Q(state=WorkState.RUNNING, beat_at__lt=Now() - DEAD_AFTER)
    shown = Case(When(dead, then=Value(WorkState.FAILED.value)), default=F("state"), output_field=CharField())
    return Work.objects.annotate(shown=shown)


def under_way(actor: Actor) -> int:
    """How many of somebody's works wait or run."""
    return own_works(actor).filter(shown__in=(WorkState.WAITING, WorkState.RUNNING)).count()


def access_work(actor: Actor, work_id: int) -> Work:
    """One's own work, with `shown`; another's is NotFound."""
    found: Work | None = own_works(actor).filter(pk=work_id).first()
    if found is None:
        raise NotFound("work")
    return found


@transaction.atomic
def begin(*, actor: Actor, association_id: int, kind: str, facts: Facts, total: int | None, at: datetime) -> Work:
    """Lay a work down without queueing it; `run` it in the same transaction, or use `start`."""
    made = Work.objects.create(
        association_id=association_id, actor=actor.pk, kind=kind, facts=dict(facts), total=total, asked_at=at
    )
    counts = {} if total is None else {"total": total}
    audit(actor, Verb.WORK_STARTED, made, association_id=association_id, at=at, work=kind, **counts)
    return made


@transaction.atomic
def start(*, actor: Actor, association_id: int, kind: str, facts: Facts, total: int | None, at: datetime) -> Work:
    """Ask for a work; the worker takes it up after the commit."""
    made = begin(actor=actor, association_id=association_id, kind=kind, facts=facts, total=total, at=at)
    after_commit(Job.RUN_WORK, work_id=made.pk)
    return made


@transaction.atomic
def lay_rows(work: Work, keys: Iterable[object], *, facts: Mapping[str, Facts] | None = None) -> None:
    """Name the rows that a work goes through, in this order, with what is known of them beforehand by their keys; in
    the transaction that starts it.
    """
    known = facts or {}
    rows = (
        WorkRow(work=work, number=number, key=key, facts=dict(known.get(key, {})))
        for number, key in enumerate(map(str, keys), 1)
    )
    WorkRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


@transaction.atomic
def ask_stop(*, actor: Actor, work_id: int, at: datetime) -> Work:
    """Ask one's own work to end between two rows. One that waits ends at once."""
    work = access_work(actor, work_id)
    mine = own_works(actor).filter(pk=work_id)
    waited = mine.filter(state=WorkState.WAITING).update(stop_asked_at=at, state=WorkState.STOPPED, ended_at=at)
    runs = mine.filter(shown=WorkState.RUNNING)
    if waited or runs.filter(stop_asked_at=None).update(stop_asked_at=at):
        _told(actor, Verb.WORK_STOP_ASKED, work, at)
    elif not runs.exists():
        raise Refused(CoreRefusal.WORK_OVER)
    return access_work(actor, work_id)


@transaction.atomic
def resume(*, actor: Actor, work_id: int, at: datetime) -> Work:
    """Take one's own work up again where it stood, after it was stopped, failed, or lost its process."""
    work = access_work(actor, work_id)
    idle = own_works(actor).filter(pk=work_id, shown__in=(WorkState.STOPPED, WorkState.FAILED))
    if not idle.update(state=WorkState.WAITING, stop_asked_at=None, ended_at=None, beat_at=None):
        raise Refused(CoreRefusal.WORK_UNDER_WAY if work.ended_at is None else CoreRefusal.WORK_OVER)
    _told(actor, Verb.WORK_RESUMED, work, at)
    after_commit(Job.RUN_WORK, work_id=work_id)
    return access_work(actor, work_id)


def run(work_id: int, *, now: Callable[[], datetime]) -> Work | None:
    """Do a work that waits, to its end or to where it is stopped, and tell of it; None when somebody else has it or it
    is over. What goes wrong inside is raised again once the work says that it failed.
    """
    try:
        ended = run_quietly(work_id, now=now)
    except Exception:
        _tell(Work.objects.get(pk=work_id))
        raise
    if ended is not None:
        _tell(ended)
    return ended


def run_quietly(work_id: int, *, now: Callable[[], datetime]) -> Work | None:
    """The same for whoever waits for its end and needs no message."""
    if not _claim(work_id, now()):
        return None
    progress = Progress(Work.objects.get(pk=work_id), now)
    try:
        outcome = KINDS[progress.work.kind](progress, progress.work.facts)
    except Stopped:
        return progress.end(WorkState.STOPPED, {})
    except Lost:
        return None
    except Exception:
        with suppress(Lost):
            progress.end(WorkState.FAILED, {"problem": str(CoreRefusal.UNEXPECTED)})
        raise
    return progress.end(WorkState.DONE, outcome)


@transaction.atomic
def _tell(work: Work) -> None:
    for tell in AFTERWARDS:
        tell(work)


def _claim(work_id: int, at: datetime) -> bool:
    taken = {"state": WorkState.RUNNING, "claim": F("claim") + 1, "beat_at": Now(), "started_at": at}
    return Work.objects.filter(pk=work_id, state=WorkState.WAITING).update(**taken) == 1


class Progress:
    """A claimed work as its runner sees it."""

    def __init__(self, work: Work, now: Callable[[], datetime]) -> None:
        self.work, self.now = work, now

    def step(self, done: int, *, total: int | None = None) -> None:
        """Say how far it is, and learn whether to go on: raises Stopped, or Lost."""
        fresh: dict[str, object] = {"done": done} if total is None else {"done": done, "total": total}
        self._write(**fresh)

    def each(self, act: Act) -> None:
        """Do what is left of the rows, one transaction a row. A `Problem` that `act` raises refuses that row alone."""
        while rows := list(self.work.rows.filter(state=RowState.WAITING)[:ROWS_AT_ONCE]):
            for row in rows:
                self._row(row, act)

    @transaction.atomic
    def _row(self, row: WorkRow, act: Act) -> None:
        # first of all, so that a stop or another claim is seen before anything is changed
        self._write(done=F("done") + 1)
        ended = judged(row, act)
        row.state, row.code, row.facts = ended.state, ended.code, dict(ended.facts)
        row.save(update_fields=["state", "code", "facts"])

    def _write(self, **fresh: object) -> None:
        mine = Work.objects.filter(pk=self.work.pk, claim=self.work.claim, state=WorkState.RUNNING)
        if mine.filter(stop_asked_at=None).update(beat_at=Now(), **fresh):
            return
        raise Stopped if mine.exists() else Lost

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Within this block the work gives signs of life by itself: for one step that takes longer than a row may."""
        over = Event()
        beats = Thread(target=self._beat, args=[over], daemon=True)
        beats.start()
        try:
            yield
        finally:
            over.set()
            beats.join()

    def _beat(self, over: Event) -> None:
        mine = Work.objects.filter(pk=self.work.pk, claim=self.work.claim, state=WorkState.RUNNING)
        try:
            while not over.wait(BEATS_EVERY_S):
                mine.update(beat_at=Now())
        finally:
            # the thread's own, which nobody else would give back
            connection.close()

    def counts(self) -> dict[str, int]:
        """How many rows became what."""
        return counts(self.work)

    @transaction.atomic
    def end(self, state: WorkState, outcome: Outcome) -> Work:
        """Say how it ended; raises Lost when another process has it."""
        at, work = self.now(), self.work
        mine = Work.objects.filter(pk=work.pk, claim=work.claim, state=WorkState.RUNNING)
        if not mine.update(state=state, outcome=outcome, ended_at=at):
            raise Lost
        work.refresh_from_db()
        _told(None, Verb.WORK_ENDED, work, at)
        return work


def judged(row: WorkRow, act: Act) -> Ended:
    """Try an act on a row; what it changed is taken back when it refuses."""
    try:
        with transaction.atomic():
            return act(row)
    except Problem as problem:
        return Ended(RowState.REFUSED, problem.code, {name: str(fact) for name, fact in problem.facts.items()})


def counts(work: Work) -> dict[str, int]:
    """How many rows of a work became what."""
    found = dict(work.rows.order_by().values_list("state").annotate(Count("pk")))
    return {str(state): found.get(state, 0) for state in RowState}


def erase_due(at: datetime) -> int:
    """Forget row by row what works did that ended long ago; how many works that were. Safe to repeat."""
    due = Work.objects.filter(ended_at__lt=at - KEPT_FOR, rows__isnull=False).distinct()
    keys = list(due.values_list("pk", flat=True))
    WorkRow.objects.filter(work__in=keys).delete()
    return len(keys)


def _told(actor: Actor | None, verb: Verb, work: Work, at: datetime) -> None:
    facts: dict[str, object] = {"work": work.kind, "done": work.done}
    if verb == Verb.WORK_ENDED:
        facts["state"] = str(work.state)
    audit(actor, verb, work, association_id=work.association_id, at=at, **facts)
