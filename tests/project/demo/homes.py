"""Homes in which `zuji demo` runs as somebody would run it: in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.live import url_of
from zuji.project.postgres import Server

LIMIT_S = 150
DAY = "2021-07-26"


@dataclass(frozen=True)
class DemoHome:
    """A home's folder; no URL means its own embedded server."""

    folder: Path
    url: str | None

    def zuji(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "LANG")}
        environment |= {"ZUJI_HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        environment |= {"DATABASE_URL": self.url} if self.url else {}
        command = [sys.executable, "-m", "zuji.project.cli", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT_S)

    def demo(self, folder: Path | None = None) -> str:
        """Play it to its end; what it printed. Other input than the demo's own is played without a register."""
        given = ["--input", str(folder), "--no-register"] if folder else []
        done = self.zuji("demo", "--no-serve", *given)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def figures(self, *more: str) -> dict[str, int]:
        """Every figure of the day."""
        return {each["id"]: each["value"] for each in self._json("figures", "--as-of", DAY, "--json", *more)}

    def trace(self, indicator: str, *more: str) -> list[Any]:
        """The rows behind a figure."""
        return list(self._json("trace", indicator, "--as-of", DAY, "--json", *more))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with psycopg.connect(self.url or Server(self.folder / "postgres").start()) as connection:
            return connection.execute(query).fetchall()

    def _json(self, *words: str) -> list[Any]:
        done = self.zuji(*words)
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))


@contextmanager
def on_scratch_server(folder: Path) -> Iterator[DemoHome]:
    """A home on a database of its own beside the tests'."""
    name = f"zuji_demo_{os.getpid()}_{folder.name}".lower().replace("-", "_")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        try:
            yield DemoHome(folder, url_of(name))
        finally:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@contextmanager
def embedded() -> Iterator[DemoHome]:
    """A home with a server of its own, as a newcomer has it."""
    with tempfile.TemporaryDirectory(prefix="zuji-") as folder:
        home = DemoHome(Path(folder), None)
        try:
            yield home
        finally:
            home.zuji("stop")
            Server(home.folder / "postgres").remove()
