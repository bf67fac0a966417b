"""The audit trail's one way in."""

from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Protocol

from django.db.models import Model

from zuji.core.models import AuditEntry


class Actor(Protocol):
    """Whoever acts: anything with a key. `None` stands for the home itself or for a participant without an account."""

    pk: int


def audit(
    actor: Actor | None, verb: StrEnum, row: Model, *, association_id: int | None, at: datetime, **facts: object
) -> AuditEntry:
    """Write that `actor` did `verb` to `row`. Facts are opaque keys, codes and dates, never personal values.

    The campaign that the row hangs on is read along its model's `campaign_path`, where it has one.
    """
    return AuditEntry.objects.create(
        association_id=association_id,
        campaign=_campaign_of(row),
        actor=actor.pk if actor else None,
        verb=verb,
        kind=row._meta.label_lower,
        key=str(row.pk),
        facts=facts,
        at=at,
    )


def _campaign_of(row: Model) -> int | None:
    path: str | None = getattr(row, "campaign_path", None)
    return attrgetter(path)(row) if path else None
