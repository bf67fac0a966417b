"""The server of a home, a process of its own: `python -m zuji.project.server`. uvicorn, with a door to the intake."""

import os
from contextlib import suppress
from pathlib import Path

import click
import uvicorn

from zuji.checkin.protocol import CheckinProtocol
from zuji.project.asgi import hub, intake

BACKLOG = 2048
KEEP_ALIVE_S = 75
END_LIMIT_S = 10
FILE = click.Path(path_type=Path)


class HomeProtocol(CheckinProtocol):
    """The door of this home. At the server's end it lets go of those who watch: streams never end by themselves."""

    door = intake

    def shutdown(self) -> None:
        closing = self.loop.create_task(hub.close())
        self.tasks.add(closing)
        closing.add_done_callback(self.tasks.discard)
        super().shutdown()


@click.command()
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8000)
@click.option("--workers", default=1)
@click.option("--pid-file", type=FILE)
@click.option("--ssl-certificate", "ssl_certfile", type=FILE)
@click.option("--ssl-keyfile", type=FILE)
def main(*, pid_file: Path | None, **options: object) -> None:
    """Serve until told to end."""
    if pid_file:
        pid_file.write_text(str(os.getpid()))
    try:
        uvicorn.run(
            "zuji.project.asgi:application",
            **options,  # type: ignore[arg-type]  # what click has made of them
            http=HomeProtocol,
            loop="uvloop",
            lifespan="on",
            ws="none",
            backlog=BACKLOG,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=END_LIMIT_S,
            log_config=None,
            access_log=False,
            server_header=False,
        )
    finally:
        if pid_file:
            with suppress(FileNotFoundError):
                pid_file.unlink()


if __name__ == "__main__":
    main()
