"""A wall runs for days: neither the page nor the server's end of its stream grows with the frames that went by."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, CDPSession

from tests.web.phones import Walk
from tests.web.walls import frame
from zuji.project.web import BUILT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FRAMES = 20_000
SPEED = 200
"""How much faster than a real day: pages turn, lights go out and the clock ticks as often as in so many hours."""
LOOKS = 10
FASTER = f"""(() => {{
    const [now, start, every, after] = [Date.now, Date.now(), window.setInterval, window.setTimeout];
    Date.now = () => start + (now() - start) * {SPEED};
    window.setInterval = (work, ms) => every(work, ms / {SPEED});
    window.setTimeout = (work, ms) => after(work, ms / {SPEED});
}})()"""


@dataclass
class Day:
    """A server that sends frame after frame: check-ins, new organisations, impressions that come and go, lost lines."""

    page: bytes
    sent: int = 0
    streams: int = 0
    sample: dict[str, Any] = field(default_factory=frame)
    going: threading.Event = field(default_factory=threading.Event)

    def event(self) -> bytes:
        """The next frame."""
        self.sent += 1
        number = self.sent
        made = dict(self.sample, passes=268 + number % 50, times=400 + number)
        made["rows"] = [
            dict(row, cells=[3 + (number * 7 + row["id"] * place) % 40 for place in (1, 2)]) for row in made["rows"]
        ][: 30 + number // 50 % 11]
        made["impressions"] = [
            dict(each, text=f"{each['text']}{number // 200 % 90 + at}") for at, each in enumerate(made["impressions"])
        ]
        made["totals"] = dict(made["totals"], firms=dict(made["totals"]["firms"], value=number % 101))
        made["on_phones"] = number % 4
        return b"event: wall\ndata: %b\n\n" % json.dumps(made).encode()


def handler_of(day: Day) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if "/wall/stream" in self.path:
                self.stream()
            elif self.path.startswith("/static/web/"):
                file = BUILT / self.path.removeprefix("/static/web/")
                self.answer("text/css" if file.suffix == ".css" else "text/javascript", file.read_bytes())
            else:
                self.answer("text/html; charset=utf-8", day.page)

        def answer(self, kind: str, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def stream(self) -> None:
            day.streams += 1
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            last = day.sent + FRAMES // 40
            try:
                while day.sent < last:
                    day.going.wait()
                    self.wfile.write(day.event())
                    self.wfile.flush()
                    time.sleep(0.002)
            except OSError:
                return

        def log_message(self, *words: object) -> None:
            pass

    return Handler


@contextmanager
def served(day: Day) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(day))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def weigh(devtools: CDPSession) -> dict[str, float]:
    """What the page holds at rest, after everything that can be let go was."""
    for _ in range(4):
        devtools.send("HeapProfiler.collectGarbage")
    counted = devtools.send("Memory.getDOMCounters")
    heap = devtools.send("Runtime.getHeapUsage")["usedSize"]
    return {"heap": heap, "nodes": counted["nodes"], "listeners": counted["jsEventListeners"]}


def slope(values: list[float]) -> float:
    """Growth from the first to the last value by the line that fits them best."""
    middle = (len(values) - 1) / 2
    mean = sum(values) / len(values)
    rise = sum((at - middle) * (value - mean) for at, value in enumerate(values))
    return rise / sum((at - middle) ** 2 for at in range(len(values))) * (len(values) - 1)


def test_an_accelerated_day_leaves_the_page_as_large_as_it_was(browser: Browser, walk: Walk) -> None:
    with httpx.Client(trust_env=False) as client:
        day = Day(client.get(f"{walk.home.origin}/wall/walk/").content)
    with served(day) as origin:
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        context.add_init_script(FASTER)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        day.going.set()
        page.goto(f"{origin}/wall/walk/")
        page.locator(".status").wait_for()
        devtools = context.new_cdp_session(page)
        seen = []
        for look in range(LOOKS + 1):
            day.going.set()
            while day.sent < FRAMES * look / LOOKS:
                page.wait_for_timeout(50)
            day.going.clear()
            page.wait_for_timeout(1_000)
            # what warms up in the first tenth is no growth
            if look:
                seen.append(weigh(devtools))
        day.going.set()
        context.close()
    assert errors == []
    assert day.streams > LOOKS, "lines were lost and found again"
    heaps = [each["heap"] for each in seen]
    # some kilobytes of compiled code and caches still come; one kept cell a frame would be megabytes
    assert slope(heaps) < 0.1 * heaps[0], heaps
    for name in ("nodes", "listeners"):
        counts = [each[name] for each in seen]
        assert slope(counts) < 0.15 * max(counts), (name, counts)
