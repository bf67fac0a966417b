"""What hangs on a firm elsewhere. Packages above say here what would not fit if two firms were found to be one."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


class Conflict(NamedTuple):
    """Why two firms cannot be one now: a reason for refusal of the package above, with its facts."""

    code: str
    facts: dict[str, object]


Hanger = Callable[[int, int, datetime], list[Conflict]]
"""Asked before a merge with the firm that goes, the one that is kept, and the instant."""

HANGERS: list[Hanger] = []


def register(hanger: Hanger) -> Hanger:
    """Ask this before every merge."""
    if hanger not in HANGERS:
        HANGERS.append(hanger)
    return hanger


def conflicts(gone: int, kept: int, at: datetime) -> list[Conflict]:
    """Everything that stands against these two being one."""
    return [each for hanger in HANGERS for each in hanger(gone, kept, at)]
