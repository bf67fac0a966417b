"""A list is read and laid down row by row, to be looked at; nothing of it counts before it is taken in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from zuji.core.audit import Actor, audit
from zuji.core.errors import Invalid, Refused
from zuji.core.models import Association
from zuji.core.sheets import Problem
from zuji.core.sheets.places import letters
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register import access
from zuji.register.authorities import remember, remembered
from zuji.register.copying import as_json, copy_in, new_keys
from zuji.register.enums import ListState, Verb
from zuji.register.errors import Refusal
from zuji.register.fields import PERSONAL, Field
from zuji.register.models import Authority, SourceFile, SourceList, SourceRow, SourceRowDetail
from zuji.register.reading import Choice, ListRow, Reading, read_list

ROWS_AT_ONCE = 5000
LIVE = (ListState.STAGED, ListState.TAKEN_IN)
ROW = ("id", "source_id", "number", "values", "cells", "problems", "refused")
DETAIL = ("row_id", "values", "received_at")
FILE_CHARS, SHEET_CHARS = 200, 40
NAMES_A_FIRM = frozenset(
    {
        *(Field.CODE, Field.NAME, Field.FORMER_NAME, Field.BRAND, Field.SITE, Field.DOMAIN),
        *(Field.FILING, Field.POLICE_FILING, Field.ALGORITHM_FILING),
    }
)
"""Of these a row must say at least one, or nobody can tell whom it is about."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file as an authority sent it, and the day that it is about."""

    file: str
    data: bytes
    as_of: date

    @property
    def digest(self) -> str:
        return sha256(self.data).hexdigest()


def stage_list(*, actor: Account, authority_id: int, file: str, data: bytes, as_of: date, at: datetime) -> SourceList:
    """Read a file and lay its rows down to be looked at.

    The same bytes from the same authority are the same list, which is returned as it stands. Invalid when the file as
    a whole cannot be used.
    """
    authority = access.access_authority(actor, authority_id, Right.IMPORT_LISTS, at=at)
    return stage(authority, Sent(file=file, data=data, as_of=as_of), actor=actor, at=at)


def restage(*, actor: Account, list_id: int, choice: Choice, at: datetime) -> SourceList:
    """Read a staged list's file anew by what somebody chose; Refused once the file is gone."""
    found = access.access_list(actor, list_id, Right.IMPORT_LISTS, at=at)
    refuse_unless(found, ListState.STAGED, Refusal.LIST_NOT_STAGED)
    kept = SourceFile.objects.filter(source=found).first()
    if kept is None:
        raise Refused(Refusal.LIST_FILE_GONE)
    sent = Sent(file=found.file, data=bytes(kept.data), as_of=found.as_of)
    reading = read_list(sent.data, file=sent.file, remembered=remembered(found.authority), chosen=choice)
    return _lay_anew(found.pk, sent, reading, actor=actor, at=at)


def stage(authority: Authority, sent: Sent, *, actor: Actor | None, at: datetime) -> SourceList:
    """The same for whoever may do it; `actor` is None for the home itself."""
    _judge_day(sent.as_of, authority.association, at)
    if known := _known(authority, sent):
        return known
    reading = read_list(sent.data, file=sent.file, remembered=remembered(authority))
    return _lay_down(authority, sent, reading, actor=actor, at=at)


@transaction.atomic
def drop_list(*, actor: Account, list_id: int, at: datetime) -> SourceList:
    """Put away a list that was only looked at: its rows and its file go, that it came stays."""
    found = access.access_list(actor, list_id, Right.IMPORT_LISTS, at=at)
    access.access_register(actor, found.authority.association_id, Right.IMPORT_LISTS, at=at)
    found = access.access_list(actor, list_id, Right.IMPORT_LISTS, at=at, lock=True)
    refuse_unless(found, ListState.STAGED, Refusal.LIST_NOT_STAGED)
    _clear(found)
    found.state = ListState.DROPPED
    found.save(update_fields=["state"])
    audit(actor, Verb.LIST_DROPPED, found, association_id=found.authority.association_id, at=at)
    return found


def refuse_unless(found: SourceList, state: ListState, refusal: Refusal) -> None:
    """Refused where a list is not in this state, or a work has it under its hands."""
    if found.state != state:
        raise Refused(refusal)
    if found.work is not None and found.work.ended_at is None:
        raise Refused(Refusal.LIST_UNDER_WAY)


def _judge_day(as_of: date, association: Association, at: datetime) -> None:
    if as_of > at.astimezone(ZoneInfo(association.time_zone)).date():
        raise Invalid(Refusal.LISTS_TOO_LATE, field="as_of", as_of=as_of.isoformat())


def _known(authority: Authority, sent: Sent) -> SourceList | None:
    same = SourceList.objects.filter(authority=authority, digest=sent.digest, state__in=LIVE)
    return same.order_by("pk").first()


@transaction.atomic
def _lay_down(authority: Authority, sent: Sent, reading: Reading, *, actor: Actor | None, at: datetime) -> SourceList:
    # in turn, so that of two who send the same file the second finds it
    Association.objects.select_for_update(no_key=True).get(pk=authority.association_id)
    if known := _known(authority, sent):
        return known
    found = SourceList(authority=authority, digest=sent.digest, file=sent.file[:FILE_CHARS], as_of=sent.as_of)
    return _fill(found, sent, reading, actor=actor, at=at)


@transaction.atomic
def _lay_anew(list_id: int, sent: Sent, reading: Reading, *, actor: Account, at: datetime) -> SourceList:
    found = access.access_list(actor, list_id, Right.IMPORT_LISTS, at=at, lock=True)
    refuse_unless(found, ListState.STAGED, Refusal.LIST_NOT_STAGED)
    _clear(found)
    found = _fill(found, sent, reading, actor=actor, at=at)
    remember(found.authority, headings_of(found))
    return found


def _fill(found: SourceList, sent: Sent, reading: Reading, *, actor: Actor | None, at: datetime) -> SourceList:
    found.sheet, found.staged_by, found.staged_at = reading.sheet[:SHEET_CHARS], actor.pk if actor else None, at
    found.header = [column.title for column in reading.columns]
    found.columns = {str(column.place): str(column.field) for column in reading.columns if column.field is not None}
    found.save()
    SourceFile.objects.create(source=found, data=sent.data, received_at=at)
    counts = _store(found, reading, at=at)
    audit(actor, Verb.LIST_STAGED, found, association_id=found.authority.association_id, at=at, **counts)
    return found


def headings_of(found: SourceList) -> dict[str, Field]:
    """What each heading of a list was read as."""
    return {found.header[int(place)]: Field(field) for place, field in found.columns.items()}


def _clear(found: SourceList) -> None:
    found.rows.all().delete()
    SourceFile.objects.filter(source=found).delete()


def _store(found: SourceList, reading: Reading, *, at: datetime) -> dict[str, int]:
    """Write the rows and what they say of persons, some at once; how many there are, and how many count for nothing."""
    counts = {"rows": 0, "refused": 0}
    for rows in _batches(reading.rows()):
        keys = new_keys(SourceRow, len(rows))
        copy_in(SourceRow, ROW, (_row(key, found, row) for key, row in zip(keys, rows, strict=True)))
        details = ((key, _personal(row)) for key, row in zip(keys, rows, strict=True))
        copy_in(SourceRowDetail, DETAIL, ((key, as_json(values), at) for key, values in details if values))
        counts["rows"] += len(rows)
        counts["refused"] += sum(not _names_a_firm(row) for row in rows)
    return counts


def _batches(rows: Iterator[ListRow]) -> Iterator[list[ListRow]]:
    batch: list[ListRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _row(key: int, found: SourceList, row: ListRow) -> tuple[object, ...]:
    values = {str(field): text for field, text in _good(row) if field not in PERSONAL}
    cells = {str(field): letters(cell.column) for field, cell in row.cells.items()}
    problems = [_problem(row, problem) for problem in faults(row)]
    refused = not _names_a_firm(row)
    return (key, found.pk, row.number, as_json(values), as_json(cells), as_json(problems), refused)


def _personal(row: ListRow) -> dict[str, str]:
    return {str(field): text for field, text in _good(row) if field in PERSONAL}


def _good(row: ListRow) -> Iterator[tuple[Field, str]]:
    return ((field, text) for field, text in row.fields.items() if field not in row.flawed)


def _names_a_firm(row: ListRow) -> bool:
    # a code that lost its digits is some firm's too; it is linked by what else the row says, or asked about
    return any(row.fields.get(field) for field in NAMES_A_FIRM)


def faults(row: ListRow) -> list[Problem]:
    """What is wrong with a row's cells, and with the row where it names no firm."""
    if _names_a_firm(row):
        return row.problems
    cell = next(iter(row.cells.values()), None)
    return [*row.problems, Problem(Refusal.ROW_NAMES_NO_FIRM, cell, "")] if cell else row.problems


def _problem(row: ListRow, problem: Problem) -> dict[str, Any]:
    """A problem as data. What was found in a personal cell is not repeated here, where it would stay."""
    field = next((field for field, cell in row.cells.items() if cell == problem.cell), None)
    return {
        "code": problem.code,
        "field": str(field or ""),
        "cell": str(problem.cell),
        "column": letters(problem.cell.column),
        "found": "" if field in PERSONAL else problem.found,
        "expected": problem.expected,
    }
