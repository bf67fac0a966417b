"""The intake: requests wait while a batch is committed and make the next one; each is answered after its commit."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from zuji.checkin import answers, wire
from zuji.checkin.answers import Reply
from zuji.checkin.desk import Desk, Request
from zuji.checkin.errors import Refusal
from zuji.checkin.limits import Addresses
from zuji.checkin.link import Link, LinkLost, changes
from zuji.checkin.log import Signer
from zuji.checkin.store import publish_key
from zuji.checkin.wire import Handed, Unnamed

BATCH_ROWS_MAX: Final = 500
BUSY_AFTER_S: Final = 2
TRIES: Final = 3
GATHER_TURNS: Final = 16

log = logging.getLogger(__name__)


Answer = Callable[[Reply], None]


class Waiting(Request):
    """A request whose phone waits for its answer."""

    __slots__ = ("answer",)

    def __init__(self, items: Sequence[Handed | Unnamed], address: str, arrived_ms: int, answer: Answer) -> None:
        super().__init__(items, address, arrived_ms)
        self.answer = answer


class Intake:
    """Collects requests into batches. Several may run at once, in one process or in many."""

    def __init__(self, dsn: str, signer: Signer, *, now: Callable[[], datetime], queue: int, per_address: int) -> None:
        self._dsn = dsn
        self._desk = Desk(signer)
        self._link = Link(dsn)
        self._now = now
        self._room = queue
        self._addresses = Addresses(per_address)
        self._waiting: deque[Waiting] = deque()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._is_closing = False

    async def start(self) -> None:
        """Publish the signing key and begin to work."""
        await self._link.run(publish_key(self._desk.ledger.signer, at=self._now()))
        self._tasks = [asyncio.create_task(self._work()), asyncio.create_task(self._listen())]

    async def stop(self) -> None:
        """Take nothing more, answer what waits, and end."""
        self._is_closing = True
        self._wake.set()
        worker, listener = self._tasks
        await worker
        listener.cancel()
        with suppress(asyncio.CancelledError):
            await listener
        await self._link.close()

    def take(self, body: bytes, address: str, answer: Answer) -> None:
        """Take one request's body; `answer` is called once its items are committed, at once where it is not taken."""
        try:
            items = wire.read(body)
        except wire.Unreadable as error:
            return answer(answers.problem(error.code))
        if self._is_closing or len(items) > self._room:
            return answer(answers.problem(Refusal.TOO_BUSY, after_s=BUSY_AFTER_S))
        if wait_s := self._addresses.wait_s(address, len(items)):
            return answer(answers.problem(Refusal.TOO_MANY_REQUESTS, after_s=wait_s))
        self._room -= len(items)
        request = Waiting(items, address, int(self._now().timestamp() * 1000), answer)
        self._desk.glance(request)
        self._waiting.append(request)
        self._wake.set()
        return None

    async def _work(self) -> None:
        while self._waiting or not self._is_closing:
            if not self._waiting:
                self._wake.clear()
                await self._wake.wait()
                continue
            await self._gather()
            batch = self._next_batch()
            try:
                await self._settle(batch)
            except Exception:  # whatever it is, these phones are told to come again and the next batch is tried
                log.exception("a batch of %d requests was not settled", len(batch))
                self._turn_away(batch)

    async def _gather(self) -> None:
        """Let the loop read what has arrived already, as long as each turn of it brings more; no time is waited."""
        for _ in range(GATHER_TURNS):
            before = len(self._waiting)
            await asyncio.sleep(0)
            if len(self._waiting) == before:
                return

    def _next_batch(self) -> list[Waiting]:
        batch, rows = [], 0
        while self._waiting and rows + len(self._waiting[0].items) <= BATCH_ROWS_MAX:
            batch.append(self._waiting.popleft())
            rows += len(batch[-1].items)
        self._room += rows
        return batch

    async def _settle(self, batch: list[Waiting]) -> None:
        for _ in range(TRIES):
            at = self._now()
            try:
                await self._link.run(self._desk.settle(batch, at=at))
            except LinkLost:
                # it may have been committed: the next try finds what is there and answers the same
                self._desk.ledger.forget()
                continue
            for request in batch:
                request.answer(Reply(200, answers.envelope(request.answers, self._desk.ledger.tip, at=at)))
            return
        self._turn_away(batch)

    def _turn_away(self, batch: list[Waiting]) -> None:
        for request in batch:
            request.answer(answers.problem(Refusal.TOO_BUSY, after_s=BUSY_AFTER_S))

    async def _listen(self) -> None:
        async for what in changes(self._dsn):
            if what is None:
                self._desk.directory.forget_all()
            else:
                self._desk.directory.forget(what)
