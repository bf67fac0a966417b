"""A receiver on this machine that answers as the robots and a mailbox do: where a demo's messages go, and a test's.

A demo home sends everything here, so that nothing that is played with it can reach anybody.
"""

import json
import threading
from collections import deque
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from django.conf import settings

from zuji.core.enums import HomeKind
from zuji.core.models import Home

KEPT = 200
LOOPBACK = "127.0.0.1"
WORDS: dict[str, bytes] = {
    "wecom": b'{"errcode":0,"errmsg":"ok"}',
    "dingtalk": b'{"errcode":0,"errmsg":"ok"}',
    "feishu": b'{"code":0,"data":{},"msg":"success"}',
    "mail": b"{}",
}
"""Service → what it says when it takes a message."""


class Received(NamedTuple):
    """What came: to which service, at which path with its query, and the body."""

    service: str
    path: str
    body: bytes

    def json(self) -> dict[str, object]:
        """A robot's message."""
        message: dict[str, object] = json.loads(self.body)
        return message


class Receiver(ThreadingHTTPServer):
    """Listens on loopback until its process ends; `answers` are given first, one a message, as (status, body)."""

    daemon_threads = True

    def __init__(self) -> None:
        # a port that is free, since several homes may play on one machine
        super().__init__((LOOPBACK, 0), _Desk)
        self.received: deque[Received] = deque(maxlen=KEPT)
        self.answers: deque[tuple[int, bytes]] = deque()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def base(self) -> str:
        """Its address, without a path."""
        return f"http://{LOOPBACK}:{self.server_address[1]}"

    def close(self) -> None:
        """Listen no more."""
        self.shutdown()
        self.server_close()


class _Desk(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        service = self.path.split("/")[1]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(Received(service, self.path.removeprefix(f"/{service}"), body))
        status, words = self.server.answers.popleft() if self.server.answers else (200, WORDS[service])
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Paths hold tokens, so nothing is logged."""


@cache
def own() -> Receiver:
    """This process's receiver, started at the first message."""
    return Receiver()


def stays_here() -> bool:
    """Whether everything goes to a receiver on this machine: as the setting says, and in a demo always."""
    return bool(settings.MESSAGES_TO) or Home.objects.filter(kind=HomeKind.DEMO).exists()


def local() -> str | None:
    """The receiver to which everything goes instead of to its service; None where messages leave the home."""
    if settings.MESSAGES_TO:
        return str(settings.MESSAGES_TO)
    return own().base if stays_here() else None
