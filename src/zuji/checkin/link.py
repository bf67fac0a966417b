"""The intake's own connection: it runs steps and comes back after a loss; a second one hears what rows changed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Final

import psycopg
from psycopg import AsyncConnection

from zuji.checkin.line import Line
from zuji.checkin.models import DIRECTORY_CHANNEL
from zuji.checkin.steps import Result, Rows, Steps

PAUSES_S: Final = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
LISTEN_PAUSE_S: Final = 1.0
# Every statement here finds its rows by key. A plan is made once, when tables may still be small, and kept while they
# grow: without these it might read a whole table for each batch.
SESSION: Final = "; ".join(
    ["set jit = off", "set plan_cache_mode = force_generic_plan"]
    + [f"set enable_{way} = off" for way in ("seqscan", "hashjoin", "mergejoin")]
)

log = logging.getLogger(__name__)


class LinkLost(Exception):
    """The database went away in the middle; whether the last statement was committed is not known."""


class Link:
    """A line that is opened when it is needed, and again after a loss."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._line: Line | None = None

    async def run(self, steps: Steps[Result]) -> Result:
        """Drive steps to their end, one statement at a time; LinkLost when there is no connection any more."""
        line = await self._open()
        rows: Rows | None = None
        error: BaseException | None = None
        while True:
            try:
                step = steps.throw(error) if error else steps.send(rows)  # type: ignore[arg-type]  # None starts it
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            try:
                rows, error = await line.take(step), None
            except psycopg.Error as raised:
                rows, error = None, LinkLost() if line.is_lost else raised

    async def close(self) -> None:
        """End the connection."""
        if self._line is not None:
            await self._line.close()

    async def _open(self) -> Line:
        if self._line is not None and not self._line.is_lost:
            return self._line
        for pause in PAUSES_S:
            await asyncio.sleep(pause)
            try:
                connection = await AsyncConnection.connect(self._dsn, autocommit=True)
            except psycopg.OperationalError:
                continue
            await connection.execute(SESSION)
            self._line = Line(connection)
            return self._line
        raise LinkLost


async def changes(dsn: str) -> AsyncIterator[str | None]:
    """What the database tells of changed rows; None whenever something may have been missed."""
    while True:
        try:
            async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
                await connection.execute(f"listen {DIRECTORY_CHANNEL}")
                yield None
                async for notice in connection.notifies():
                    yield notice.payload
        except psycopg.OperationalError:
            log.warning("the connection that hears of changes was lost")
        await asyncio.sleep(LISTEN_PAUSE_S)
