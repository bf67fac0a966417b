"""What a role can be held over. Packages above register the rows of their kind, so that nothing here looks up."""

from collections.abc import Callable

from django.db.models import Model, QuerySet

from zuji.core.models import Association
from zuji.people.enums import ScopeKind

Rows = Callable[[int], QuerySet[Model]]

ROWS: dict[ScopeKind, Rows] = {}


def register(kind: ScopeKind, rows: Rows) -> None:
    """Say which rows of this kind an association (by key) has."""
    ROWS[kind] = rows


def rows_of(kind: ScopeKind, association_id: int) -> QuerySet[Model]:
    """What a role of this kind of scope can be held over within one association; nothing where none is known."""
    rows = ROWS.get(kind)
    return rows(association_id) if rows else Association.objects.none()


register(ScopeKind.ASSOCIATION, lambda association_id: Association.objects.filter(pk=association_id))
