"""What is said of a round when it is opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


def _registered() -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(("active", "in_district", "internet"), ("yes",))


@dataclass(frozen=True, kw_only=True)
class InScope:
    """Which firms get a form: those of some towns (all when none is named) with one of these answers to each rule."""

    answers: Mapping[str, tuple[str, ...]] = field(default_factory=_registered)
    towns: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RoundValues:
    """A round's name, its first and last day, and its questionnaire as data."""

    name: str
    opens_on: date
    closes_on: date
    questionnaire: dict[str, object]
