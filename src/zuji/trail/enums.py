"""Closed sets of trails."""

from django.db.models import TextChoices


class LegMode(TextChoices):
    """How a leg between two stops is travelled."""

    FOOT = "foot"
    COACH = "coach"


class ImpressionState(TextChoices):
    """Where an impression stands. Only an approved one is shown to others; a withdrawn one holds no words.

    Its writer withdraws it, or the office does once nobody can tell who its writer is.
    """

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


DECIDED = (ImpressionState.APPROVED, ImpressionState.DECLINED)


class DeclineReason(TextChoices):
    """Why an impression is not shown; its writer can see it."""

    OTHER_MATTER = "other_matter"
    NAMES_SOMEBODY = "names_somebody"
    UNFIT = "unfit"
    UNREADABLE = "unreadable"


class Verb(TextChoices):
    """What the audit trail says of trails and of impressions."""

    SITES_SEEDED = "sites_seeded"
    TRAIL_IMPORTED = "trail_imported"
    TRAIL_OPENED = "trail_opened"
    LOCATION_WAIVED = "location_waived"
    CHANGE_WRITTEN = "change_written"
    CHANGE_TAKEN_BACK = "change_taken_back"
    IMPRESSION_APPROVED = "impression_approved"
    IMPRESSION_DECLINED = "impression_declined"
    IMPRESSION_REOPENED = "impression_reopened"
    IMPRESSION_TAKEN_DOWN = "impression_taken_down"
    IMPRESSION_WITHDRAWN = "impression_withdrawn"
