"""The intake's own connection: it runs steps and comes back after a loss; a second one hears what rows changed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection

from zuji.checkin.models import DIRECTORY_CHANNEL
from zuji.checkin.steps import Mark, Query, Result, Rows, Steps

PAUSES_S: Final = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
LISTEN_PAUSE_S: Final = 1.0

log = logging.getLogger(__name__)


class LinkLost(Exception):
    """The database went away in the middle; whether the last statement was committed is not known."""


class Link:
    """One autocommitting connection with prepared statements."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: AsyncConnection[Any] | None = None

    async def run(self, steps: Steps[Result]) -> Result:
        """Drive steps to their end, one statement at a time; LinkLost when there is no connection any more."""
        connection = await self._open()
        rows: Rows | None = None
        error: BaseException | None = None
        while True:
            try:
                step = steps.throw(error) if error else steps.send(rows)  # type: ignore[arg-type]  # None starts it
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            try:
                rows, error = await _take(connection, step), None
            except psycopg.Error as raised:
                rows, error = None, LinkLost() if connection.closed else raised

    async def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            await self._connection.close()

    async def _open(self) -> AsyncConnection[Any]:
        if self._connection is not None and not self._connection.closed:
            return self._connection
        for pause in PAUSES_S:
            await asyncio.sleep(pause)
            try:
                self._connection = await AsyncConnection.connect(self._dsn, autocommit=True, prepare_threshold=0)
            except psycopg.OperationalError:
                continue
            await self._connection.execute("set jit = off")
            return self._connection
        raise LinkLost


async def _take(connection: AsyncConnection[Any], step: Query | Mark) -> Rows:
    if isinstance(step, Mark):
        if step is not Mark.ROLLBACK or connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            await connection.execute(step.value)
        return []
    cursor = await connection.execute(step.sql, step.params)
    return await cursor.fetchall() if cursor.description else []


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
