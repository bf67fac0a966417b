"""What hangs on a firm elsewhere. Packages above say here what would not fit if two firms were found to be one."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NamedTuple


class Conflict(NamedTuple):
    """Why two firms cannot be one now: a reason for refusal of the package above, with its facts."""

    code: str
    facts: dict[str, object]


Hanger = Callable[[int, int, datetime], list[Conflict]]
"""Asked before a merge with the firm that goes, the one that is kept, and the instant."""

Bearing = Callable[[Collection[int]], Collection[int]]
"""Told many firms, which of them something hangs on; the others are not asked about one by one."""

HANGERS: list[Hanger] = []
BEARING: list[Bearing] = []


def register(hanger: Hanger, bearing: Bearing | None = None) -> Hanger:
    """Ask this before every merge; `bearing` says, before many, which firms it is worth asking about."""
    if hanger not in HANGERS:
        HANGERS.append(hanger)
        if bearing is not None:
            BEARING.append(bearing)
    return hanger


def bearing(firms: Collection[int]) -> set[int]:
    """The firms that something hangs on."""
    return {each for ask in BEARING for each in ask(firms)}


def conflicts(gone: int, kept: int, at: datetime) -> list[Conflict]:
    """Everything that stands against these two being one."""
    return [each for hanger in HANGERS for each in hanger(gone, kept, at)]
