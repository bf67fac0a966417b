"""Who is there to show what: of some kinds exactly one, of others a share. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random

from zuji.project.demo.phones import Locates, Way


class Part(StrEnum):
    """What somebody is there to show."""

    FAST_CLOCK = "fast_clock"
    SLOW_CLOCK = "slow_clock"
    GCJ02_UNSAID = "gcj02_unsaid"
    ELSEWHERE = "elsewhere"
    FORGED = "forged"
    WRONG_SHORT = "wrong_short"
    YESTERDAY = "yesterday"
    WITHDRAWN = "withdrawn"
    OLD_GRANT = "old_grant"
    LOST = "lost"
    STORM = "storm"
    ROLL = "roll"
    TAKEN_BACK = "taken_back"
    GCJ02 = "gcj02"
    VAGUE = "vague"
    REFUSES = "refuses"
    SHORT = "short"
    POSTER = "poster"
    PAPER = "paper"
    TWICE = "twice"
    UNSURE = "unsure"
    PLAIN = "plain"


@dataclass(frozen=True)
class Traits:
    """How a part is played.

    `first_try` is refused and followed by `way`; `keeps` holds the first scan back until the second; a share of None
    means exactly one, who goes everywhere.
    """

    way: Way = Way.SCREEN
    locates: Locates = Locates.RIGHT
    clock: timedelta = timedelta()
    first_try: Way | None = None
    keeps: bool = False
    copies: int = 1
    share: float | None = None


TRAITS: dict[Part, Traits] = {
    Part.FAST_CLOCK: Traits(way=Way.POSTER, clock=timedelta(minutes=11), keeps=True),
    Part.SLOW_CLOCK: Traits(way=Way.POSTER, clock=timedelta(days=-2), keeps=True),
    Part.GCJ02_UNSAID: Traits(locates=Locates.GCJ02_UNSAID),
    Part.ELSEWHERE: Traits(way=Way.POSTER, locates=Locates.ELSEWHERE),
    Part.FORGED: Traits(first_try=Way.FORGED),
    # just one: all phones share an address, and five wrong short codes hold it up for a minute
    Part.WRONG_SHORT: Traits(way=Way.SHORT, first_try=Way.WRONG_SHORT),
    Part.YESTERDAY: Traits(first_try=Way.YESTERDAY),
    Part.WITHDRAWN: Traits(first_try=Way.WITHDRAWN),
    Part.OLD_GRANT: Traits(way=Way.GRANT, locates=Locates.REFUSED, first_try=Way.OLD_GRANT),
    Part.LOST: Traits(),
    Part.STORM: Traits(keeps=True, copies=40),
    Part.ROLL: Traits(),
    Part.TAKEN_BACK: Traits(),
    Part.GCJ02: Traits(locates=Locates.GCJ02, share=0.03),
    Part.VAGUE: Traits(locates=Locates.VAGUE, share=0.03),
    Part.REFUSES: Traits(locates=Locates.REFUSED, share=0.14),
    Part.SHORT: Traits(way=Way.SHORT, share=0.05),
    Part.POSTER: Traits(way=Way.POSTER, share=0.10),
    Part.PAPER: Traits(way=Way.GRANT, locates=Locates.REFUSED, share=0.10),
    Part.TWICE: Traits(share=0.04),
    Part.UNSURE: Traits(share=0.03),
    Part.PLAIN: Traits(share=0.48),
}
ONCE = tuple(part for part, traits in TRAITS.items() if traits.share is None)


def assign(walkers: int, chance: Random) -> list[Part]:
    """A part for each walker: every special one once, as far as there are walkers, and the rest by their shares."""
    left = max(0, walkers - len(ONCE))
    shares = {part: traits.share for part, traits in TRAITS.items() if traits.share is not None}
    parts = list(ONCE[:walkers])
    for part, share in shares.items():
        parts += [part] * min(left + len(ONCE) - len(parts), max(1, round(left * share)))
    parts += [Part.PLAIN] * (walkers - len(parts))
    parts = parts[:walkers]
    chance.shuffle(parts)
    return parts
