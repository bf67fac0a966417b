"""A home that really serves: on a loopback port against a database of its own, for browsers and streams."""

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
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import psycopg
import pytest
from psycopg import sql

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from tests.cast import Cast
    from zuji.people.models import Account

START_S, STOP_S = 90.0, 10.0
LOOPBACK = "127.0.0.1"


@dataclass
class LiveHome:
    """A demo home in a process of its own.

    `with live_home.database():` lets this test's ORM speak to that home's database, committing at once; outside of it
    the ORM speaks to the test's own. `cast` is the whole cast, made once, with the clock running on from its day.
    """

    origin: str
    folder: Path
    database_name: str
    blocker: "DjangoDbBlocker"
    cast: "Cast"
    process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def database(self) -> Iterator[None]:
        with spoken_to(self.database_name, self.folder, self.blocker):
            yield

    def hold(self, at: datetime) -> None:
        """Stop the home's clock at an instant."""
        from zuji.core import clock

        with self.database():
            clock.hold(at)

    def release(self, at: datetime) -> None:
        """Let the home's clock run on from an instant."""
        from zuji.core import clock

        with self.database():
            clock.release(at)

    def cookies(self, account: "Account") -> dict[str, str]:
        """What a browser holds once this account is signed in."""
        from django.conf import settings
        from django.test import Client

        with self.database():
            client = Client(SERVER_NAME=LOOPBACK)
            client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
        return {"sessionid": client.cookies["sessionid"].value, "csrftoken": "a" * 32}

    def browser_cookies(self, account: "Account") -> list[dict[str, str]]:
        """The same in the form of Playwright's `context.add_cookies`."""
        return [{"name": name, "value": value, "url": self.origin} for name, value in self.cookies(account).items()]

    def client(self, account: "Account | None" = None) -> httpx.Client:
        """A client of the home, signed in when an account is given; close it, or use it as a context."""
        cookies = self.cookies(account) if account else {}
        headers = {"X-CSRFToken": cookies["csrftoken"], "Referer": self.origin} if cookies else {}
        return httpx.Client(base_url=self.origin, cookies=cookies, headers=headers, timeout=10, trust_env=False)

    def start(self) -> None:
        """Serve; returns once it answers."""
        environment = os.environ | {
            "DATABASE_URL": url_of(self.database_name),
            "ZUJI_HOME": str(self.folder),
            "ZUJI_BASE_URL": self.origin,
        }
        port = self.origin.rsplit(":", 1)[1]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "zuji.project.server", "--host", LOOPBACK, "--port", port],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it as an operator would, or as a power cut does; the database stays."""
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_S)
        self.process = None

    def _wait(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            assert self.process is not None
            assert self.process.poll() is None, self.log()
            try:
                httpx.get(f"{self.origin}/api/v1/log/head", timeout=5, trust_env=False)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(self.log())

    def log(self) -> str:
        """What the server said so far."""
        return (self.folder / "server.log").read_text(errors="replace")


@contextmanager
def spoken_to(name: str, folder: Path, blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Within this block Django's ORM and clock are those of another home."""
    from django.conf import global_settings
    from django.db import connections
    from django.test import override_settings

    own = connections["default"]
    other = connections.create_connection("default")
    options = {key: value for key, value in own.settings_dict["OPTIONS"].items() if key != "pool"}
    other.settings_dict = own.settings_dict | {"NAME": name, "OPTIONS": options}
    connections["default"] = other
    theirs = override_settings(
        CLOCK_FILE=str(folder / "clock.json"),
        MEDIA_ROOT=folder / "media",
        STAGED_ROOT=folder / "staged",
        PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS,
    )
    try:
        with blocker.unblock(), theirs:
            yield
    finally:
        other.close()
        connections["default"] = own


def url_of(name: str) -> str:
    """The run's server, another database."""
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def migrated(name: str) -> None:
    """A database with every table; run inside `spoken_to`."""
    from django.core.management import call_command

    from zuji.core.enums import HomeKind
    from zuji.core.models import Home

    call_command("migrate", verbosity=0)
    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.DEMO})


@pytest.fixture(scope="session")
def live_home(django_db_blocker: "DjangoDbBlocker", django_db_setup: None) -> Iterator[LiveHome]:
    """The served home, one a session; its cast is there, its clock runs on from the cast's morning."""
    from tests.cast import DAY, make_cast
    from zuji.core import clock

    folder = Path(tempfile.mkdtemp(prefix="zuji-live-"))
    name = f"zuji_live_{os.getpid()}"
    shutil.copytree(Path(os.environ["ZUJI_HOME"]) / "secrets", folder / "secrets")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        try:
            with spoken_to(name, folder, django_db_blocker):
                migrated(name)
                cast = make_cast()
                clock.release(DAY)
            home = LiveHome(f"http://{LOOPBACK}:{free_port()}", folder, name, django_db_blocker, cast)
            try:
                home.start()
                yield home
            finally:
                home.stop()
        finally:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
            shutil.rmtree(folder, ignore_errors=True)
