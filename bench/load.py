"""A lean load generator: one thread, epoll, ready-made requests, kept connections. Run as a process of its own."""

import gc
import json
import select
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length: "
ACCEPTED = b'"outcome":"accepted"'
CHUNK = 1 << 18


class Response(NamedTuple):
    """What came back."""

    status: int
    body: bytes


@dataclass
class Tally:
    """What a turn saw: requests answered, items acknowledged, seconds, and each request's latency in milliseconds."""

    requests: int = 0
    accepted: int = 0
    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    latencies_ms: list[float] = field(default_factory=list)

    def add(self, response: Response, latency_s: float) -> None:
        """Count one answer."""
        self.requests += 1
        self.statuses[response.status] = self.statuses.get(response.status, 0) + 1
        self.accepted += response.body.count(ACCEPTED)
        self.latencies_ms.append(latency_s * 1000)

    def summary(self) -> dict[str, object]:
        """As JSON, the latencies as percentiles."""
        ordered = sorted(self.latencies_ms) or [0.0]
        values = {key: value for key, value in asdict(self).items() if key != "latencies_ms"}
        return values | {f"p{part}_ms": round(ordered[len(ordered) * part // 100], 2) for part in (50, 99)}


class Connection:
    """One kept connection with at most one request on its way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.started = 0.0
        self._received = b""

    def send(self, request: bytes) -> None:
        """Send a whole request."""
        self.started = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> Response | None:
        """The response, once it is whole."""
        chunk = self.socket.recv(CHUNK)
        if not chunk:
            raise ConnectionError("closed by the server")
        data = self._received + chunk if self._received else chunk
        head_end = data.find(HEAD_END)
        at = data.find(LENGTH, 0, head_end)
        if head_end < 0 or len(data) < head_end + 4 + int(data[at + len(LENGTH) : data.index(b"\r", at)]):
            self._received = data
            return None
        self._received = b""
        return Response(int(data[9:12]), data[head_end + 4 :])

    def ask(self, request: bytes) -> Response:
        """Send, and wait for the response."""
        self.send(request)
        while (response := self.receive()) is None:
            pass
        return response


def http_request(body: bytes, port: int) -> bytes:
    """A `POST` of one body, as bytes on the wire."""
    head = f"POST /api/v1/checkins HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    return b"%bContent-Length: %d\r\n\r\n%b" % (head.encode(), len(body), body)


def drive(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Tally:
    """Keep every connection busy until the time is over or the requests are; then take in what is still on its way."""
    poll = select.epoll()
    by_number = {each.socket.fileno(): each for each in (Connection(port) for _ in range(connections))}
    tally = Tally()
    gc.disable()
    began = time.perf_counter()
    until = began + seconds
    busy = 0
    for number, each in by_number.items():
        poll.register(number, select.EPOLLIN)
        if (request := next(requests, None)) is not None:
            each.send(request)
            busy += 1
    while busy:
        for number, _ in poll.poll():
            each = by_number[number]
            if (response := each.receive()) is None:
                continue
            now = time.perf_counter()
            tally.add(response, now - each.started)
            request = next(requests, None) if now < until else None
            if request is None:
                busy -= 1
            else:
                each.send(request)
    tally.seconds = time.perf_counter() - began
    for each in by_number.values():
        each.socket.close()
    return tally


def main() -> None:
    """`python -m bench.load PORT CONNECTIONS SECONDS FILE`: bodies as JSON lines; a summary on standard output."""
    port, connections, seconds, file = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])
    requests = [http_request(line, port) for line in file.read_bytes().splitlines()]
    used = time.process_time()
    tally = drive(port, iter(requests), connections=connections, seconds=seconds)
    print(json.dumps(tally.summary() | {"cpu_s": round(time.process_time() - used, 3)}))


if __name__ == "__main__":
    main()
