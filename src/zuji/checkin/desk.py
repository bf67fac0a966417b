"""Where handed-in items are settled: looked up, weighed, stored, answered. One text for the intake and for Django."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

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
from zuji.checkin.weighing import Scales, Wait, read_code
from zuji.checkin.wire import Handed, Unnamed

ANSWERS_KEPT: Final = 20_000
RETRY_AFTER_S: Final = 5

log = logging.getLogger(__name__)


class Request:
    """One request's items on their way, and the answers that are ready so far."""

    __slots__ = ("address", "answers", "arrived_ms", "items")

    def __init__(self, items: Sequence[Handed | Unnamed], address: str, arrived_ms: int) -> None:
        self.items = items
        self.address = address
        self.arrived_ms = arrived_ms
        self.answers: list[bytes] = [b""] * len(items)


class Slot(NamedTuple):
    """An item that is to be looked at, and where its answer belongs."""

    request: Request
    place: int
    item: Handed

    def answer(self, text: bytes) -> None:
        """Put its answer in its place."""
        self.request.answers[self.place] = text


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
        self._scales = Scales(self.directory, guesses or Guesses())

    def settle(self, requests: Sequence[Request], *, at: datetime) -> Steps[None]:
        """Answer every item of these requests. What PostgreSQL refuses for the whole batch is tried row by row; a lost
        connection is raised, and then nothing is answered.
        """
        at_ms = int(at.timestamp() * 1000)
        slots = [slot for request in requests for slot in self._open(request)]
        yield from self._look_up(slots, at_ms)
        weighed = [(slot, self._weigh(slot)) for slot in slots]
        if unknown := sum(outcome is None for _, outcome in weighed):
            yield Query(sql.COUNT_UNKNOWN, [localdate(at), unknown])
        stored = [(slot, row) for slot, row in weighed if isinstance(row, Row)]
        if stored:
            verdicts = yield from self._store([row for _, row in stored], at_ms)
            for (slot, row), verdict in zip(stored, verdicts, strict=True):
                slot.answer(self._answer(row, verdict))
        if self.ledger.tip is None:
            self.ledger.tip = yield from see_tip()

    def _open(self, request: Request) -> list[Slot]:
        """Answer what can be answered at once; returns the slots that are left."""
        left = []
        for index, item in enumerate(request.items):
            if isinstance(item, Unnamed):
                request.answers[index] = answers.of_refusal(item.id, item.flaw)
            elif (answer := self.recent.get(item)) is not None:
                request.answers[index] = answer
            else:
                left.append(Slot(request, index, item))
        return left

    def _look_up(self, slots: Sequence[Slot], at_ms: int) -> Steps[None]:
        directory = self.directory
        tokens = {slot.item.token for slot in slots if directory.walker(slot.item.token) is None}
        found = {code for slot in slots if (code := read_code(slot.item.code)) is not None}
        checkpoints = {code.checkpoint for code in found if directory.lacks_spot(code, at_ms=at_ms)}
        if tokens or checkpoints:
            yield from directory.load(tokens, checkpoints, at_ms=at_ms)

    def _weigh(self, slot: Slot) -> Row | Wait | None:
        """The row to store; what else was found is answered here."""
        request, item = slot.request, slot.item
        weighed = self._scales.weigh(item, request.arrived_ms, request.address)
        if weighed is None:
            slot.answer(answers.of_refusal(item.id, Refusal.UNKNOWN_PASS))
        elif isinstance(weighed, Wait):
            slot.answer(answers.of_wait(item.id, weighed.after_s))
        return weighed

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
