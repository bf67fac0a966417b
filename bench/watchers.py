"""How soon those who watch the matrix see an acknowledged check-in: hundreds of streams on one server."""

import re
import select
import socket
import time

from bench.load import Connection, http_request
from bench.scratch import Home, scratch_home

WATCHERS = 500
CHECKINS = 60
PAUSE_S = 0.25
SETTLE_S = 60.0
TIMES = re.compile(rb'"times": ?(\d+)')
END = b"\n\n"


class Watcher:
    """One stream of the matrix, and how many check-ins it has shown so far."""

    stream = "matrix"

    def __init__(self, home: Home) -> None:
        self.socket = socket.create_connection(("127.0.0.1", home.port))
        path = f"/api/v1/campaigns/{home.walk.campaign}/{self.stream}/stream"
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{home.port}\r\n\r\n".encode())
        self.socket.setblocking(False)
        self.seen = -1
        self._received = b""

    def read(self) -> None:
        """Take in what came; a whole frame says how many check-ins it knows of."""
        self._received += self.socket.recv(1 << 20)
        whole, found, rest = self._received.rpartition(END)
        if found:
            self._received = rest
            self.take(whole.rpartition(b"event: %b" % self.stream.encode())[2])

    def take(self, frame: bytes) -> None:
        """Note what the last frame says."""
        if times := TIMES.findall(frame):
            self.seen = sum(map(int, times))


def measure(*, watchers: int = WATCHERS, checkins: int = CHECKINS) -> dict[str, object]:
    """Seconds from a phone's acknowledgement to each watcher's frame that counts it."""
    with scratch_home(passes=2000) as home:
        home.serve()
        watching = [Watcher(home) for _ in range(watchers)]
        poll = select.epoll()
        by_number = {each.socket.fileno(): each for each in watching}
        for number in by_number:
            poll.register(number, select.EPOLLIN)
        until = time.monotonic() + SETTLE_S
        while min(each.seen for each in watching) < 0 and time.monotonic() < until:
            _take(poll, by_number, 0.1)
        delays = sorted(_delays(home, poll, by_number, checkins))
    expected = watchers * checkins
    lost = expected - len(delays)
    p50, p99 = (delays[len(delays) * part // 100] if delays else None for part in (50, 99))
    return {"watchers": watchers, "checkins": checkins, "not_seen": lost, "p50_s": p50, "p99_s": p99}


def _delays(home: Home, poll: select.epoll, by_number: dict[int, Watcher], checkins: int) -> list[float]:
    acknowledged: list[float] = []
    shown = dict.fromkeys(by_number, 0)
    delays: list[float] = []
    phone = Connection(home.port)
    bodies = home.bodies(checkins, 1)
    last = time.monotonic() + checkins * PAUSE_S + 5
    due = time.monotonic()
    while time.monotonic() < last and len(delays) < checkins * len(by_number):
        if bodies and time.monotonic() >= due:
            phone.ask(http_request(bodies.pop(), home.port))
            acknowledged.append(time.monotonic())
            due = time.monotonic() + PAUSE_S
        for number in _take(poll, by_number, 0.02):
            now, seen = time.monotonic(), by_number[number].seen
            delays += [max(0.0, now - then) for then in acknowledged[shown[number] : seen]]
            shown[number] = max(shown[number], min(seen, len(acknowledged)))
    return [round(delay, 4) for delay in delays]


def _take(poll: select.epoll, by_number: dict[int, Watcher], seconds: float) -> list[int]:
    ready = [number for number, _ in poll.poll(seconds)]
    for number in ready:
        by_number[number].read()
    return ready
