"""Effects happen after the commit, by name and keys, never with objects in hand."""

from enum import StrEnum

from django.db import transaction
from procrastinate.contrib.django import app


def after_commit(job: StrEnum, **keys: int | str) -> None:
    """Queue a task by its name once the transaction has committed; nothing is queued when it rolls back."""
    transaction.on_commit(lambda: app.configure_task(str(job)).defer(**keys))
