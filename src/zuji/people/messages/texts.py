"""The words of a message: a template a topic in two languages, filled in from facts when they are read or sent."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext

from zuji.core.templatetags.words import full_day, full_moment, named
from zuji.people.audit import names_of
from zuji.people.messages.models import Delivery, Notice
from zuji.people.messages.telling import Fact

NOTICES = "/notices/"


@dataclass(frozen=True)
class Told:
    """A message in words: what happened, what it means, and where to look, an address within the home or none."""

    title: str
    body: str
    link: str = ""

    @property
    def url(self) -> str:
        """The whole address, for who reads it elsewhere."""
        return f"{settings.BASE_URL}{self.link}" if self.link else ""


def told(message: Notice | Delivery, names: Mapping[int, str]) -> Told:
    """A message in the language and the time zone that are in force; `names` are those of `names_in`."""
    # a fact that an older version did not write leaves its place empty, and the rest is still told
    said: defaultdict[str, str] = defaultdict(str)
    said.update({name: _said(name, fact, names) for name, fact in message.facts.items()})
    words = [gettext(f"told.{message.topic}.{part}").format_map(said).strip() for part in ("title", "text")]
    return Told(words[0], words[1], message.link)


def told_in(language: str, zone: str, messages: Iterable[Notice | Delivery]) -> list[Told]:
    """Messages in a language, with the times of a zone."""
    rows = list(messages)
    names = names_in(rows)
    with translation.override(language), timezone.override(zone):
        return [told(each, names) for each in rows]


def names_in(messages: Iterable[Notice | Delivery]) -> dict[int, str]:
    """Names of the accounts that messages speak of, in one query."""
    return names_of(each.facts.get("who") for each in messages)


def brief(messages: list[Told], *, limit: int) -> str:
    """One text of at most `limit` bytes for a group chat: a message as it is, several as a list."""
    brand = gettext("messages.brand")
    if len(messages) == 1:
        only = messages[0]
        return _fit("\n".join(filter(None, (f"{brand}{only.title}", only.body, only.url))), limit)
    head = brand + gettext("messages.several").format(count=len(messages))
    more = gettext("messages.more").format(url=settings.BASE_URL + NOTICES)
    return "\n".join(_lines(head, messages, more, limit))


def _lines(head: str, messages: list[Told], more: str, limit: int) -> Iterator[str]:
    """The head, as many messages as there is room for, and where the others are."""
    room = limit - len(f"{head}\n{more}".encode())
    yield head
    for message in messages:
        line = "\n".join(filter(None, (f"· {message.title}", message.body, message.url)))
        room -= len(f"\n{line}".encode())
        if room < 0:
            yield more
            return
        yield line


def _fit(text: str, limit: int) -> str:
    whole = text.encode()
    return text if len(whole) <= limit else f"{whole[: limit - 3].decode(errors='ignore')}…"


def _moment(value: object) -> str:
    at = parse_datetime(str(value))
    return full_moment(at) if isinstance(at, datetime) else ""


def _of(prefix: str) -> Callable[[object], str]:
    return lambda value: gettext(f"{prefix}.{value}")


SAID: dict[str, Callable[[object], str]] = {
    "role": _of("role"),
    "channel": _of("channel"),
    "trouble": _of("trouble"),
    "state": _of("work_state"),
    "work": lambda key: gettext(str(key)),
    "until": _moment,
    "since": _moment,
    "closes": lambda day: full_day(parse_date(str(day))),
}
"""Facts that are keys or instants, by name, and how they are said; any other is said as it stands."""


def _said(name: str, fact: Fact, names: Mapping[int, str]) -> str:
    if name == "who":
        return (names.get(fact) if isinstance(fact, int) else None) or gettext("messages.somebody")
    if fact is None:
        return gettext("core.unknown")
    if isinstance(fact, Mapping):
        return named(dict(fact))
    return SAID[name](fact) if name in SAID else str(fact)
