"""One ASGI callable for a home: check-ins take the short way to the intake, everything else goes to Django.

`zuji.project.server` shortens the way once more; any other ASGI server works with this alone.
"""

import gc
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.core.asgi import get_asgi_application

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zuji.project.settings")
_django: Application = get_asgi_application()  # type: ignore[assignment]  # its types are narrower than ASGI's

from django.conf import settings  # noqa: E402  (models and settings are there once Django is set up)

from zuji.api.watching import hub  # noqa: E402
from zuji.checkin.asgi import PATH, IntakeApp  # noqa: E402
from zuji.core import clock  # noqa: E402
from zuji.project import home  # noqa: E402

__all__ = ["application", "hub", "intake"]

intake = IntakeApp(
    home.database_url(),
    master=settings.MASTER_KEY.encode(),
    now=clock.now,
    queue=settings.INTAKE_QUEUE,
    per_address=settings.INTAKE_PER_ADDRESS,
)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Route one connection."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "POST":
        await intake(scope, receive, send)
    else:
        await _django(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    """Start the intake with the server, and at its end answer what still waits."""
    while (message := await receive())["type"] != "lifespan.shutdown":
        if message["type"] == "lifespan.startup":
            await intake.startup()
            # what is loaded by now stays; to look through it again and again would slow the intake down
            gc.collect()
            gc.freeze()
            await send({"type": "lifespan.startup.complete"})
    await intake.shutdown()
    await send({"type": "lifespan.shutdown.complete"})
