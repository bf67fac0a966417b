"""Statements over libpq itself: psycopg opens the connection and reads the rows, but its way between costs too much."""

import asyncio
from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection, errors
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

from zuji.checkin.steps import Mark, Query, Rows

FINE: Final = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class Line:
    """One autocommitting connection whose statements are all prepared."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._rows = Transformer(connection)
        self._names: dict[str, bytes] = {}

    @property
    def is_lost(self) -> bool:
        """Whether nothing can be asked any more."""
        return self._pgconn.status != ConnStatus.OK

    async def take(self, step: Query | Mark) -> Rows:
        """One statement or bound of a transaction; raises what PostgreSQL raises."""
        if isinstance(step, Query):
            return await self._execute(step)
        if step is not Mark.ROLLBACK or self._pgconn.transaction_status != TransactionStatus.IDLE:
            self._pgconn.send_query(step.value.encode())
            await self._result()
        return []

    async def _execute(self, query: Query) -> Rows:
        name = self._names.get(query.sql)
        if name is None:
            name = b"zuji_%d" % len(self._names)
            self._pgconn.send_prepare(name, numbered(query.sql).encode())
            await self._result()
            self._names[query.sql] = name
        values = [written(value) for value in query.params]
        formats = [Format.BINARY if isinstance(value, bytes) else Format.TEXT for value in query.params]
        self._pgconn.send_query_prepared(name, values, param_formats=formats)
        result = await self._result()
        self._rows.set_pgresult(result)
        return self._rows.load_rows(0, result.ntuples, tuple)

    async def _result(self) -> PGresult:
        """The result once the server is ready for the next statement: only then is it committed."""
        loop, number = asyncio.get_running_loop(), self._pgconn.socket
        ready: asyncio.Future[list[PGresult]] = loop.create_future()
        results: list[PGresult] = []
        loop.add_reader(number, self._read, ready, results)
        if self._pgconn.flush():
            loop.add_writer(number, self._write, number)
        try:
            await ready
        finally:
            loop.remove_reader(number)
            loop.remove_writer(number)
        for result in results:
            if result.status not in FINE:
                raise errors.error_from_result(result)
        return results[-1]

    def _read(self, ready: "asyncio.Future[list[PGresult]]", results: list[PGresult]) -> None:
        if ready.done():
            return
        try:
            self._pgconn.consume_input()
            while not self._pgconn.is_busy():
                result = self._pgconn.get_result()
                if result is None:
                    ready.set_result(results)
                    return
                results.append(result)
        except psycopg.Error as error:
            ready.set_exception(error)

    def _write(self, number: int) -> None:
        if not self._pgconn.flush():
            asyncio.get_running_loop().remove_writer(number)

    async def close(self) -> None:
        """End the connection."""
        await self._connection.close()


def numbered(sql: str) -> str:
    """PostgreSQL's own placeholders for psycopg's."""
    numbers = count(1)
    first, *rest = sql.split("%s")
    return (first + "".join(f"${next(numbers)}{part}" for part in rest)).replace("%%", "%")


def written(value: object) -> bytes | None:
    """A parameter on the wire: bytes as they are, everything else as PostgreSQL reads it."""
    if isinstance(value, str):
        return value.encode()
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, date):  # and so every instant
        return value.isoformat().encode()
    if isinstance(value, Sequence):
        return f"{{{','.join(map(_element, value))}}}".encode()
    return str(value).encode()


def _element(value: object) -> str:
    return f'"\\\\x{value.hex()}"' if isinstance(value, bytes) else str(value)
