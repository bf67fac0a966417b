"""What a destination is made from."""

from dataclasses import dataclass
from datetime import time

from zuji.people.messages.enums import Channel


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How a destination wants to be told: language, quiet hours (both or neither), and the topics it does not want."""

    language: str = "zh-hans"
    quiet_from: time | None = time(21)
    quiet_until: time | None = time(8)
    muted: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewDestination:
    """Where to: for a robot the hook address that its service gives, with its signing secret where it has one."""

    channel: Channel
    address: str
    secret: str = ""
    habits: Habits = Habits()
