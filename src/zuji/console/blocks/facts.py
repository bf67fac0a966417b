"""The facts of an audit entry in words. A new fact is one line in one of these tables; a test watches for others."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext

from zuji.console.blocks.changes import FIELDS
from zuji.console.blocks.objects import Names
from zuji.core.models import AuditEntry
from zuji.core.templatetags.words import full_day, full_moment, say
from zuji.people.enums import ScopeKind
from zuji.register.towns import towns

COUNTS = (
    *("added", "returned", "passes", "seats", "moved_m", "sites", "stops", "total", "done", "size", "epoch"),
    *("organisations", "messages", "faults", "rows", "refused", "firms", "merged", "moved", "doubts", "forms"),
)
"""Numbers, which choose between one and many."""
SETS = {
    "role": "role",
    "channel": "channel",
    "topic": "topic",
    "state": "work_state",
    "before": "impression_state",
    "work": "work",
    "rule": "rule_kind",
    "about": "list_field",
    "answer": "doubt_answer",
}
"""Keys of closed sets, by the prefix of their words."""
THINGS = {
    "other": "checkin.pass",
    "by": "checkin.pass",
    "to": "committee.organisation",
    "gone": "register.enterprise",
}
"""Keys of other things, by their kind."""
SCOPES = {
    "association": "core.association",
    "organisation": "committee.participantorganisation",
    "campaign": "checkin.campaign",
}
REASONS = {"because": "decline_reason"}
"""Reasons that were chosen from a closed set; another one is as somebody wrote it."""
DATES = ("since", "until", "last")
SILENT = frozenset({"digest", "list", "item", "checkpoint", "checkpoints", "reason", "changed", "scope", *REASONS})
"""Seals and keys that say nothing to a reader, and what is told in a way of its own."""
DERIVED = frozenset({"sort_key"})
"""Fields that follow from another one."""


class Ref(NamedTuple):
    """A thing that a fact names."""

    kind: str
    key: str


def refs_of(entry: AuditEntry) -> Iterator[Ref]:
    """The things that an entry's facts name."""
    facts = entry.facts
    yield from (Ref(kind, str(facts[name])) for name, kind in THINGS.items() if name in facts)
    kind, _, key = str(facts.get("scope", "")).partition(":")
    if kind in SCOPES:
        yield Ref(SCOPES[kind], key)


def facts_told(entry: AuditEntry, names: Names, *, shown: frozenset[str] = frozenset()) -> list[str]:
    """What the facts say, but for the fields whose change is `shown` by its values."""
    told = [_tell(name, value, names) for name, value in entry.facts.items() if name not in SILENT]
    return [*filter(None, told), *_scope(entry, names), *_changed(entry, shown)]


def reason_of(entry: AuditEntry) -> str:
    """Why somebody did it, as they said."""
    chosen = [gettext(f"{prefix}.{entry.facts[name]}") for name, prefix in REASONS.items() if name in entry.facts]
    return str(entry.facts.get("reason", "")) or "".join(chosen)


def _tell(name: str, value: Any, names: Names) -> str:  # noqa: ANN401 - whatever an action wrote
    if value is None:  # an action says so of what it does not know
        return ""
    if name in COUNTS:
        return say(f"fact.{name}", n=value)
    if name in THINGS:
        return say(f"fact.{name}", name=names[THINGS[name], str(value)].name)
    if name in DATES:
        return say(f"fact.{name}", at=_date(str(value)))
    if prefix := SETS.get(name):
        return say(f"fact.{name}", what=gettext(f"{prefix}.{value}"))
    return f"{name} {value}"


def _date(value: str) -> str:
    return full_moment(datetime.fromisoformat(value)) if "T" in value else full_day(date.fromisoformat(value))


def _scope(entry: AuditEntry, names: Names) -> Iterator[str]:
    kind, _, key = str(entry.facts.get("scope", "")).partition(":")
    if kind in SCOPES:
        yield say("fact.scope", name=names[SCOPES[kind], key].name)
    elif kind == ScopeKind.TOWN:
        yield say("fact.scope", name=towns()[key].name if key in towns() else key)


def _changed(entry: AuditEntry, shown: frozenset[str]) -> Iterator[str]:
    """Fields that changed without a value to show: of personal details the trail keeps the word alone."""
    words: Mapping[str, tuple[str, str]] = FIELDS.get(entry.kind, {})
    changed = [name for name in entry.facts.get("changed", ()) if name not in DERIVED]
    labels = [gettext(words[name][0] if name in words else f"field.{name}") for name in changed]
    hidden = [label for label in labels if label not in shown]
    if hidden:
        yield say("fact.changed", fields=gettext("list.comma").join(hidden))


KNOWN = {*COUNTS, *SETS, *THINGS, *DATES, *SILENT}
