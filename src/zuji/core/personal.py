"""The registry of personal details: one table a package, without history, each with purpose, time to live and erasure.

Everything else refers to opaque keys, which stay.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model


@dataclass(frozen=True, kw_only=True)
class PersonalTable:
    """A table of personal details, why it is kept, and how rows past their time are erased.

    `erase_due(at)` erases what is due by then and returns how many rows went; it is safe to repeat.
    """

    model: type[Model]
    purpose: str
    days: int
    erase_due: Callable[[datetime], int]


TABLES: list[PersonalTable] = []


def register(table: PersonalTable) -> None:
    """Make a table known to the erasing task and to the list of what is kept."""
    if all(known.model is not table.model for known in TABLES):
        TABLES.append(table)


def erase_due(at: datetime) -> dict[str, int]:
    """Erase what is due by then in every table; how many rows went from each, by the table's label."""
    return {table.model._meta.label_lower: table.erase_due(at) for table in TABLES}
