"""Where handed-in items are settled: looked up, weighed, stored, answered. One text for the intake and for Django."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import psycopg
from django.utils.timezone import localdate

from zuji.checkin import answers, sql
from zuji.checkin.directory import Directory
from zuji.checkin.errors import Refusal
from zuji.checkin.ledger import Ledger
from zuji.checkin.limits import Guesses
from zuji.checkin.log import Signer
from zuji.checkin.rows import Row, Verdict
from zuji.checkin.steps import Query, Steps
from zuji.checkin.store import see_tip, store
from zuji.checkin.weighing import Scales, read_code
from zuji.checkin.wire import Handed, Unnamed

ANSWERS_KEPT: Final = 20_000
RETRY_AFTER_S: Final = 5

log = logging.getLogger(__name__)


class Request:
    """One request's items on their way: what is known of each so far, the row that it will be, its answer."""

    __slots__ = ("address", "answers", "arrived_ms", "items", "rows", "unseen")

    def __init__(self, items: Sequence[Handed | Unnamed], address: str, arrived_ms: int) -> None:
        self.items = items
        self.address = address
        self.arrived_ms = arrived_ms
        self.answers: list[bytes] = [b""] * len(items)
        self.rows: dict[int, Row] = {}
        self.unseen: list[tuple[int, Handed]] = []


class Recent:
    """The last final answers by id and digest, so that a repeat costs no query; the older half goes when it is full."""

    def __init__(self, kept: int = ANSWERS_KEPT) -> None:
        self._kept = kept
        self._young: dict[tuple[str, bytes], bytes] = {}
        self._old: dict[tuple[str, bytes], bytes] = {}

    def get(self, item: Handed) -> bytes | None:
        """What was answered to this very item."""
        key = (item.id, item.digest)
        return self._young.get(key) or self._old.get(key)

    def put(self, row: Row, answer: bytes) -> None:
        """Remember a final answer."""
        if len(self._young) * 2 >= self._kept:
            self._old, self._young = self._young, {}
        self._young[row.id, row.digest] = answer


class Desk:
    """Everything that settling needs to remember between batches."""

    def __init__(self, signer: Signer, *, guesses: Guesses | None = None) -> None:
        self.directory = Directory()
        self.ledger = Ledger(signer)
        self.recent = Recent()
        self._scales = Scales(self.directory, guesses or Guesses(), signer.keys)

    def glance(self, request: Request) -> None:
        """Look at a request as it comes in: answer or weigh whatever needs no query; its batch has less to do then."""
        for index, item in enumerate(request.items):
            if isinstance(item, Unnamed):
                request.answers[index] = answers.of_refusal(item.id, item.flaw)
            elif (answer := self.recent.get(item)) is not None:
                request.answers[index] = answer
            elif self._lacks(item, request.arrived_ms):
                request.unseen.append((index, item))
            else:
                self._weigh(request, index, item)

    def settle(self, requests: Sequence[Request], *, at: datetime) -> Steps[None]:
        """Answer every item of requests that were glanced at. What PostgreSQL refuses for the whole batch is tried row
        by row; a lost connection is raised, and then nothing is answered.
        """
        at_ms = int(at.timestamp() * 1000)
        yield from self._look_up(requests, at)
        stored = [(request, index, row) for request in requests for index, row in sorted(request.rows.items())]
        if stored:
            verdicts = yield from self._store([row for _, _, row in stored], at_ms)
            for (request, index, row), verdict in zip(stored, verdicts, strict=True):
                request.answers[index] = self._answer(row, verdict)
        if self.ledger.tip is None:
            self.ledger.tip = yield from see_tip()

    def _lacks(self, item: Handed, at_ms: int) -> bool:
        if self.directory.walker(item.token) is None:
            return True
        code = read_code(item.code)
        return code is not None and self.directory.lacks_spot(code, at_ms=at_ms)

    def _look_up(self, requests: Sequence[Request], at: datetime) -> Steps[None]:
        """Weigh what had to wait for a query; whoever is not known even then is counted."""
        unseen = [(request, index, item) for request in requests for index, item in request.unseen]
        if not unseen:
            return
        at_ms = int(at.timestamp() * 1000)
        # all that they need, since what is remembered now may be told to be forgotten before the answer is there
        tokens = {item.token for _, _, item in unseen}
        checkpoints = {code.checkpoint for _, _, item in unseen if (code := read_code(item.code)) is not None}
        is_fresh = yield from self.directory.load(tokens, checkpoints, at_ms=at_ms)
        unknown = sum(not self._weigh(request, index, item) for request, index, item in unseen)
        if not is_fresh:
            self.directory.drop(tokens, checkpoints)
        for request in requests:
            request.unseen.clear()
        if unknown:
            yield Query(sql.COUNT_UNKNOWN, [localdate(at), unknown])

    def _weigh(self, request: Request, index: int, item: Handed) -> bool:
        """Note the row to be stored, or answer; false where the pass is unknown."""
        weighed = self._scales.weigh(item, request.arrived_ms, request.address)
        if isinstance(weighed, Row):
            request.rows[index] = weighed
        elif weighed is None:
            request.answers[index] = answers.of_refusal(item.id, Refusal.UNKNOWN_PASS)
        else:
            request.answers[index] = answers.of_wait(item.id, weighed.after_s)
        return weighed is not None

    def _store(self, rows: Sequence[Row], at_ms: int) -> Steps[Sequence[Verdict | None]]:
        try:
            return (yield from store(rows, self.ledger, at_ms=at_ms))
        except psycopg.Error as error:
            log.warning("a batch of %d rows failed (%s) and is tried row by row", len(rows), error.sqlstate)
        verdicts: list[Verdict | None] = []
        for row in rows:
            verdicts += [(yield from self._store_alone(row, at_ms))]
        return verdicts

    def _store_alone(self, row: Row, at_ms: int) -> Steps[Verdict | None]:
        try:
            return (yield from store([row], self.ledger, at_ms=at_ms))[0]
        except psycopg.Error as error:
            log.error("item %s of campaign %d cannot be stored: %s", row.id, row.campaign, error.sqlstate)
            return None

    def _answer(self, row: Row, verdict: Verdict | None) -> bytes:
        if verdict is None:
            return answers.of_wait(row.id, RETRY_AFTER_S)
        text = answers.of_verdict(verdict, self.ledger)
        if verdict.code != Refusal.ID_REUSED:
            self.recent.put(row, text)
        return text
