"""Closed sets of trails."""

from django.db.models import TextChoices


class LegMode(TextChoices):
    """How a leg between two stops is travelled."""

    FOOT = "foot"
    COACH = "coach"


class Verb(TextChoices):
    """What the audit trail says of trails."""

    SITES_SEEDED = "sites_seeded"
    TRAIL_IMPORTED = "trail_imported"
    TRAIL_OPENED = "trail_opened"
    LOCATION_WAIVED = "location_waived"
