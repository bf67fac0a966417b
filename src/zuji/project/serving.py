"""Starting and ending the server and the task worker of a home."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import psutil

from zuji.project import boot, home, web
from zuji.project.errors import Fault, Misconfigured

READY_LIMIT_S = 30
END_LIMIT_S = 15
ROLES = ("server", "worker")


def pid_file(role: str) -> Path:
    """Where a process of that role writes its number; the path in its command line is what it is known by."""
    return home.path("run", f"{role}.pid")


def processes(role: str) -> list[psutil.Process]:
    """This home's processes of that role, however they were started."""
    mark = str(pid_file(role))
    return [process for process in psutil.process_iter(["cmdline"]) if mark in (process.info["cmdline"] or ())]


def command(host: str, port: int, *options: str) -> list[str]:
    """The command line of the server; further options are those of `zuji.project.server`."""
    own = ["--host", host, "--port", str(port), "--pid-file", str(pid_file("server"))]
    return [sys.executable, "-m", "zuji.project.server", *own, *options]


def start_checks(host: str, port: int) -> None:
    """Everything that must hold before serving; Django is set up. A demo home is migrated, a real one only asked."""
    refuse_second()
    free_port(host, port)
    kind = boot.kind()
    if kind is None:
        raise Misconfigured(Fault.HOME_MISSING, home=home.root())
    if kind == "demo":
        boot.migrate()
    if unapplied := boot.unapplied():
        raise Misconfigured(Fault.MIGRATIONS_MISSING, migrations=", ".join(unapplied))
    if not (web.BUILT / "manifest.json").exists():
        raise Misconfigured(Fault.WEB_NOT_BUILT)
    _django_checks(deploy=kind != "demo")


def refuse_second() -> None:
    """A home has one server, which holds its log's end in memory."""
    if found := processes("server"):
        raise Misconfigured(Fault.ALREADY_SERVING, pid=found[0].pid)


def free_port(host: str, port: int) -> None:
    """Refuse where somebody else listens on that port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Misconfigured(Fault.PORT_TAKEN, host=host, port=port, detail=error.strerror) from error


def spawn(host: str, port: int, *options: str) -> "subprocess.Popen[bytes]":
    """Start the server beside this process and wait until it answers; `start_checks` come first."""
    child = subprocess.Popen(command(host, port, *options), env=_environment("server"))
    wait_ready(child, host, port)
    return child


def wait_ready(child: "subprocess.Popen[bytes]", host: str, port: int) -> None:
    """Wait until the server answers a request."""
    deadline = time.monotonic() + READY_LIMIT_S
    while child.poll() is None and time.monotonic() < deadline:
        if _answers(host, port):
            return
        time.sleep(0.05)
    raise Misconfigured(Fault.SERVER_FAILED, log=home.path("log", "server.jsonl"))


def spawn_worker() -> "subprocess.Popen[bytes]":
    """Start the task worker beside this process, unless this home has one."""
    words = [sys.executable, "-m", "zuji.project.cli", "worker", "--pid-file", str(pid_file("worker"))]
    end(processes("worker"))
    return subprocess.Popen(words, env=_environment("worker"), stdout=subprocess.DEVNULL)


def become_server(host: str, port: int, *options: str) -> NoReturn:
    """Turn this process into the server, so that a supervisor's signals reach it."""
    pid_file("server").parent.mkdir(parents=True, exist_ok=True)
    words = command(host, port, *options)
    os.execve(words[0], words, _environment("server"))


def stop() -> list[str]:
    """End the home's server, worker and embedded database; returns which of them ran."""
    ended = [role for role in ROLES if end(processes(role))]
    embedded = home.embedded()
    if embedded.running():
        embedded.stop()
        ended.append("postgres")
    return ended


def end(found: Sequence[psutil.Process]) -> bool:
    """Ask processes to end, and make them after a while; says whether there were any."""
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, left = psutil.wait_procs(found, timeout=END_LIMIT_S)
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=END_LIMIT_S)
    return bool(found)


def _environment(role: str) -> dict[str, str]:
    pid_file(role).parent.mkdir(parents=True, exist_ok=True)
    return {**os.environ, "DJANGO_SETTINGS_MODULE": boot.SETTINGS, "ZUJI_LOG_NAME": role}


def _answers(host: str, port: int) -> bool:
    try:
        connection = http.client.HTTPConnection(host, port, timeout=1)
        connection.request("GET", "/api/v1/log/head")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False


def _django_checks(*, deploy: bool) -> None:
    """Django runs no checks under ASGI; a real home is held to those for deployment, and to warnings too."""
    from django.core import checks

    found = checks.run_checks(include_deployment_checks=deploy, databases=["default"])
    lowest = checks.WARNING if deploy else checks.ERROR
    if wrong := [message for message in found if message.is_serious(lowest) and not message.is_silenced()]:
        raise Misconfigured(Fault.CHECKS_FAILED, messages="\n".join(f"{one.id} {one.msg}" for one in wrong))
