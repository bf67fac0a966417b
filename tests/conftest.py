"""One scratch home and one scratch PostgreSQL for a whole test run, shared by all its workers."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import django
import pytest

from zuji.project.postgres import Server

PLUGINS = ("tests.cast", "tests.live")
SCRATCH: list[Path] = []
SERVERS: list[Server] = []


def pytest_configure(config: pytest.Config) -> None:
    """The controller starts what its workers inherit by the environment; then Django is set up upon it."""
    if not hasattr(config, "workerinput"):
        # So that a run that is told to end (a time limit) still stops its server.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
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


def scratch_folder() -> Path:
    SCRATCH.append(Path(tempfile.mkdtemp(prefix="zuji-")))
    return SCRATCH[-1]


def pytest_unconfigure() -> None:
    """Stop and remove what this run made."""
    for server in SERVERS:
        server.remove()
    for folder in SCRATCH:
        shutil.rmtree(folder, ignore_errors=True)
