"""Reads about organisations that others may call."""

from datetime import datetime

from django.db.models import QuerySet

from zuji.committee.models import ContactDetail, ParticipantOrganisation
from zuji.core.sheets import Heading, Kind, write_table
from zuji.core.texts import both

EXPORTED = (
    ("name", Kind.TEXT),
    ("kind", Kind.TEXT),
    ("joins_as", Kind.TEXT),
    ("expected", Kind.COUNT),
    ("join_code", Kind.CODE),
    ("contact_name", Kind.TEXT),
    ("contact_phone", Kind.PHONE),
)


def participants_by_name(participants: QuerySet[ParticipantOrganisation]) -> QuerySet[ParticipantOrganisation]:
    """With their contacts at hand, in the order of a Chinese list."""
    return participants.select_related("contact").order_by("sort_key", "pk")


def participants_workbook(
    participants: QuerySet[ParticipantOrganisation], *, made_at: datetime, language: str
) -> bytes:
    """A list as a workbook, contacts included, with `language` "zh" or "en" for headings and kinds."""

    def word(key: str) -> str:
        return both(key)[language]

    headings = [Heading(word(f"participant.{field}"), kind) for field, kind in EXPORTED]
    rows = [
        (
            *(each.name, word(f"participant_kind.{each.kind}"), word(f"joins_as.{each.joins_as}")),
            *(each.expected, each.join_code, *_contact(each)),
        )
        for each in participants_by_name(participants)
    ]
    return write_table(headings, rows, sheet=word("participant.sheet"), made_at=made_at)


def _contact(participant: ParticipantOrganisation) -> tuple[str, str]:
    kept: ContactDetail | None = getattr(participant, "contact", None)
    return (kept.name, kept.phone) if kept else ("", "")
