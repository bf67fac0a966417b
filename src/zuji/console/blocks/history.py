"""A record's timeline: what was done to it by whom, with the values before and after; and the record as it was."""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model
from django.utils.translation import gettext

from zuji.console.blocks.told import value_told
from zuji.core.models import AuditEntry
from zuji.people.audit import entries_about, names_of

SAME_ACT = timedelta(seconds=10)
"""The trigger writes history by the database's clock, the action its entry by the page's: they lie this close."""

Words = Mapping[str, tuple[str, str]]
"""Field → the key of its name and the prefix of its values' words, which is empty where a value speaks for itself."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Change:
    """One field's value before and after, in words, and as the row has it."""

    label: str
    before: str
    after: str
    name: str = ""
    was: object = None
    became: object = None


class Offer(NamedTuple):
    """Whether a step can be taken back: where to, or in words why not."""

    url: str = ""
    why_not: str = ""


@dataclass
class Step:
    """One thing that happened; `why` is the reason that somebody gave, `entry` what the audit trail says of it.

    `unsaid` are the names of what changed too, but of which no value is kept. `back_to` is when the step was made that
    this one takes back.
    """

    at: datetime
    what: str
    who: str
    why: str = ""
    changes: list[Change] = field(default_factory=list)
    entry: AuditEntry | None = None
    unsaid: list[str] = field(default_factory=list)
    offer: Offer = field(default_factory=Offer)
    back_to: datetime | None = None

    @property
    def touched(self) -> set[str]:
        """The names of the fields that changed."""
        named = self.entry.facts.get("changed", []) if self.entry else []
        return {*named, *(change.name for change in self.changes)}


def timeline(row: Model, words: Words) -> list[Step]:
    """What happened to a row, latest first. Only fields that `words` names are told."""
    entries = list(entries_about(row))
    names = names_of(entry.actor for entry in entries)
    steps = [_step(entry, names) for entry in entries]
    for at, changes in _changes(row, words) if words else ():
        near = [step for step in steps if abs(step.at - at) <= SAME_ACT]
        if near:
            min(near, key=lambda step: abs(step.at - at)).changes.extend(changes)
        else:
            steps.append(Step(at, gettext("history.changed"), gettext("history.system"), changes=changes))
    return taken_back(sorted(steps, key=lambda step: step.at, reverse=True))


def taken_back(steps: list[Step]) -> list[Step]:
    """The same steps, latest first; one that only turns around what the one before it changed says so."""
    for later, earlier in pairwise(steps):
        turned = {change.name: (change.became, change.was) for change in earlier.changes}
        if turned and turned == {change.name: (change.was, change.became) for change in later.changes}:
            later.back_to = earlier.at
    return steps


def last_touched(steps: Iterable[Step], *names: str) -> Step | None:
    """The latest step, of those told latest first, that changed one of these fields."""
    return next((step for step in steps if step.touched & set(names)), None)


def recorded_since(row: Model) -> datetime:
    """When a row with a history came here."""
    first: datetime = row.events.order_by("pgh_id").values_list("pgh_created_at", flat=True)[0]  # type: ignore[attr-defined]  # pghistory adds it
    return first


def as_it_was(row: M, until: datetime) -> M | None:
    """A row as it stood just before an instant, by its history; None where it was not there yet."""
    found = as_they_were([row], until)
    return found[0] if found else None


def as_they_were(rows: Sequence[M], until: datetime) -> list[M]:
    """The same for rows of one table, in one query; those that were not there yet are left out.

    Of what is joined to a row, what the row itself points at follows; what hangs on it stays as it is now.
    """
    if not rows:
        return []
    # by the order in which they were written, since a demo's clock may be set back
    events: Any = rows[0]._meta.get_field("events").related_model
    past = events.objects.filter(pgh_obj__in=[row.pk for row in rows], pgh_created_at__lt=until)
    last = {event.pgh_obj_id: event for event in past.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")}
    return [_laid_over(row, last[row.pk]) for row in rows if row.pk in last]


def _laid_over(row: M, event: Model) -> M:
    past = copy.copy(row)
    tracked = {each.attname for each in event._meta.concrete_fields}
    for each in row._meta.concrete_fields:
        if each.attname in tracked:
            setattr(past, each.attname, getattr(event, each.attname))
    return past


def _step(entry: AuditEntry, names: Mapping[int, str]) -> Step:
    who = names.get(entry.actor or 0, "") or gettext("history.system")
    return Step(entry.at, gettext(f"verb.{entry.verb}"), who, str(entry.facts.get("reason", "")), entry=entry)


def _changes(row: Model, words: Words) -> Iterator[tuple[datetime, list[Change]]]:
    events: Sequence[Model] = list(row.events.order_by("pgh_id"))  # type: ignore[attr-defined]  # pghistory adds it
    for before, after in pairwise(events):
        changed = [name for name in words if getattr(before, name) != getattr(after, name)]
        if changed:
            yield after.pgh_created_at, [_change(name, before, after, words[name]) for name in changed]  # type: ignore[attr-defined]


def _change(name: str, before: Model, after: Model, words: tuple[str, str]) -> Change:
    key, prefix = words
    was, became = getattr(before, name), getattr(after, name)
    return Change(gettext(key), value_told(was, prefix), value_told(became, prefix), name, was, became)
