"""What has changed since somebody's last visit, by person and thing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from zuji.console.blocks.history import Change
from zuji.console.blocks.objects import changes
from zuji.console.blocks.telling import Line, did, tell
from zuji.console.blocks.undo import UNDO
from zuji.console.today.now import Now
from zuji.core.models import AuditEntry
from zuji.core.templatetags.words import hour, moment, say
from zuji.people.audit import SIGN_INS
from zuji.people.enums import Right

LOOKED_AT = 400
"""Entries that are gathered; who stayed away for longer reads the log."""
DEEDS, CALLED = 8, 3
"""As many deeds as are told, and things of one deed that are called by their names."""


@dataclass(frozen=True)
class Deed:
    """What somebody did: once, or the same to several things; `when` is short for today and yesterday.

    `undo` is the page that offers to take it back, where there may be one.
    """

    when: str
    who: str
    said: SafeString
    changes: Sequence[Change]
    why: str
    undo: str


@dataclass
class Group:
    """Entries of one person, verb and kind, latest first, and how many things they are about."""

    entries: list[AuditEntry]

    @property
    def called(self) -> list[AuditEntry]:
        """The latest entry of each of the first things."""
        return list({entry.key: entry for entry in reversed(self.entries)}.values())[::-1][:CALLED]

    @property
    def count(self) -> int:
        return len({entry.key for entry in self.entries})


def deeds(now: Now) -> list[Deed]:
    """What others did since the last visit to whatever this account sees, latest first."""
    rows = changes(now.desk).exclude(verb__in=SIGN_INS).exclude(actor=now.account.pk)
    groups = _grouped(rows.filter(at__gte=now.since, at__lte=now.at)[:LOOKED_AT])[:DEEDS]
    lines = {line.entry.pk: line for line in tell(now.desk, [entry for group in groups for entry in group.called])}
    return [_deed(now, group, [lines[entry.pk] for entry in group.called]) for group in groups]


def _grouped(entries: Iterable[AuditEntry]) -> list[Group]:
    """In the order of each group's latest entry."""
    groups: dict[tuple[int | None, str, str], Group] = {}
    for entry in entries:
        groups.setdefault((entry.actor, entry.verb, entry.kind), Group([])).entries.append(entry)
    return list(groups.values())


def _deed(now: Now, group: Group, lines: Sequence[Line]) -> Deed:
    first, entry = lines[0], group.entries[0]
    is_one = group.count == 1
    return Deed(
        when=_when(first.at, now),
        who=first.who,
        said=first.said if is_one else format_html(did(entry.verb), thing=_things(now, group, lines)),
        changes=first.changes if is_one else (),
        why=first.why if is_one else "",
        undo=first.thing.url if is_one and _can_undo(now, entry) else "",
    )


def _when(at: datetime, now: Now) -> str:
    days = (now.today - at.astimezone(now.zone).date()).days
    if days > 1:
        return moment(at)
    return hour(at) if days == 0 else say("today.yesterday", at=hour(at))


def _things(now: Now, group: Group, lines: Sequence[Line]) -> SafeString:
    """The things by their names, each name once, and how many there are in all, with where they are listed."""
    told = {line.thing.name: line.thing for line in lines}
    names = format_html_join(
        gettext("list.comma"), "{}", ((_linked(thing.name, thing.url),) for thing in told.values())
    )
    if len(told) == group.count:
        return names
    count = _linked(say("today.in_all", n=group.count), _rest(now, group.entries[0]))
    return format_html(gettext("today.and_more"), names=names, count=count)


def _linked(words: str, url: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, words) if url else format_html("{}", words)


def _rest(now: Now, entry: AuditEntry) -> str:
    """Where everything of this kind is listed: in the trail, or in the campaign's log."""
    since: date = now.since.astimezone(now.zone).date()
    query = urlencode({"verb": entry.verb, "kind": entry.kind, "since": since.isoformat()})
    if Right.SEE_AUDIT in now.scopes:
        return f"{reverse('console:audit')}?{query}"
    return f"{reverse('console:log', args=[entry.campaign])}?{query}" if entry.campaign else ""


def _can_undo(now: Now, entry: AuditEntry) -> bool:
    """Whether the thing's own page may offer to take this back."""
    undo = UNDO.get(entry.verb)
    return undo is not None and undo.right in now.scopes
