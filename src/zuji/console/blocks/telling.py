"""Entries of the audit trail told in words: who did what to which thing, what it was before and after, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zuji.console.blocks.changes import changes_of
from zuji.console.blocks.facts import facts_told, reason_of, refs_of
from zuji.console.blocks.history import Change
from zuji.console.blocks.objects import Names, Told, things
from zuji.console.pages import Desk
from zuji.core.models import AuditEntry
from zuji.people.audit import names_of


@dataclass(frozen=True)
class Line:
    """One entry in words. `said` names the thing with its link; `why` is the reason that somebody gave."""

    entry: AuditEntry
    who: str
    thing: Told
    why: str = ""
    changes: Sequence[Change] = ()
    facts: Sequence[str] = field(default=())

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def said(self) -> SafeString:
        """What was done to which thing, the thing with its link."""
        thing = format_html('<a href="{}">{}</a>', self.thing.url, self.thing.name) if self.thing.url else ""
        return format_html(did(self.entry.verb), thing=thing or self.thing.name)

    @property
    def text(self) -> str:
        """The same as plain text, with what changed, for a file."""
        changed = [f"{each.label} {each.before} → {each.after}" for each in self.changes]
        about = gettext("list.comma").join([*changed, *self.facts])
        said = did(self.entry.verb).format(thing=self.thing.name)
        return gettext("log.said").format(said=said, about=about) if about else said


def tell(at_desk: Desk, entries: Iterable[AuditEntry]) -> list[Line]:
    """Entries in words, for whoever sits at this desk; the queries grow with the kinds and not with the entries."""
    listed = list(entries)
    names = things(at_desk, [*listed, *(ref for entry in listed for ref in refs_of(entry))])
    who = names_of(entry.actor for entry in listed)
    # what one may not see keeps its values to itself
    changes = changes_of(entry for entry in listed if names[entry.kind, entry.key].is_seen)
    return [_line(entry, names, who, changes.get(entry.pk, ())) for entry in listed]


def _line(entry: AuditEntry, names: Names, who: Mapping[int, str], changes: Sequence[Change]) -> Line:
    thing = names[entry.kind, entry.key]
    shown = frozenset(change.label for change in changes)
    return Line(
        entry=entry,
        who=actor_name(entry.actor, who),
        thing=thing,
        why=reason_of(entry) or thing.note,
        changes=changes,
        facts=facts_told(entry, names, shown=shown),
    )


def actor_name(actor: int | None, names: Mapping[int, str]) -> str:
    """Who acted: somebody, somebody whose name was erased, or the home by itself."""
    if actor is None:
        return gettext("history.system")
    return names.get(actor) or gettext("account.erased")


def did(verb: str) -> str:
    """The sentence of a verb, with `{thing}` where its thing stands."""
    return gettext(f"did.{verb}")
