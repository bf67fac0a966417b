"""Two people change one record: whose change is whose, field by field. Pure.

A form carries what each field said when it was opened, as short digests. When it comes back the row may say something
else. What only one of the two changed is simply so; what both changed, to different values, is a clash that whoever
comes second decides.
"""

import hashlib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from zuji.core.sheets.folding import clean

DIGEST_CHARS = 10

Values = Mapping[str, object]


class Merged(NamedTuple):
    """What there is to save; the fields that somebody else changed meanwhile; those that both changed."""

    values: dict[str, object]
    theirs: list[str]
    clashes: list[str]


def seal(values: Values) -> str:
    """What a form carries: each field's name with a digest of its value."""
    return " ".join(f"{name}:{digest(value)}" for name, value in values.items())


def unseal(token: str) -> dict[str, str]:
    """Digests by field; what cannot be read is left out, and counts as not known."""
    pairs = (part.partition(":") for part in token.split())
    return {name: mark for name, _, mark in pairs if mark}


def digest(value: object) -> str:
    """The same for values that are written alike."""
    return hashlib.sha256(written(value).encode()).hexdigest()[:DIGEST_CHARS]


def written(value: object) -> str:
    """A value as text; what is unknown and what is empty are alike, and spaces around a text do not count."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else clean(str(value))


def merge(seen: Mapping[str, str], now: Values, typed: Values, *, theirs: Collection[str] = ()) -> Merged:
    """What was `typed` into a form that was opened when the row said `seen`, upon what the row says `now`.

    `theirs` are fields of which it was decided that what the row says stays. A field that the form did not carry is
    taken as typed: nothing is known of what it said before.
    """
    values, changed, clashes = dict(now), [], []
    for name, value in typed.items():
        was = seen.get(name, digest(now[name]))
        is_mine = digest(value) != was and name not in theirs
        is_theirs = digest(now[name]) != was
        if is_theirs:
            changed.append(name)
        if is_mine:
            values[name] = value
        if is_mine and is_theirs and digest(value) != digest(now[name]):
            clashes.append(name)
    return Merged(values, changed, clashes)
