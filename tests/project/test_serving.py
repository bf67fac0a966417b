import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from zuji.project import boot, serving, web
from zuji.project.errors import Fault, Misconfigured

SLEEPER = "import sys, time; time.sleep(60)"


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("ZUJI_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "run").mkdir(parents=True)


@pytest.fixture
def posing():
    """Starts processes that a home takes for its own; a stubborn one ignores the wish to end."""
    children = []

    def pose(role: str, *, stubborn: bool = False) -> "subprocess.Popen[bytes]":
        deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " if stubborn else ""
        code = f"{deaf}print('up', flush=True); {SLEEPER}"
        words = [sys.executable, "-c", code, "--pid-file", str(serving.pid_file(role))]
        children.append(subprocess.Popen(words, stdout=subprocess.PIPE))
        children[-1].stdout.readline()
        return children[-1]

    yield pose
    for child in children:
        child.kill()
        child.wait()
        child.stdout.close()


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_homes_processes_are_known_by_its_path(posing, tmp_path, monkeypatch):
    child = posing("server")
    assert [process.pid for process in serving.processes("server")] == [child.pid]
    assert serving.processes("worker") == []
    monkeypatch.setenv("ZUJI_HOME", str(tmp_path / "other"))
    assert serving.processes("server") == []


def test_stop_ends_what_the_home_runs_and_says_what_that_was(posing):
    server, worker = posing("server"), posing("worker")
    assert serving.stop() == ["server", "worker"]
    assert not psutil.pid_exists(server.pid)
    assert not psutil.pid_exists(worker.pid)
    assert serving.stop() == []


def test_a_process_that_will_not_end_is_made_to(posing, monkeypatch):
    monkeypatch.setattr(serving, "END_LIMIT_S", 0.2)
    child = posing("server", stubborn=True)
    serving.stop()
    assert not psutil.pid_exists(child.pid)


def test_a_home_is_served_once(posing):
    child = posing("server")
    with pytest.raises(Misconfigured) as refused:
        serving.refuse_second()
    assert (refused.value.code, refused.value.facts) == (Fault.ALREADY_SERVING, {"pid": child.pid})
    assert child.poll() is None


def test_a_stale_pid_file_is_no_server():
    serving.pid_file("server").write_text(str(os.getpid()))
    serving.refuse_second()


def test_a_port_that_somebody_else_uses_is_refused(taken_port):
    with pytest.raises(Misconfigured) as refused:
        serving.free_port("127.0.0.1", taken_port)
    assert (refused.value.code, refused.value.facts["port"]) == (Fault.PORT_TAKEN, taken_port)


def test_a_port_that_is_free_is_free():
    serving.free_port("127.0.0.1", 0)


def test_a_server_that_ends_at_once_is_a_fault(taken_port):
    child = subprocess.Popen(["false"])
    with pytest.raises(Misconfigured) as refused:
        serving.wait_ready(child, "127.0.0.1", 1)
    assert refused.value.code is Fault.SERVER_FAILED


def test_the_servers_command_line_names_its_home():
    words = serving.command("127.0.0.1", 8000, "--ssl-certificate", "c")
    assert str(serving.pid_file("server")) in words
    assert words[-2:] == ["--ssl-certificate", "c"]


@pytest.fixture
def ready_to_serve(monkeypatch, tmp_path):
    (tmp_path / "manifest.json").touch()
    monkeypatch.setattr(web, "BUILT", tmp_path)
    monkeypatch.setattr(boot, "kind", lambda: "real")
    monkeypatch.setattr(boot, "unapplied", list)
    monkeypatch.setattr(serving, "_django_checks", lambda *, deploy: None)


def refusal() -> Misconfigured:
    with pytest.raises(Misconfigured) as refused:
        serving.start_checks("127.0.0.1", 0)
    return refused.value


@pytest.mark.usefixtures("ready_to_serve")
class TestStartChecks:
    def test_pass_when_nothing_is_wrong(self):
        serving.start_checks("127.0.0.1", 0)

    def test_refuse_an_empty_database(self, monkeypatch):
        monkeypatch.setattr(boot, "kind", lambda: None)
        assert refusal().code is Fault.HOME_MISSING

    def test_refuse_a_real_home_that_was_not_migrated(self, monkeypatch):
        monkeypatch.setattr(boot, "unapplied", lambda: ["core.0009_more"])
        assert refusal().facts == {"migrations": "core.0009_more"}

    def test_migrate_a_demo_home(self, monkeypatch):
        done = []
        monkeypatch.setattr(boot, "kind", lambda: "demo")
        monkeypatch.setattr(boot, "migrate", lambda: done.append(1))
        serving.start_checks("127.0.0.1", 0)
        assert done == [1]

    def test_refuse_pages_that_were_not_built(self, monkeypatch):
        monkeypatch.setattr(web, "BUILT", Path("/nowhere"))
        assert refusal().code is Fault.WEB_NOT_BUILT


def test_a_real_home_is_held_to_warnings_and_a_demo_to_errors(monkeypatch):
    from django.core import checks

    asked = []

    def run_checks(**options):
        asked.append(options["include_deployment_checks"])
        return [checks.Warning("over http", id="security.W004"), checks.Warning("is silenced", id="security.W008")]

    monkeypatch.setattr(checks, "run_checks", run_checks)
    serving._django_checks(deploy=False)
    with pytest.raises(Misconfigured) as refused:
        serving._django_checks(deploy=True)
    assert refused.value.facts == {"messages": "security.W004 over http"}
    assert asked == [False, True]


def test_waiting_for_processes_takes_no_longer_than_they_do(posing):
    child = posing("server")
    begun = time.monotonic()
    assert serving.end([psutil.Process(child.pid)])
    assert time.monotonic() - begun < 5
