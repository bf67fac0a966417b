"""Taking back one step of a record's timeline: which verbs know how, and for which there is a reason why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext

from zuji.console.blocks.history import Offer, Step
from zuji.console.errors import Refusal
from zuji.console.pages import Desk
from zuji.core.errors import NotFound
from zuji.core.models import AuditEntry
from zuji.people.enums import Right
from zuji.people.rights import rights_of

Act = Callable[[Desk, AuditEntry], object]
CHANGED_SINCE = f"refusal.{Refusal.CHANGED_SINCE}"


@dataclass(frozen=True, kw_only=True)
class Undo:
    """How a verb is taken back, and by what right.

    `why_not` looks at a row with its timeline, and gives the key of the words that say why this very step stays. That
    something has changed since needs no words there: the later step is told above it.
    """

    right: Right
    act: Act
    why_not: Callable[[Model, Sequence[Step], Step], str] = lambda row, steps, step: ""


UNDO: dict[str, Undo] = {}
"""By verb; filled by `console.undoing`."""
WHY_NOT: dict[str, str] = {}
"""Verb → key of the words that say why it cannot be taken back."""


def offered(at_desk: Desk, row: Model, steps: list[Step]) -> list[Step]:
    """The steps of a row's timeline, each with whether this desk can take it back."""
    rights = rights_of(at_desk.account, at=at_desk.at)
    for step in steps:
        if step.entry is not None:
            step.offer = _offer(row, steps, step, rights)
    return steps


def take_back(at_desk: Desk, entry: AuditEntry) -> None:
    """Take one step back, as far as its verb knows how; the verb's own action asks for the right to the row."""
    undo = UNDO.get(entry.verb)
    if undo is None:
        raise NotFound("undo")
    undo.act(at_desk, entry)


def still_so(row: Model, steps: Sequence[Step], step: Step) -> str:
    """Why not: one of the step's values has changed since, or the step left none that could be put back."""
    if not step.changes:
        return "undo.nothing_kept"
    has_moved = any(getattr(row, change.name) != change.became for change in step.changes)
    return CHANGED_SINCE if has_moved else ""


def _offer(row: Model, steps: Sequence[Step], step: Step, rights: set[Right]) -> Offer:
    entry = step.entry
    undo = UNDO.get(entry.verb) if entry else None
    if entry is None or undo is None:
        key = WHY_NOT.get(entry.verb, "") if entry else ""
        return Offer(why_not=gettext(key) if key else "")
    if undo.right not in rights:
        return Offer()
    if key := undo.why_not(row, steps, step):
        return Offer(why_not="" if key == CHANGED_SINCE else gettext(key))
    return Offer(url=reverse("console:undo", args=[entry.pk]))
