"""Reads about organisations that others may call."""

from django.db.models import QuerySet

from zuji.committee.models import ParticipantOrganisation


def participants_by_name(participants: QuerySet[ParticipantOrganisation]) -> QuerySet[ParticipantOrganisation]:
    """With their contacts at hand, in the order of a Chinese list."""
    return participants.select_related("contact").order_by("sort_key", "pk")
