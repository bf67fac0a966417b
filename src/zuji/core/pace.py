"""Values that are dear to make: kept, and made anew in their turn. Pure."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Final, Generic, NamedTuple, TypeVar

Value = TypeVar("Value")
SHARE: Final = 0.1
SOON_S: Final = 0.1


class Paced(NamedTuple, Generic[Value]):
    """A value, and in how many seconds it may be made anew where it is behind; None where it is not."""

    value: Value
    again_s: float | None = None


class Pace(Generic[Value]):
    """Keeps one value. However often it is asked for, making it takes no more than a share of the time.

    Once there is a value nobody is kept waiting: `run` makes the next one beside, and the old one serves meanwhile.
    `fresh_s`: older values are made anew even when nothing is known to have changed.
    """

    def __init__(
        self,
        *,
        fresh_s: float = float("inf"),
        share: float = SHARE,
        now: Callable[[], float] = time.monotonic,
        run: Callable[[Callable[[], None]], object] = lambda work: work(),
    ) -> None:
        self._fresh_s, self._share, self._now, self._run = fresh_s, share, now, run
        self._lock = threading.Lock()
        self._kept: Value | None = None
        self._sign: Hashable = None
        self._made = self._due = 0.0
        self._is_making = False

    def get(self, sign: Hashable, make: Callable[[], Value]) -> Paced[Value]:
        """The value for a sign of what it depends on; an older one while it is not yet this value's turn."""
        with self._lock:
            began = self._now()
            if self._kept is not None and sign == self._sign and began - self._made < self._fresh_s:
                return Paced(self._kept)
            if self._kept is not None and (self._is_making or began < self._due):
                return Paced(self._kept, max(SOON_S, self._due - began))
            self._is_making = True
        if self._kept is None:
            self._make(sign, make)
        else:
            self._run(lambda: self._make(sign, make))
        with self._lock:
            assert self._kept is not None  # noqa: S101  (what was made at once)
            return Paced(self._kept, SOON_S if self._is_making else None)

    def _make(self, sign: Hashable, make: Callable[[], Value]) -> None:
        began = self._now()
        try:
            value = make()
            with self._lock:
                self._kept, self._sign, self._made = value, sign, began
        finally:
            with self._lock:
                self._is_making = False
                self._due = began + (self._now() - began) / self._share
