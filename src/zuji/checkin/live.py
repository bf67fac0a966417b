"""Live frames for those who watch: one listening connection a process, one frame for all who may see the same."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Final, NamedTuple

import psycopg
from asgiref.sync import sync_to_async
from django.db import connection
from psycopg import AsyncConnection

CHANNEL: Final = "zuji_matrix"
FRAME_S: Final = 0.5
PING_S: Final = 15.0
LOST_PAUSE_S: Final = 1.0
PING: Final = b"event: ping\ndata: {}\n\n"
_NOT_PSYCOPGS: Final = frozenset({"pool", "cursor_factory", "context"})

log = logging.getLogger(__name__)


class Topic(NamedTuple):
    """What is watched: a campaign, and the view of it that somebody may have. Equal views share their frames."""

    campaign: int
    view: object


class Frame(NamedTuple):
    """A topic's event, and in how many seconds it is to be made again even if nothing comes in."""

    event: bytes
    again_s: float | None = None


class Feed:
    """The latest frame of a topic, its number, and the bell that rings for the next or for a ping."""

    def __init__(self) -> None:
        self.event = b""
        self.again: asyncio.TimerHandle | None = None
        self.number = 0
        self.watchers = 0
        self.has_ended = False
        self.bell = asyncio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        bell, self.bell = self.bell, asyncio.Event()
        bell.set()

    def forget(self) -> None:
        """Ask for nothing any more."""
        if self.again is not None:
            self.again.cancel()
            self.again = None


class Hub:
    """Hands frames to any number of watchers. It listens only while somebody watches.

    `render` makes a topic's event from the database, in a thread. However many check-ins come, there are at most two
    rounds a second; who is slow misses frames and gets the latest.
    """

    def __init__(self, render: Callable[[Topic], Frame], *, frame_s: float = FRAME_S, ping_s: float = PING_S) -> None:
        self._render = render
        self._frame_s, self._ping_s = frame_s, ping_s
        self._feeds: dict[Topic, Feed] = {}
        self._stale: set[Topic] = set()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def watchers(self) -> int:
        """How many watch now."""
        return sum(feed.watchers for feed in self._feeds.values())

    async def watch(self, topic: Topic) -> AsyncGenerator[bytes, None]:
        """Events of a topic: the latest frame at once, then each new one, and pings in between."""
        feed = self._join(topic)
        seen = 0
        try:
            while not feed.has_ended:
                bell = feed.bell
                if feed.number == seen:
                    await bell.wait()
                if feed.number > seen:
                    seen = feed.number
                    yield feed.event
                elif not feed.has_ended:
                    yield PING
        finally:
            self._leave(topic, feed)

    async def close(self) -> None:
        """End every stream, so that the server can end."""
        feeds, self._feeds = self._feeds, {}
        for feed in feeds.values():
            feed.has_ended = True
            feed.forget()
            feed.ring()
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _join(self, topic: Topic) -> Feed:
        if topic not in self._feeds:
            self._feeds[topic] = Feed()
            self._refresh({topic})
        if not self._tasks:
            self._wake = asyncio.Event()
            self._wake.set()
            self._tasks = [self._forever(work) for work in (self._listen, self._publish, self._ping)]
        feed = self._feeds[topic]
        feed.watchers += 1
        return feed

    def _leave(self, topic: Topic, feed: Feed) -> None:
        feed.watchers -= 1
        if not feed.watchers and self._feeds.get(topic) is feed:
            del self._feeds[topic]
            feed.forget()
        if not self._feeds:
            for task in self._tasks:
                task.cancel()
            self._tasks = []

    def _refresh(self, topics: set[Topic]) -> None:
        self._stale |= topics
        if topics:
            self._wake.set()

    def _forever(self, work: Callable[[], Coroutine[None, None, None]]) -> "asyncio.Task[None]":
        async def again() -> None:
            while True:
                try:
                    await work()
                except psycopg.OperationalError:
                    log.warning("the connection that hears of check-ins was lost")
                except Exception:  # those who watch must not stay without frames because one could not be made
                    log.exception("live frames")
                await asyncio.sleep(LOST_PAUSE_S)

        return asyncio.create_task(again())

    async def _listen(self) -> None:
        async with await _connect() as listening:
            await listening.execute(f"listen {CHANNEL}")
            # what came before the first word was heard, or while the connection was lost, is shown now
            self._refresh(set(self._feeds))
            async for notice in listening.notifies():
                campaigns = {int(key) for key in notice.payload.split(",")}
                self._refresh({topic for topic in self._feeds if topic.campaign in campaigns})

    async def _publish(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            began = asyncio.get_running_loop().time()
            await self._publish_stale()
            # a round that took long is followed by a rest as long, so that frames never take more than half of the time
            took_s = asyncio.get_running_loop().time() - began
            await asyncio.sleep(max(self._frame_s - took_s, took_s))

    async def _publish_stale(self) -> None:
        stale, self._stale = self._stale & set(self._feeds), set()
        try:
            while stale:
                topic = stale.pop()
                frame = await sync_to_async(self._frame, thread_sensitive=False)(topic)
                if feed := self._feeds.get(topic):
                    self._hand_out(topic, feed, frame)
        except Exception:
            self._refresh({*stale, topic})
            raise

    def _hand_out(self, topic: Topic, feed: Feed, frame: Frame) -> None:
        feed.event, feed.number = frame.event, feed.number + 1
        feed.forget()
        if frame.again_s is not None:
            feed.again = asyncio.get_running_loop().call_later(frame.again_s, self._refresh, {topic})
        feed.ring()

    def _frame(self, topic: Topic) -> Frame:
        try:
            return self._render(topic)
        finally:
            connection.close()

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(self._ping_s)
            for feed in self._feeds.values():
                feed.ring()


async def _connect() -> AsyncConnection[tuple[object, ...]]:
    wanted = connection.get_connection_params()
    return await AsyncConnection.connect(
        **{name: value for name, value in wanted.items() if name not in _NOT_PSYCOPGS}, autocommit=True
    )
