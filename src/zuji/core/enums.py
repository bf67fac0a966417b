"""Closed sets that every package shares."""

from django.db.models import TextChoices


class HomeKind(TextChoices):
    """What an installation is for; only a demo's clock may be set."""

    REAL = "real"
    DEMO = "demo"


class WorkState(TextChoices):
    """How far a long work is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class RowState(TextChoices):
    """What became of one row of a work; `same` needed no change."""

    WAITING = "waiting"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


class Verb(TextChoices):
    """What the audit trail says of long works."""

    WORK_STARTED = "work_started"
    WORK_STOP_ASKED = "work_stop_asked"
    WORK_RESUMED = "work_resumed"
    WORK_ENDED = "work_ended"
