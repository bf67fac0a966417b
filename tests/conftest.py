"""One scratch home and one scratch PostgreSQL for a whole test run, shared by all its workers."""

import os
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest

from zuji.project import translations
from zuji.project.postgres import Server

PLUGINS = ("tests.cast", "tests.audited", "tests.live")
CHROMIUM = shutil.which("chromium")
SCRATCH: list[Path] = []
SERVERS: list[Server] = []

hypothesis.settings.register_profile("zuji", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("zuji")


def pytest_configure(config: pytest.Config) -> None:
    """The controller starts what its workers inherit by the environment; then Django is set up upon it."""
    if not hasattr(config, "workerinput"):
        # So that a run that is told to end (a time limit) still stops its server.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        translations.compile_stale()
        os.environ["ZUJI_HOME"] = str(scratch_folder())
        if "DATABASE_URL" not in os.environ:
            SERVERS.append(Server(scratch_folder(), durable=False))
            os.environ["DATABASE_URL"] = SERVERS[0].start()
    os.environ["DJANGO_SETTINGS_MODULE"] = "zuji.project.settings"
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the slow ones cost 2 s a cast
    django.setup()
    for plugin in PLUGINS:  # their models need Django, so they are loaded now and not by name at the top
        config.pluginmanager.import_plugin(plugin)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are reported as not run where Debian's Chromium is missing.

    Where it is, one that fails is tried once more and both are reported: on a busy machine Chromium itself may stall.
    """
    not_run = pytest.mark.skip(reason="not run: apt-get install chromium fonts-noto-cjk")
    once_more = pytest.mark.flaky(reruns=1)
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(once_more if CHROMIUM else not_run)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which needs no download; it refuses to sandbox itself for root."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    arguments = [*sandbox, "--disable-background-networking", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}


@pytest.fixture
def transactional_db(django_db_serialized_rollback: None, transactional_db: None) -> None:
    """Tables as the migrations leave them, each time: a flush that fills in by itself would meet what is put back."""


def scratch_folder() -> Path:
    SCRATCH.append(Path(tempfile.mkdtemp(prefix="zuji-")))
    return SCRATCH[-1]


def pytest_unconfigure() -> None:
    """Stop and remove what this run made."""
    for server in SERVERS:
        server.remove()
    for folder in SCRATCH:
        shutil.rmtree(folder, ignore_errors=True)
