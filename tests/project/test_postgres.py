import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest

from zuji.project import programs
from zuji.project.errors import Fault, Misconfigured
from zuji.project.postgres import Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own, whose parents are closed to the user that a server must run as."""
    path = Path(tempfile.mkdtemp(prefix="zuji-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    server = Server(folder, durable=False)
    yield server
    server.remove()


def value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()[0]


def test_a_started_server_answers_at_its_url(server):
    assert not server.running()
    url = server.start()
    assert server.running()
    assert value(url, "select current_database()") == "zuji"


def test_starting_a_running_server_changes_nothing(server):
    url = server.start()
    pid = server.pid()
    assert server.start() == url
    assert server.pid() == pid


def test_another_object_for_the_same_folder_finds_the_server(server):
    url = server.start()
    assert Server(server.folder).running()
    assert Server(server.folder).url == url


def test_many_commands_that_start_it_at_once_get_one_server(folder):
    servers = [Server(folder, durable=False) for _ in range(4)]
    try:
        with ThreadPoolExecutor(4) as pool:
            urls = set(pool.map(Server.start, servers))
        assert len(urls) == 1
        assert len({server.pid() for server in servers}) == 1
    finally:
        servers[0].remove()


def test_the_server_outlives_the_process_that_started_it(server):
    code = "import sys, pathlib; from zuji.project.postgres import Server; Server(pathlib.Path(sys.argv[1])).start()"
    subprocess.run([sys.executable, "-c", code, str(server.folder)], check=True)
    assert server.running()


def test_committed_rows_survive_a_killed_server(folder):
    server = Server(folder)
    try:
        with psycopg.connect(server.start()) as connection:
            connection.execute("create table kept as select generate_series(1, 1000) as number")
        os.kill(server.pid(), 9)
        assert value(server.start(), "select count(*) from kept") == 1000
    finally:
        server.remove()


def test_committed_rows_survive_an_immediate_stop(folder):
    server = Server(folder)
    try:
        with psycopg.connect(server.start()) as connection:
            connection.execute("create table kept as select 1 as number")
        server.stop("immediate")
        assert not server.running()
        assert value(server.start(), "select count(*) from kept") == 1
    finally:
        server.remove()


def test_a_scratch_server_does_not_wait_for_the_disk_and_a_real_one_does(server, folder):
    assert value(server.start(), "show fsync") == "off"
    server.stop()
    assert value(Server(folder).start(), "show fsync") == "on"


def test_a_stale_pid_file_that_names_a_living_stranger_is_no_obstacle(server):
    server.start()
    stale = server._pid_file.read_text()
    server.stop()
    server._pid_file.write_text(stale.replace(stale.split("\n")[0], str(os.getpid()), 1))
    assert value(server.start(), "select 1") == 1


def test_a_stale_pid_file_that_names_a_zombie_is_no_obstacle(server):
    server.start()
    stale = server._pid_file.read_text()
    server.stop()
    child = subprocess.Popen(["true"])
    while psutil.Process(child.pid).status() != psutil.STATUS_ZOMBIE:
        pass
    server._pid_file.write_text(stale.replace(stale.split("\n")[0], str(child.pid), 1))
    assert value(server.start(), "select 1") == 1
    child.wait()


def test_an_unreadable_pid_file_is_no_pid(server):
    server.start()
    server.stop()
    server._pid_file.write_text("rubbish")
    assert server.pid() is None
    assert not server.running()


def test_an_interrupted_initdb_is_begun_again(server, folder):
    (folder / "data.new").mkdir()
    (folder / "data.new" / "PG_VERSION").write_text("18")
    assert value(server.start(), "select 1") == 1


def test_chinese_text_is_kept_and_ordered_by_code_point_whatever_the_terminals_locale(server, monkeypatch):
    monkeypatch.setenv("LC_ALL", "xx_XX.UTF-8")
    monkeypatch.setenv("PGPORT", "1")
    url = server.start()
    assert value(url, "select max(t) from (values ('松露小学'), ('甲')) v(t)") == "甲"
    assert value(url, "select upper('é')") == "É"


def test_only_the_owner_of_the_home_reaches_the_socket(server):
    server.start()
    assert server._socket_folder.stat().st_mode & 0o777 == 0o700
    assert value(server.url, "show listen_addresses") == ""


def test_a_path_that_is_too_long_for_a_socket_gets_a_short_one(folder):
    server = Server(folder / ("x" * 90), durable=False)
    try:
        assert value(server.start(), "select 1") == 1
        assert not server._socket_folder.is_relative_to(folder)
        short = server._socket_folder
        server.stop()
        server.start()
        assert server._socket_folder == short
    finally:
        server.remove()
    assert not short.exists()


@as_root
def test_root_never_runs_the_server_itself(server):
    server.start()
    assert psutil.Process(server.pid()).username() in programs.USERS


@as_root
def test_data_go_elsewhere_when_roots_folder_is_closed_to_the_servers_user(folder):
    folder.chmod(0o700)
    server = Server(folder / "var" / "postgres", durable=False)
    try:
        assert value(server.start(), "select 1") == 1
        elsewhere = Path((server.folder / "moved-to").read_text())
        assert elsewhere.is_relative_to(programs.STATE_OF_SYSTEM)
        assert folder.stat().st_mode & 0o777 == 0o700
        server.stop()
        assert value(Server(server.folder, durable=False).start(), "select 1") == 1
    finally:
        server.remove()
    assert not elsewhere.exists()


def test_stopping_or_removing_what_never_ran_is_no_error(folder):
    server = Server(folder / "absent")
    server.stop()
    server.remove()
    assert not server.folder.exists()


def test_removing_leaves_neither_process_nor_files(folder):
    server = Server(folder, durable=False)
    server.start()
    pid = server.pid()
    server.remove()
    assert not folder.exists()
    # Where PID 1 is lazy, the dead server stays as a zombie.
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_data_of_another_version_are_refused_rather_than_opened(server):
    server.start()
    server.stop()
    (server._data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Misconfigured) as refused:
        Server(server.folder).start()
    assert refused.value.code is Fault.POSTGRES_OTHER_VERSION
    assert refused.value.facts["major"] == 9


def test_a_server_that_cannot_start_says_what_its_log_said_last(server, monkeypatch):
    server.start()
    server.stop()
    monkeypatch.setattr("zuji.project.postgres.TRIES", 1)
    (server._data / "postgresql.conf").write_text("nonsense\n")
    with pytest.raises(Misconfigured) as refused:
        server.start()
    assert refused.value.code is Fault.POSTGRES_FAILED
    assert "configuration file" in str(refused.value.facts["detail"])
