"""Those who watch the same share a frame, and are told soon, seldom and for as long as they stay."""

import asyncio
import gc
import time
import tracemalloc
from collections.abc import Awaitable, Callable

import pytest
from django.db import connection

from zuji.checkin.live import CHANNEL, PING, Frame, Hub, Topic

WALK = Topic(1, "everybody")
STAFF = Topic(1, "staff")
OTHER = Topic(2, "everybody")
PATIENCE_S = 5.0

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


class Counting:
    """Renders a topic as how often it was rendered, and may be told to fail."""

    def __init__(self) -> None:
        self.rendered: list[Topic] = []
        self.failures = 0
        self.again_s: float | None = None

    def __call__(self, topic: Topic) -> Frame:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("no frame")
        self.rendered.append(topic)
        return Frame(b"%d of %d" % (self.rendered.count(topic), topic.campaign), self.again_s)


def tell(campaigns: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, campaigns])


async def told(campaigns: str) -> None:
    await asyncio.to_thread(tell, campaigns)


async def after(stream, times: int = 1) -> bytes:
    event = b""
    for _ in range(times):
        event = await asyncio.wait_for(anext(stream), PATIENCE_S)
    return event


def run(scene: Callable[[Hub, Counting], Awaitable[None]], **pace: float) -> Counting:
    """Play a scene with a hub that is quick enough for tests."""
    render = Counting()

    async def whole() -> None:
        hub = Hub(render, **{"frame_s": 0.05, "ping_s": 60.0, **pace})
        try:
            await scene(hub, render)
        finally:
            await hub.close()

    asyncio.run(whole())
    return render


async def settled(hub: Hub, topic: Topic = WALK):
    """A stream that has seen its first frames, so that the next one is news."""
    stream = hub.watch(topic)
    await after(stream)
    while True:
        waiting = asyncio.ensure_future(anext(stream))
        # the listening connection's first word makes a frame of its own
        done, _ = await asyncio.wait([waiting], timeout=0.6)
        if not done:
            return stream, waiting


def test_who_comes_gets_a_frame_at_once_and_the_next_when_something_came_in():
    async def scene(hub: Hub, render: Counting) -> None:
        _, waiting = await settled(hub)
        before = len(render.rendered)
        await told("7,1")
        assert await asyncio.wait_for(waiting, PATIENCE_S) == b"%d of 1" % (before + 1)

    run(scene)


def test_another_campaigns_check_ins_wake_nobody():
    async def scene(hub: Hub, render: Counting) -> None:
        _, waiting = await settled(hub)
        before = list(render.rendered)
        await told("2")
        await asyncio.sleep(0.3)
        assert not waiting.done()
        assert render.rendered == before
        waiting.cancel()

    run(scene)


def test_a_frame_is_made_once_however_many_watch_and_once_for_each_view():
    async def scene(hub: Hub, render: Counting) -> None:
        crowd = [hub.watch(WALK) for _ in range(40)]
        staff = hub.watch(STAFF)
        frames = await asyncio.gather(*(after(stream) for stream in [*crowd, staff]))
        assert hub.watchers == 41
        assert set(frames[:40]) <= {b"1 of 1", b"2 of 1"}
        await asyncio.sleep(0.3)
        assert render.rendered.count(WALK) <= 2
        assert render.rendered.count(STAFF) <= 2

    run(scene)


def test_a_flood_of_check_ins_makes_few_frames_and_the_last_one_is_seen():
    async def scene(hub: Hub, render: Counting) -> None:
        stream, waiting = await settled(hub)
        before, began = len(render.rendered), time.monotonic()
        for _ in range(100):
            await told("1")
        flood_s = time.monotonic() - began
        await asyncio.sleep(0.5)
        made = len(render.rendered) - before
        assert 1 <= made <= flood_s / 0.2 + 3
        assert await waiting == b"%d of 1" % (before + 1)
        if made > 1:
            assert await after(stream) == b"%d of 1" % len(render.rendered)

    run(scene, frame_s=0.2)


def test_pings_come_while_nothing_happens_and_hide_no_frame():
    async def scene(hub: Hub, render: Counting) -> None:
        stream = hub.watch(WALK)
        seen = [await after(stream) for _ in range(6)]
        assert PING in seen
        await asyncio.sleep(0.2)
        await told("1")
        await asyncio.sleep(0.5)
        last = b"%d of 1" % len(render.rendered)
        assert last in [await after(stream) for _ in range(2)]

    run(scene, ping_s=0.1)


def test_a_frame_may_ask_to_be_made_again_though_nothing_came_in():
    async def scene(hub: Hub, render: Counting) -> None:
        render.again_s = 0.1
        stream = hub.watch(WALK)
        assert await after(stream, 4) == b"4 of 1"
        await stream.aclose()
        made = len(render.rendered)
        await asyncio.sleep(0.4)
        assert len(render.rendered) <= made + 1

    run(scene)


def test_however_soon_a_frame_wants_to_be_made_again_the_pace_is_kept():
    async def scene(hub: Hub, render: Counting) -> None:
        render.again_s = 0.0
        await after(hub.watch(WALK))
        await asyncio.sleep(1.0)
        assert len(render.rendered) <= 6

    run(scene, frame_s=0.2)


def test_what_a_watcher_costs_does_not_grow_with_the_frames_that_were_made():
    async def scene(hub: Hub, render: Counting) -> None:
        stream, waiting = await settled(hub)
        waiting.cancel()
        stream = hub.watch(WALK)
        held = []
        for _ in range(3):
            for _ in range(1500):
                hub._refresh({WALK})
                await after(stream)
            render.rendered.clear()
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
        assert held[2] - held[1] < 20_000

    tracemalloc.start()
    try:
        run(scene, frame_s=0.0)
    finally:
        tracemalloc.stop()


def test_when_the_last_one_leaves_nothing_is_kept_and_nobody_listens():
    async def scene(hub: Hub, render: Counting) -> None:
        first, second = hub.watch(WALK), hub.watch(OTHER)
        await asyncio.gather(after(first), after(second))
        await first.aclose()
        assert hub.watchers == 1
        await second.aclose()
        assert hub.watchers == 0
        await asyncio.sleep(0.1)
        before = len(render.rendered)
        await told("1,2")
        await asyncio.sleep(0.3)
        assert len(render.rendered) == before
        assert await after(hub.watch(WALK)) == b"%d of 1" % (render.rendered.count(WALK))

    run(scene)


def test_closing_ends_every_stream():
    async def scene(hub: Hub, render: Counting) -> None:
        _, waiting = await settled(hub)
        await hub.close()
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(waiting, PATIENCE_S)
        assert hub.watchers == 0

    run(scene)


def test_a_frame_that_could_not_be_made_is_made_later(monkeypatch):
    monkeypatch.setattr("zuji.checkin.live.LOST_PAUSE_S", 0.05)

    async def scene(hub: Hub, render: Counting) -> None:
        render.failures = 2
        assert (await after(hub.watch(WALK))).endswith(b"of 1")

    assert run(scene).failures == 0


def test_after_the_listening_connection_is_lost_what_was_missed_is_shown(monkeypatch):
    monkeypatch.setattr("zuji.checkin.live.LOST_PAUSE_S", 0.2)

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%%' "
                "and datname = current_database()"
            )
            assert cursor.fetchall()

    async def scene(hub: Hub, render: Counting) -> None:
        _, waiting = await settled(hub)
        before = len(render.rendered)
        await asyncio.to_thread(cut)
        assert await asyncio.wait_for(waiting, PATIENCE_S) == b"%d of 1" % (before + 1)

    run(scene)
