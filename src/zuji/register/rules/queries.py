"""Reads about rules: their versions, and what another version would change."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from zuji.register.rules.models import RuleVersion


class Change(NamedTuple):
    """A firm whose answer another version would change."""

    enterprise: int
    name: str
    before: str
    after: str


class Preview(NamedTuple):
    """What another version would change, by name of the firm, and how many would answer what then."""

    changes: Sequence[Change]
    firms: int
    after: dict[str, int]


def versions(association_id: int, kind: str) -> QuerySet[RuleVersion]:
    """The versions of a rule, the latest first."""
    return RuleVersion.objects.filter(association=association_id, kind=kind).order_by("-number")


def version_on(association_id: int, kind: str, on: date) -> RuleVersion | None:
    """The version in force on a day."""
    return versions(association_id, kind).filter(during__contains=on).first()
