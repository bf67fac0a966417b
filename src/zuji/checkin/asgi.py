"""The short way for check-ins: a bare ASGI app for `POST /api/v1/checkins`, composed with Django by the project."""

from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from typing import Any, Final

from zuji.checkin import answers
from zuji.checkin.errors import Refusal
from zuji.checkin.intake import Intake
from zuji.checkin.log import Signer
from zuji.checkin.wire import BODY_BYTES_MAX

PATH: Final = "/api/v1/checkins"

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class IntakeApp:
    """`startup()` and `shutdown()` belong to the server's lifespan; in between it answers requests for PATH."""

    def __init__(
        self, dsn: str, *, master: bytes, now: Callable[[], datetime], queue: int = 5000, per_address: int = 0
    ) -> None:
        self._dsn = dsn
        self._signer = Signer(master)
        self._options: dict[str, Any] = {"now": now, "queue": queue, "per_address": per_address}
        self._intake: Intake | None = None

    async def startup(self) -> None:
        """Open the intake."""
        self._intake = Intake(self._dsn, self._signer, **self._options)
        await self._intake.start()

    async def shutdown(self) -> None:
        """Answer what waits, then close."""
        if self._intake is not None:
            await self._intake.stop()
            self._intake = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One `POST`."""
        body = await _body(receive)
        if self._intake is None:
            reply = answers.problem(Refusal.TOO_BUSY, after_s=1)
        elif body is None:
            reply = answers.problem(Refusal.TOO_MANY_ITEMS)
        else:
            reply = await self._intake.hand_in(body, _address(scope))
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(reply.body))]
        if reply.retry_after_s:
            headers.append((b"retry-after", b"%d" % reply.retry_after_s))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})


async def _body(receive: Receive) -> bytes | None:
    """The request's body; None when it is over the limit."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > BODY_BYTES_MAX:
            return None
    return body


def _address(scope: Message) -> str:
    client = scope.get("client")
    return client[0] if client else ""
