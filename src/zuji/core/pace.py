"""Values that are dear to make: kept, and made anew in their turn. Pure."""

import time
from collections.abc import Callable, Hashable
from typing import Final, Generic, NamedTuple, TypeVar

Value = TypeVar("Value")
SHARE: Final = 0.1


class Paced(NamedTuple, Generic[Value]):
    """A value, and in how many seconds it may be made anew where it is behind; None where it is not."""

    value: Value
    again_s: float | None = None


class Pace(Generic[Value]):
    """Keeps one value. However often it is asked for, making it takes no more than a share of the time.

    Not for several threads at once. `fresh_s`: older values are made anew even when nothing is known to have changed.
    """

    def __init__(
        self, *, fresh_s: float = float("inf"), share: float = SHARE, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._fresh_s, self._share, self._now = fresh_s, share, now
        self._kept: Paced[Value] | None = None
        self._sign: Hashable = None
        self._made = self._due = 0.0

    def get(self, sign: Hashable, make: Callable[[], Value]) -> Paced[Value]:
        """The value for a sign of what it depends on; an older one while it is not yet this value's turn."""
        began = self._now()
        if self._kept is not None:
            if sign == self._sign and began - self._made < self._fresh_s:
                return self._kept
            if began < self._due:
                return Paced(self._kept.value, self._due - began)
        self._kept, self._sign, self._made = Paced(make()), sign, began
        self._due = began + (self._now() - began) / self._share
        return self._kept
