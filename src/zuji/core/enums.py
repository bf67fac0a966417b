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
