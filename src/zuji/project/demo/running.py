"""`zuji demo` from an empty home to a served one: made anew each time, played, printed, and left running or ended."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
import httpx
import psycopg

from zuji.core.errors import Problem
from zuji.project import boot, home, serving
from zuji.project.demo.input import Input
from zuji.project.errors import Fault, Misconfigured
from zuji.project.figures import short
from zuji.project.words import say

if TYPE_CHECKING:
    from zuji.project.demo.play import Company

HOST = "127.0.0.1"
SEED = 2021
SIGNED_UP = timedelta(days=-4, hours=10)
"""From midnight of the day: when the lists came in."""
# All phones of the play share one address.
ITEMS_A_MINUTE = 1_000_000


def run(*, serve: bool, port: int, folder: Path, register: Path | None) -> None:
    """Make the demo's home anew from a folder of input and a register, play its day, print what came of it; then
    serve, or end.
    """
    given = Input(folder, register)
    # Told to end by a signal, it still ends what it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    serving.refuse_second()
    serving.end(serving.processes("worker"))
    if serve:
        serving.free_port(HOST, port)
    else:
        port = _any_port()
    os.environ["ZUJI_BASE_URL"] = f"http://{HOST}:{port}"
    os.environ.setdefault("ZUJI_INTAKE_PER_ADDRESS", str(ITEMS_A_MINUTE))
    with postgres_as_it_was(), boot.django_home(), refusals_in_words():
        if make_anew():
            click.echo(say("cli.demo.anew"))
        if serve:
            serving.start_checks(HOST, port)
        _play_and_show(given, port, serve=serve)


def make_anew() -> bool:
    """A demo home without any rows. One that is there is dropped, and then this says so; a real one is refused."""
    from django.conf import settings

    from zuji.core.enums import HomeKind

    if there := boot.kind() == HomeKind.DEMO:
        _drop()
    boot.prepare(HomeKind.DEMO)
    Path(settings.CLOCK_FILE).unlink(missing_ok=True)
    return there


def _drop() -> None:
    with psycopg.connect(home.database_url(), autocommit=True) as connection:
        for statement in ("drop schema if exists facts cascade", "drop schema public cascade", "create schema public"):
            connection.execute(statement)


def _play_and_show(given: Input, port: int, *, serve: bool) -> None:
    from zuji.project.demo import printing
    from zuji.project.demo.play import play

    company = arrange(given, f"http://{HOST}:{port}")
    printing.show_lists(company)
    server = serving.spawn(HOST, port)
    try:
        with printing.progress() as tell:
            played = play(company, tell)
        printing.show_outcome(company, played)
        if serve:
            printing.show_pages(company, played)
            serving.spawn_worker()
            with suppress(KeyboardInterrupt):
                server.wait()
    finally:
        _end(server)


def arrange(given: Input, origin: str, *, seed: int = SEED) -> "Company":
    """Settle both associations and take in the lists, some days before the walk."""
    from zuji.core import clock
    from zuji.project.demo import office
    from zuji.project.demo.cast import read_cast
    from zuji.project.demo.play import Company
    from zuji.project.demo.register import snapshot

    midnight = _midnight(given.plan.activity.held_on)
    at = midnight + SIGNED_UP
    clock.hold(at)
    cast = read_cast()
    (first, second) = office.settle(cast, at=at).values()
    office.found(*first, cast, at=at)
    side = office.sign_up(*first, given, at=at)
    if given.register:
        snapshot.load(given.register, association=side.association, actor=side.account("office"))
        office.cover_firms(side.account("office_lead"), cast, at=at)
    neighbours = office.sign_up_neighbours(*second, cast, at=at)
    for each in (side, neighbours):
        office.grant_the_rest(each, cast.accounts, at=at)
    office.name_places(side, at=at)
    return Company(origin, side, neighbours, given, midnight, seed)


def _midnight(day: date) -> datetime:
    """The beginning of a day where the demo's associations are."""
    from zuji.core.models import Association

    zone = Association._meta.get_field("time_zone").default
    return datetime.combine(day, time(), ZoneInfo(zone))


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _end(server: "subprocess.Popen[bytes]") -> None:
    serving.end(serving.processes("worker"))
    serving.end(serving.processes("server"))
    server.wait()


@contextmanager
def postgres_as_it_was() -> Iterator[None]:
    """The embedded server is ended again where this command started it."""
    embedded = home.embedded()
    ran = "DATABASE_URL" in os.environ or embedded.running()
    try:
        yield
    finally:
        if not ran:
            embedded.stop()


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """What the house refuses of the input, or what failed on the way, ends the command in plain words."""
    try:
        yield
    except Problem as problem:
        from zuji.core.texts import say as refusal

        raise Misconfigured(Fault.INPUT_REFUSED, words=refusal(problem.code, problem.facts)[short()]) from problem
    except httpx.HTTPError as failed:
        raise Misconfigured(Fault.PLAY_FAILED, detail=failed, log=home.path("log", "server.jsonl")) from failed
