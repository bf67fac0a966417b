"""Walls that are watched in this process: what is cheap is read for every frame, what is dear in its turn."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec
from django.db import connection

from zuji.api.walls.frames import Counts, document
from zuji.api.walls.setting import Setting, setting_of
from zuji.briefing.queries import Stated, stated
from zuji.checkin.been import Kept
from zuji.checkin.live import Frame
from zuji.checkin.models import Campaign
from zuji.checkin.standing import one_view, standing
from zuji.checkin.viewing import campaign_of
from zuji.core import built
from zuji.core.pace import Pace

BOARDS_MAX: Final = 32
SETTING_S: Final = 10.0
FIGURES_S: Final = 60.0
REUSED_S: Final = 0.5
FIGURES: Final = ("T2", "T3")

Clock = Callable[[], float]
Run = Callable[[Callable[[], None]], object]


def beside(work: Callable[[], None]) -> None:
    """Do something in a thread of its own, with a connection of its own."""

    def whole() -> None:
        try:
            work()
        finally:
            connection.close()

    threading.Thread(target=whole, name="figures of a wall", daemon=True).start()


class Board:
    """One campaign's wall. Several threads may ask; frames are made one at a time and wait for no later figures."""

    def __init__(self, campaign_id: int, *, now: Clock = time.monotonic, run: Run = beside) -> None:
        self._campaign_id, self._now = campaign_id, now
        self._lock = threading.Lock()
        self._been = Kept()
        self._setting = Pace[Setting](fresh_s=SETTING_S, now=now)
        self._figures = Pace[dict[str, Stated]](fresh_s=FIGURES_S, now=now, run=run)
        self._last: tuple[float, bytes] | None = None

    def make(self, *, at: datetime) -> Frame:
        """A frame of what stands now, as JSON; it says by when it is to be made again."""
        with self._lock:
            return self._make(at)

    def recent(self, *, at: datetime) -> bytes:
        """A frame that is half a second old at most: asking more often costs nothing."""
        with self._lock:
            if self._last is not None and self._now() - self._last[0] < REUSED_S:
                return self._last[1]
            return self._make(at).event

    def _make(self, at: datetime) -> Frame:
        with one_view():
            campaign = campaign_of(self._campaign_id)
            now = standing(campaign)
            counted = frozenset(key for key, _ in now.cells)
            setting = self._setting.get(counted, lambda: setting_of(campaign.pk, counted, at=at))
            been = self._been.get(campaign.pk, setting.value.shown_doors, now)
        sign = (now.corrections, sum(cell.delivered for cell in now.cells.values()))
        figures = self._figures.get(sign, lambda: _figures(campaign, at))
        found = document(setting.value, Counts(now.cells, been, figures.value), as_of=at)
        event = msgspec.json.encode({"build": built.digest(), **found})
        self._last = (self._now(), event)
        waits = [part.again_s for part in (setting, figures) if part.again_s is not None]
        return Frame(event, min([SETTING_S, *waits]))


def _figures(campaign: Campaign, at: datetime) -> dict[str, Stated]:
    return stated(FIGURES, association=campaign.association, as_of=at, campaign=campaign.pk)


class Boards:
    """The boards that were asked for last; older ones are forgotten, and made again when somebody asks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._boards: OrderedDict[int, Board] = OrderedDict()

    def of(self, campaign_id: int) -> Board:
        """The board of a campaign."""
        with self._lock:
            board = self._boards.pop(campaign_id, None) or Board(campaign_id)
            self._boards[campaign_id] = board
            while len(self._boards) > BOARDS_MAX:
                self._boards.popitem(last=False)
            return board

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._boards.clear()
