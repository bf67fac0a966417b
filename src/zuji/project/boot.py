"""Setting Django up for a command, and making a home ready. Django and models are imported once they can be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from zuji.project import home
from zuji.project.environment import check_environment
from zuji.project.errors import Fault, Misconfigured

if TYPE_CHECKING:
    from zuji.core.enums import HomeKind

SETTINGS = "zuji.project.settings"
CONNECT_LIMIT_S = 5


@contextmanager
def django_home(log_name: str = "command") -> Iterator[None]:
    """PostgreSQL runs and Django is set up inside; pools are closed at the end, since their threads hold a process."""
    check_environment()
    home.ensure_postgres()
    reach_database()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.setdefault("ZUJI_LOG_NAME", log_name)
    import django

    django.setup()
    try:
        yield
    finally:
        close_pools()


def close_pools() -> None:
    """Give back every connection of this thread, and end the pools behind them."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        getattr(connection, "close_pool", lambda: None)()


def reach_database() -> None:
    """Refuse in plain words where the named database does not answer."""
    try:
        psycopg.connect(home.database_url(), connect_timeout=CONNECT_LIMIT_S).close()
    except psycopg.Error as error:
        raise Misconfigured(Fault.DATABASE_UNREACHABLE, detail=str(error).strip()) from error


def kind() -> str | None:
    """The home's kind (`demo`, `real`), None before its first migration; the database must run, Django need not."""
    with psycopg.connect(home.database_url(), connect_timeout=CONNECT_LIMIT_S) as connection:
        try:
            row = connection.execute("select kind from core_home").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return None if row is None else str(row[0])


def unapplied() -> list[str]:
    """Names of the migrations that this version has and the database has not."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [str(step) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def migrate() -> None:
    """Bring the database to this version."""
    from django.core.management import call_command

    if unapplied():
        call_command("migrate", verbosity=0, interactive=False)


def prepare(wanted: "HomeKind") -> None:
    """Migrate, and make this a home of that kind for ever; a home of the other kind that is in use is left alone."""
    if kind() not in (None, wanted) and _in_use():
        raise Misconfigured(Fault.HOME_OF_OTHER_KIND, home=home.root(), present=kind(), wanted=str(wanted))
    migrate()
    from zuji.core.models import Home

    Home.objects.update_or_create(pk=1, defaults={"kind": wanted})


def _in_use() -> bool:
    with psycopg.connect(home.database_url()) as connection:
        return connection.execute("select from core_association limit 1").fetchone() is not None
