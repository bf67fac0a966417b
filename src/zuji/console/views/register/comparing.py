"""Two rows of lists side by side: field by field, what is the same, alike, other, or missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zuji.register.census.comparing import veiled
from zuji.register.fields import PERSONAL, Field
from zuji.register.models import SourceRow

SAME, ALIKE, OTHER, MISSING = "same", "alike", "other", "missing"
SHAPES = {SAME: "yes", ALIKE: "same", OTHER: "differs", MISSING: "gone"}
LIKE = 0.5
"""The part of two texts that must be common for them to be called alike."""


@dataclass(frozen=True)
class Compared:
    """A field of two rows: its key, both values with their differences marked, and how they compare."""

    field: Field
    one: SafeString
    other: SafeString
    verdict: str

    @property
    def shape(self) -> str:
        """The shape that stands before the verdict's word."""
        return SHAPES[self.verdict]


def values_of(row: SourceRow, *, personal: bool) -> dict[Field, str]:
    """What a row says by field, in the order of fields; of persons only when asked for."""
    detail = getattr(row, "detail", None) if personal else None
    said: Mapping[str, str] = {**row.values, **(detail.values if detail else {})}
    told = {field: veiled(field, str(text)) for field, text in said.items()}
    return {field: told[field] for field in Field if told.get(field) and (personal or field not in PERSONAL)}


def compared(one: SourceRow, other: SourceRow, *, personal: bool) -> list[Compared]:
    """Every field that either row has."""
    left, right = values_of(one, personal=personal), values_of(other, personal=personal)
    return [_compared(field, left.get(field, ""), right.get(field, "")) for field in Field if field in left | right]


def _compared(field: Field, one: str, other: str) -> Compared:
    if not one or not other:
        return Compared(field, format_html("{}", one), format_html("{}", other), MISSING)
    if _folded(one) == _folded(other):
        return Compared(field, format_html("{}", one), format_html("{}", other), SAME)
    parts = SequenceMatcher(None, one, other, autojunk=False)
    verdict = ALIKE if parts.ratio() >= LIKE else OTHER
    left = _marked(one, [(start, end) for tag, start, end, _, _ in parts.get_opcodes() if tag != "equal"])
    right = _marked(other, [(start, end) for tag, _, _, start, end in parts.get_opcodes() if tag != "equal"])
    return Compared(field, left, right, verdict)


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _marked(text: str, apart: list[tuple[int, int]]) -> SafeString:
    """The text with the parts set apart in which it differs."""
    pieces, at = [], 0
    for start, end in apart:
        pieces += [(text[at:start], text[start:end])]
        at = end
    marked = format_html_join("", "{}{}", ((plain, _mark(part)) for plain, part in pieces))
    return format_html("{}{}", marked, text[at:])


def _mark(part: str) -> SafeString:
    return format_html("<mark>{}</mark>", part) if part else SafeString()
