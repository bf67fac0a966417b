"""What an import of a trail would do: it is run, looked at, and taken back."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import pghistory
from django.db import transaction

from zuji.checkin.models import Activity, Campaign, Checkpoint
from zuji.core.ids import spoken
from zuji.trail.models import Exhibit, Hall, Leg, Site, Stop, Trail

KINDS = (Campaign, Activity, Trail, Stop, Leg, Checkpoint, Site, Hall, Exhibit)
"""What a trail's file makes or changes, in the order in which it is told."""

T = TypeVar("T")


class Changed(NamedTuple):
    """How many rows of a kind would be made, changed, or go."""

    kind: str
    made: int
    changed: int
    gone: int


def tried(act: Callable[[], Trail], look: Callable[[Trail], T]) -> tuple[T, list[Changed]]:
    """What `look` sees of the trail that `act` would make, and what would change by it; nothing of it stays."""
    with transaction.atomic(), pghistory.context(tried=spoken(12)) as mark:
        before = {kind: kind.objects.count() for kind in KINDS}
        trail = act()
        changes = [_changed(kind, before[kind], mark.metadata) for kind in KINDS]
        seen = look(trail)
        transaction.set_rollback(True)
    return seen, [each for each in changes if each.made or each.changed or each.gone]


def _changed(kind: Any, before: int, mark: dict[str, object]) -> Changed:  # noqa: ANN401 - a model of KINDS
    """By the history that this very run wrote; what went leaves none there, and is what is missing."""
    events = kind.events.rel.related_model.objects.filter(pgh_context__contains=mark)
    made = events.filter(pgh_label="insert").values("pgh_obj_id")
    changed = events.filter(pgh_label="update").exclude(pgh_obj_id__in=made).values("pgh_obj_id").distinct()
    gone = before + made.count() - kind.objects.count()
    return Changed(str(kind._meta.model_name), made.count(), changed.count(), gone)
