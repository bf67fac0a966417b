"""Rows of a list that something is wrong with go back to whoever sent it, with the reasons beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from zuji.core.errors import Refused
from zuji.core.sheets import Problem, write_rejects
from zuji.core.texts import both, say
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register.access import access_list
from zuji.register.errors import Refusal
from zuji.register.fields import Field
from zuji.register.models import SourceFile, SourceList
from zuji.register.reading import Choice, Reading, read_list
from zuji.register.staging import faults


@dataclass(frozen=True, slots=True)
class Back:
    """A row as it came, and what is wrong with it."""

    problems: Sequence[Problem]
    cells: Sequence[object]

    def whole(self) -> Sequence[object]:
        return self.cells


def rejects_of(account: Account | None, list_id: int, *, language: str, at: datetime) -> bytes:
    """A workbook of the rows that something is wrong with, as they came; `language` of the reasons is "zh" or "en".

    Refused once the file is erased, since the store keeps no more of a row than what was read.
    """
    found = access_list(account, list_id, Right.IMPORT_LISTS, at=at)
    reading = read_again(found)
    rows = [Back(faults(row), row.whole()) for row in reading.rows() if faults(row)]
    if not rows:
        raise Refused(Refusal.LIST_HAS_NO_FAULTS)
    zone = ZoneInfo(found.authority.association.time_zone)

    def reason(problem: Problem) -> str:
        return say(problem.code, problem.facts)[language]

    heading = both("sheet.reasons")[language]
    return write_rejects(rows, reading, reasons=reason, heading=heading, made_at=at.astimezone(zone))


def read_again(found: SourceList) -> Reading:
    """A list's file read as it was, every column by what it was taken for; Refused once the file is erased."""
    kept = SourceFile.objects.filter(source=found).first()
    if kept is None:
        raise Refused(Refusal.LIST_FILE_GONE)
    fields = {int(place): Field(field) for place, field in found.columns.items()}
    columns = {place: fields.get(place) for place in range(len(found.header))}
    return read_list(bytes(kept.data), file=found.file, chosen=Choice(sheet=found.sheet or None, columns=columns))
