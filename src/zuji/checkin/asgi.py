"""The short way for check-ins: a bare ASGI app for `POST /api/v1/checkins`, composed with Django by the project."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import datetime
from functools import partial
from typing import Any

from zuji.checkin import answers
from zuji.checkin.answers import Reply
from zuji.checkin.errors import Refusal
from zuji.checkin.intake import Answer, Intake
from zuji.checkin.log import Signer
from zuji.checkin.wire import BODY_BYTES_MAX, PATH

__all__ = ["PATH", "IntakeApp"]

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

    def take(self, body: bytes, address: str, answer: Answer) -> None:
        """Hand one request's body to the intake; a server that is just starting or ending says when to come again."""
        if self._intake is None:
            answer(answers.problem(Refusal.TOO_BUSY, after_s=1))
        else:
            self._intake.take(body, address, answer)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One `POST`."""
        body = await _body(receive)
        answered: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self.take(body, _address(scope), partial(_settle, answered))
        reply = await answered
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(reply.body))]
        if reply.retry_after_s:
            headers.append((b"retry-after", b"%d" % reply.retry_after_s))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})


def _settle(answered: "asyncio.Future[Reply]", reply: Reply) -> None:
    # whoever asked may have gone in the meantime
    if not answered.cancelled():
        answered.set_result(reply)


async def _body(receive: Receive) -> bytes:
    """The request's body, or as much of it as shows that it is over the limit."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body") and len(body) <= BODY_BYTES_MAX:
        message = await receive()
        body += message.get("body", b"")
    return body


def _address(scope: Message) -> str:
    client = scope.get("client")
    return client[0] if client else ""
