"""What an entry of the audit trail changed: the values before and after, from the row's own history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext

from zuji.console.blocks.history import SAME_ACT, Change, Words
from zuji.console.blocks.told import value_told
from zuji.core.models import AuditEntry

FIELDS: Mapping[str, Words] = {
    "committee.participantorganisation": {
        "name": ("participant.name", ""),
        "kind": ("participant.kind", "participant_kind"),
        "joins_as": ("participant.joins_as", "joins_as"),
        "expected": ("field.expected", ""),
    },
    "committee.organisation": {
        "name": ("organisation.name", ""),
        "kind": ("organisation.kind", "organisation_kind"),
        "existed": ("organisation.existed", ""),
    },
    "checkin.campaign": {
        "name_zh": ("campaign.name", ""),
        "opens_on": ("campaign.opens_on", ""),
        "closes_on": ("campaign.closes_on", ""),
        "target_firms": ("campaign.target", ""),
    },
    "checkin.checkpoint": {
        "name_zh": ("checkin.checkpoint", ""),
        "opens_at": ("log.opens_at", ""),
        "closes_at": ("log.closes_at", ""),
        "radius_m": ("log.radius", ""),
        "coord_status": ("trail.location", "coord_status"),
    },
}
"""Kind → the fields that are told, each with its words and its values' prefix; only kinds that keep a history."""


def changes_of(entries: Iterable[AuditEntry]) -> dict[int, list[Change]]:
    """Each entry's changes by its key, with one query for each kind that has a history."""
    told: dict[int, list[Change]] = {}
    ordered = sorted((entry for entry in entries if entry.kind in FIELDS), key=attrgetter("kind"))
    for kind, of_kind in groupby(ordered, key=attrgetter("kind")):
        told |= _of_kind(kind, list(of_kind))
    return told


def _of_kind(kind: str, entries: Sequence[AuditEntry]) -> dict[int, list[Change]]:
    by_row: dict[str, list[AuditEntry]] = {}
    for entry in entries:
        by_row.setdefault(entry.key, []).append(entry)
    told: dict[int, list[Change]] = {}
    for row, events in groupby(_events(kind, by_row), key=attrgetter("pgh_obj_id")):
        for before, after in pairwise(events):
            nearest = min(by_row[str(row)], key=lambda entry: _apart(entry, after.pgh_created_at))
            if _apart(nearest, after.pgh_created_at) <= SAME_ACT.total_seconds():
                told.setdefault(nearest.pk, []).extend(_changes(before, after, FIELDS[kind]))
    return told


def _events(kind: str, keys: Iterable[str]) -> QuerySet[Any]:
    model: Any = apps.get_model(kind)
    history = model.events.rel.related_model
    return history.objects.filter(pgh_obj_id__in=list(keys)).order_by("pgh_obj_id", "pgh_id")  # type: ignore[no-any-return]


def _apart(entry: AuditEntry, at: datetime) -> float:
    return abs((entry.at - at).total_seconds())


def _changes(before: Any, after: Any, words: Words) -> Iterable[Change]:  # noqa: ANN401 - two states of a row
    for name, (label, prefix) in words.items():
        was, is_now = getattr(before, name), getattr(after, name)
        if was != is_now:
            yield Change(gettext(label), value_told(was, prefix), value_told(is_now, prefix), name, was, is_now)
