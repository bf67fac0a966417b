"""A scratch home for measurements: its own PostgreSQL with default durability, a walk, and its server."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bench.load import Connection, http_request
from bench.seed import Walk
from zuji.project.postgres import Server

CHECKOUT = Path(__file__).resolve().parents[1]
PASSES = 20_000
START_S = 30.0


class Home:
    """A folder with a database and a server; everything goes when it is removed."""

    def __init__(self, *, passes: int = PASSES) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zuji-"))
        self.postgres = Server(self.folder / "postgres")
        self.url = self.postgres.start()
        self.port = free_port()
        (self.folder / "static").mkdir()
        self.environment = os.environ | {
            "ZUJI_HOME": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "zuji.project.settings",
            "ZUJI_BASE_URL": f"http://127.0.0.1:{self.port}",
            "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)]),
        }
        self.server: subprocess.Popen[bytes] | None = None
        self.run("-m", "django", "migrate", "--skip-checks", "--verbosity", "0")
        self.walk = Walk(**json.loads(self.run("-m", "bench.seed", str(passes))))
        self._items = self.walk.items()

    def run(self, *words: str) -> str:
        """Run Python in this home to its end; returns what it printed."""
        command = [sys.executable, *words]
        done = subprocess.run(command, env=self.environment, cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def serve(self, workers: int = 1) -> None:
        """Start the server, and wait until it answers."""
        words = ["-m", "zuji.project.server", "--port", str(self.port), "--workers", str(workers)]
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, *words],
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + START_S
        while not self.answers():
            if time.monotonic() > until or self.server.poll() is not None:
                raise RuntimeError((self.folder / "server.log").read_text())
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether the intake takes requests now."""
        try:
            connection = Connection(self.port)
        except OSError:
            return False
        with connection.socket:
            try:
                return connection.ask(http_request(b"[]", self.port)).status == 400
            except OSError:
                return False

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End the server and all its workers."""
        if self.server is not None:
            os.killpg(self.server.pid, number)
            self.server.wait(20)
            self.server = None

    def remove(self) -> None:
        """End everything and leave nothing."""
        self.stop(signal.SIGKILL)
        self.postgres.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def bodies(self, requests: int, items: int) -> list[bytes]:
        """Request bodies of so many new items each; fewer when the walk is used up."""
        batches = (list(islice(self._items, items)) for _ in range(requests))
        return [f'{{"items":[{",".join(chosen)}]}}'.encode() for chosen in batches if chosen]


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def scratch_home(*, passes: int = PASSES) -> Iterator[Home]:
    """A home for one measurement, not yet served."""
    home = Home(passes=passes)
    try:
        yield home
    finally:
        home.remove()
