"""Database work as a generator: it yields statements and is sent their rows, so that one text serves every driver."""

from collections.abc import Generator, Sequence
from contextlib import nullcontext
from enum import Enum
from typing import Any, NamedTuple, TypeVar

import psycopg
from django.db import DatabaseError, connection, transaction

Result = TypeVar("Result")
Rows = list[tuple[Any, ...]]


class Query(NamedTuple):
    """One statement; its rows are sent back, its error is thrown in."""

    sql: str
    params: Sequence[Any] = ()


class Mark(Enum):
    """Bounds of a transaction. After an error within one, only ROLLBACK may follow."""

    BEGIN = "begin"
    COMMIT = "commit"
    ROLLBACK = "rollback"


Steps = Generator[Query | Mark, Rows, Result]


def run(steps: Steps[Result]) -> Result:
    """Drive steps over Django's connection; inside a transaction theirs are savepoints."""
    marks: list[transaction.Atomic] = []
    try:
        return _drive(steps, marks)
    except BaseException as error:
        while marks:
            marks.pop().__exit__(type(error), error, error.__traceback__)
        raise


def _drive(steps: Steps[Result], marks: list[transaction.Atomic]) -> Result:
    rows: Rows | None = None
    error: BaseException | None = None
    while True:
        try:
            step = steps.throw(error) if error else steps.send(rows)  # type: ignore[arg-type]  # None starts it
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
        try:
            rows, error = _take(step, marks), None
        except DatabaseError as raised:
            rows, error = None, raised.__cause__ or raised


def _take(step: Query | Mark, marks: list[transaction.Atomic]) -> Rows:
    if isinstance(step, Query):
        # alone, a statement that fails must not spoil a transaction around these steps
        with transaction.atomic() if not marks else nullcontext(), connection.cursor() as cursor:
            cursor.execute(step.sql, step.params)
            return cursor.fetchall() if cursor.description else []
    if step is Mark.BEGIN:
        marks.append(transaction.atomic())
        marks[-1].__enter__()
    elif step is Mark.COMMIT:
        marks.pop().__exit__(None, None, None)
    elif marks:
        undone = psycopg.errors.QueryCanceled()
        marks.pop().__exit__(type(undone), undone, None)
    return []
