"""A record's timeline: what was done to it by whom, with the values before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Model
from django.utils.translation import gettext

from zuji.core.models import AuditEntry
from zuji.core.templatetags.words import number
from zuji.people.audit import entries_about, names_of

SAME_ACT = timedelta(seconds=10)
"""The trigger writes history by the database's clock, the action its entry by the page's: they lie this close."""

Words = Mapping[str, tuple[str, str]]
"""Field → the key of its name and the prefix of its values' words, which is empty where a value speaks for itself."""


@dataclass(frozen=True)
class Change:
    """One field's value before and after, in words."""

    label: str
    before: str
    after: str


@dataclass
class Step:
    """One thing that happened; `why` is the reason that somebody gave."""

    at: datetime
    what: str
    who: str
    why: str = ""
    changes: list[Change] = field(default_factory=list)


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
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _step(entry: AuditEntry, names: Mapping[int, str]) -> Step:
    who = names.get(entry.actor or 0, "") or gettext("history.system")
    return Step(entry.at, gettext(f"verb.{entry.verb}"), who, str(entry.facts.get("reason", "")))


def _changes(row: Model, words: Words) -> Iterator[tuple[datetime, list[Change]]]:
    events: Sequence[Model] = list(row.events.order_by("pgh_id"))  # type: ignore[attr-defined]  # pghistory adds it
    for before, after in pairwise(events):
        changed = [name for name in words if getattr(before, name) != getattr(after, name)]
        if changed:
            yield after.pgh_created_at, [_change(name, before, after, words[name]) for name in changed]  # type: ignore[attr-defined]


def _change(name: str, before: Model, after: Model, words: tuple[str, str]) -> Change:
    key, prefix = words
    return Change(gettext(key), _said(getattr(before, name), prefix), _said(getattr(after, name), prefix))


def _said(value: object, prefix: str) -> str:
    if value in (None, ""):
        return gettext("core.unknown")
    return gettext(f"{prefix}.{value}") if prefix else number(value)
