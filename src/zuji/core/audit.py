"""The audit trail's one way in."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.db.models import Model

from zuji.core.models import AuditEntry


class Actor(Protocol):
    """Whoever acts: anything with a key. `None` stands for the home itself or for a participant without an account."""

    pk: int


def audit(
    actor: Actor | None, verb: StrEnum, row: Model, *, association_id: int | None, at: datetime, **facts: object
) -> AuditEntry:
    """Write that `actor` did `verb` to `row`. Facts are opaque keys, codes and dates, never personal values."""
    return AuditEntry.objects.create(
        association_id=association_id,
        actor=actor.pk if actor else None,
        verb=verb,
        kind=row._meta.label_lower,
        key=str(row.pk),
        facts=facts,
        at=at,
    )
