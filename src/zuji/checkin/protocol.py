"""The shortest way in: check-ins are taken while the server still parses, and everything else goes on to ASGI.

No task, no scope and no message is made for a check-in; its answer is written when its batch is committed.
"""

from asyncio import Transport
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from zuji.checkin.answers import Reply
from zuji.checkin.limits import LOOPBACK
from zuji.checkin.wire import BODY_BYTES_MAX, PATH

if TYPE_CHECKING:
    from zuji.checkin.asgi import IntakeApp

_POST: Final = b"POST"
_PATH: Final = PATH.encode()
_LINES: Final = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/json\r\n".encode()
    for status in HTTPStatus
}


class Pending:
    """A check-in request whose answer is still to come, in the order of its connection."""

    __slots__ = ("body", "keep_alive", "reply")

    def __init__(self, *, keep_alive: bool) -> None:
        self.body = b""
        self.keep_alive = keep_alive
        self.reply: Reply | None = None


class CheckinProtocol(HttpToolsProtocol):
    """uvicorn's protocol with a door to the intake."""

    door: ClassVar["IntakeApp"]

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # uvicorn's is as narrow
        super().connection_made(transport)
        self._taking: Pending | None = None
        self._pending: deque[Pending] = deque()

    def on_headers_complete(self) -> None:
        """Decide the way of a request by its first line."""
        is_checkin = self.url == _PATH and self.parser.get_method() == _POST and not self.expect_100_continue
        if is_checkin and not self._is_answering():
            self._taking = Pending(keep_alive=self.parser.should_keep_alive())
        else:
            super().on_headers_complete()

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def on_body(self, body: bytes) -> None:
        """Gather a check-in's body, but no more of it than could be taken."""
        if self._taking is None:
            super().on_body(body)
        elif len(self._taking.body) <= BODY_BYTES_MAX:
            self._taking.body += body

    def on_message_complete(self) -> None:
        """Hand a check-in in."""
        if (pending := self._taking) is None:
            super().on_message_complete()
            return
        self._taking = None
        self._pending.append(pending)

        def answer(reply: Reply) -> None:
            pending.reply = reply
            self._write_ready()

        self.door.take(pending.body, self._address(), answer)

    def _address(self) -> str:
        """Who asks; a proxy on this machine says for whom."""
        address = self.client[0] if self.client else ""
        if address in LOOPBACK:
            for name, value in self.headers:
                if name == b"x-forwarded-for":
                    return value.rpartition(b",")[2].strip().decode("latin-1")
        return address

    def _write_ready(self) -> None:
        """Write what is answered, in the order in which it was asked."""
        while self._pending and (reply := self._pending[0].reply) is not None:
            keep_alive = self._pending.popleft().keep_alive
            if self.transport.is_closing():
                continue
            self.transport.write(_response(reply, keep_alive=keep_alive))
            if keep_alive:
                self.on_response_complete()
            else:
                self.transport.close()

    def shutdown(self) -> None:
        """The server ends: what is pending is answered first."""
        if self._pending:
            self._pending[-1].keep_alive = False
        else:
            super().shutdown()


def _response(reply: Reply, *, keep_alive: bool) -> bytes:
    close = b"" if keep_alive else b"connection: close\r\n"
    retry = b"retry-after: %d\r\n" % reply.retry_after_s if reply.retry_after_s else b""
    length = len(reply.body)
    return b"%b%b%bcontent-length: %d\r\n\r\n%b" % (_LINES[reply.status], close, retry, length, reply.body)
