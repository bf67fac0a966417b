"""A record: its fields, each with where its value came from; its timeline; and what it said on a day.

    then = asked(request)
    steps = history(request, found, then)
    show(…, record=told(found, steps), timeline=steps, then=then)

Which fields of a kind are told is one line in `changes.FIELDS`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString

from zuji.console.blocks.changes import FIELDS
from zuji.console.blocks.facts import facts_told, reason_of, refs_of
from zuji.console.blocks.history import Step, last_touched, timeline
from zuji.console.blocks.objects import things
from zuji.console.blocks.telling import tell
from zuji.console.blocks.told import value_told
from zuji.console.blocks.undo import offered
from zuji.console.pages import Desk, desk
from zuji.core.templatetags.words import full_moment
from zuji.people.audit import entries_about_any


@dataclass(frozen=True)
class Origin:
    """Where a value came from: a file and the cell in it, or who wrote it and when."""

    source: str
    place: str = ""


@dataclass(frozen=True)
class Shown:
    """A field as the page shows it; `value` is empty where nothing is known, `note` is said below it."""

    key: str
    value: str | SafeString
    note: str = ""
    origin: Origin | None = None


@dataclass(frozen=True)
class Then:
    """The day that a record is looked at on, and the instant at which it ends; neither, for how it is now."""

    day: date | None
    until: datetime | None
    today: date

    @property
    def on(self) -> date:
        """The day to which dated relations are told."""
        return self.day or self.today

    def of(self, steps: Iterable[Step]) -> list[Step]:
        """The steps that had been taken by then."""
        return [step for step in steps if self.until is None or step.at < self.until]


def asked(request: HttpRequest) -> Then:
    """The day in `?on=`, ending in the association's time zone. Today, the future and what is no day mean now."""
    account, at = desk(request)
    zone = ZoneInfo(account.association.time_zone)
    today = at.astimezone(zone).date()
    day = _day(request.GET.get("on", ""))
    # a day that is not over has no end to look back from
    if day is None or day >= today:
        return Then(None, None, today)
    return Then(day, datetime.combine(day + timedelta(days=1), time(), zone), today)


def history(request: HttpRequest, row: Model, then: Then | None = None) -> list[Step]:
    """A record's timeline up to the day that is looked at; steps can be taken back only while that is now."""
    at_desk = desk(request)
    steps = timeline(row, FIELDS.get(row._meta.label_lower, {}))
    if then is not None and then.until is not None:
        return _explained(at_desk, then.of(steps))
    return _explained(at_desk, offered(at_desk, row, steps))


def histories(request: HttpRequest, rows: Iterable[Model], then: Then | None = None) -> list[Step]:
    """What happened to several rows, each step naming its own; with as many queries as there are kinds of rows."""
    lines = tell(desk(request), entries_about_any(rows))
    steps = [
        Step(line.at, line.said, line.who, line.why, list(line.changes), line.entry, list(line.facts)) for line in lines
    ]
    return then.of(steps) if then else steps


def told(row: Model, steps: Sequence[Step], origins: Mapping[str, Origin] | None = None) -> list[Shown]:
    """The fields with where each value came from: the last change, else `origins`, else what began the record."""
    return [
        Shown(key, _value(getattr(row, name), prefix), origin=origin_of(name, steps, origins or {}))
        for name, (key, prefix) in FIELDS[row._meta.label_lower].items()
    ]


def origin_of(name: str, steps: Sequence[Step], origins: Mapping[str, Origin]) -> Origin | None:
    """Where the value of one field came from; None where nobody wrote it down."""
    if step := last_touched(steps, name):
        return _by(step)
    return origins.get(name) or (_by(steps[-1]) if steps else None)


def _explained(at_desk: Desk, steps: list[Step]) -> list[Step]:
    """The steps with what the audit trail says of them beyond the changed values."""
    entries = [step.entry for step in steps if step.entry is not None]
    names = things(at_desk, [ref for entry in entries for ref in refs_of(entry)])
    for step in steps:
        if step.entry is not None:
            shown = frozenset(change.label for change in step.changes)
            step.unsaid, step.why = facts_told(step.entry, names, shown=shown), reason_of(step.entry)
    return steps


def _by(step: Step) -> Origin:
    return Origin(step.who, full_moment(step.at))


def _value(value: object, prefix: str) -> str:
    return "" if value in (None, "") else value_told(value, prefix)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # written like a day, and none
        return None
