"""Who must wait: addresses that send too much, and guessers of short codes.

Measured by a monotonic clock of their own: a demo's clock may stand still, and then nobody's minute would end.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

KEYS_KEPT: Final = 50_000
GUESSES_AT_MOST: Final = 5
MINUTE_S: Final = 60.0
LOOPBACK: Final = ("127.0.0.1", "::1")

Clock = Callable[[], float]


class Windows:
    """Counts by key, a minute from a key's first; of the oldest keys only as many as there is room for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def count(self, key: str) -> int:
        """How often within this key's minute."""
        began, count = self._counts.get(key, (0.0, 0))
        return count if self._clock() - began < MINUTE_S else 0

    def wait_s(self, key: str) -> int:
        """Seconds until this key's minute is over, at least one."""
        began, _ = self._counts.get(key, (0.0, 0))
        return max(1, int(began + MINUTE_S - self._clock()) + 1)

    def add(self, key: str, more: int) -> None:
        """Count; a minute begins with a key's first."""
        if held := self.count(key):
            began, _ = self._counts[key]
            self._counts[key] = (began, held + more)
            return
        self._counts.pop(key, None)
        self._counts[key] = (self._clock(), more)
        if len(self._counts) > KEYS_KEPT:
            self._counts.popitem(last=False)


class Addresses:
    """At most so many items a minute from one address, generous enough for a group behind one; 0 is no limit.

    This machine itself is not limited: a proxy on it says for whom it asks, and measuring is done from it.
    """

    def __init__(self, per_minute: int, *, clock: Clock = time.monotonic) -> None:
        self._per_minute = per_minute
        self._windows = Windows(clock)

    def wait_s(self, address: str, items: int) -> int:
        """Seconds that this address must wait, 0 when its items may come in; then they are counted."""
        if not self._per_minute or address in LOOPBACK:
            return 0
        if self._windows.count(address) + items > self._per_minute:
            return self._windows.wait_s(address)
        self._windows.add(address, items)
        return 0


class Guesses:
    """Wrong short codes: five from a pass or an address within a minute, then it waits."""

    def __init__(self, *, clock: Clock = time.monotonic) -> None:
        self._windows = Windows(clock)

    def wrong(self, guessers: Iterable[str]) -> None:
        """One wrong guess of all of these."""
        for guesser in guessers:
            self._windows.add(guesser, 1)

    def wait_s(self, guessers: Iterable[str]) -> int:
        """Seconds until all of these may guess again; 0 is now."""
        held = [who for who in guessers if self._windows.count(who) >= GUESSES_AT_MOST]
        return max(map(self._windows.wait_s, held), default=0)
