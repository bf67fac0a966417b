"""An embedded PostgreSQL server: started by us, independent of us, and found again after a crash."""

import fcntl
import os
import pwd
import shlex
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from zuji.project import programs
from zuji.project.errors import Fault, Misconfigured

NAME = "zuji"  # of the database and of its owner
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 100
TRIES, PAUSE_S = 20, 0.5
SETTINGS = {"listen_addresses": "", "max_connections": 200, "shared_buffers": "256MB", "timezone": "UTC"}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

StopMode = Literal["smart", "fast", "immediate"]


class Server:
    """One server in one folder, reached by a socket only.

    `durable=False` trades safety for speed and is for tests. Where root's folder is closed to the unprivileged user
    that the server must run as, the data go to the system's state folder and a file `moved-to` says where.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.durable = durable

    @property
    def url(self) -> str:
        """Where the server answers, or will once it is started."""
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self._socket_folder), safe='')}&port=5432"

    def start(self) -> str:
        """Make sure that it runs, through stale pid files and a crash's leftovers; returns its URL."""
        with self._alone():
            if not self.running():
                self._settle()
                if not self._data.exists():
                    self._initialise()
                self._bring_up()
            self._make_database()
        return self.url

    def stop(self, mode: StopMode = "fast") -> None:
        """End the server if it runs; `immediate` leaves it as a power cut would."""
        if not self.folder.exists():
            return
        with self._alone():
            if self._alive():
                self._control("stop", "-m", mode)

    def remove(self) -> None:
        """End the server and delete its data, wherever they were put."""
        self.stop("immediate")
        for path in (self._socket_folder, self._place, self.folder):
            shutil.rmtree(path, ignore_errors=True)

    def running(self) -> bool:
        """Whether it takes connections now."""
        return self._data.exists() and self._ask_ready()

    def pid(self) -> int | None:
        """The postmaster's process id by its pid file, which may be stale."""
        try:
            return int(self._pid_file.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    @cached_property
    def _user(self) -> pwd.struct_passwd | None:
        return programs.owner()

    @cached_property
    def _programs(self) -> programs.Programs:
        version = self._data / "PG_VERSION"
        major = int(version.read_text()) if version.exists() else None
        return programs.reachable(programs.find(major), self._user)

    @property
    def _place(self) -> Path:
        return _read_path(self.folder / "moved-to") or self.folder

    @property
    def _data(self) -> Path:
        return self._place / "data"

    @property
    def _pid_file(self) -> Path:
        return self._data / "postmaster.pid"

    @property
    def _socket_folder(self) -> Path:
        return _read_path(self._place / "socket-at") or self._place / "socket"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two commands of one home may want its server at the same time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _settle(self) -> None:
        """Give the server's user a folder of its own, and the socket a path that is short enough."""
        _hand_over(self.folder, self._user)
        if not programs.reaches(self._user, self._place, "w"):
            programs.STATE_OF_SYSTEM.mkdir(parents=True, exist_ok=True)
            elsewhere = Path(mkdtemp(prefix="home-", dir=programs.STATE_OF_SYSTEM))
            _hand_over(elsewhere, self._user)
            (self.folder / "moved-to").write_bytes(os.fsencode(elsewhere))
        if len(os.fsencode(self._place / "socket" / SOCKET)) > SOCKET_PATH_LIMIT and not self._socket_folder.exists():
            (self._place / "socket-at").write_bytes(mkdtemp(prefix="zuji-", dir="/tmp").encode())
        self._socket_folder.mkdir(exist_ok=True)
        _hand_over(self._socket_folder, self._user)

    def _initialise(self) -> None:
        # Made beside and renamed, so that an interrupted initdb is never taken for data.
        fresh = self._place / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        # The wheel is built without ICU and its own C.UTF-8 needs no locale of the system; Debian's 15 has it not.
        builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        locale = builtin if self._programs.major >= 17 else ["--locale=C.UTF-8"]
        options = ["-U", NAME, "--auth=trust", "--encoding=UTF8", *locale, *([] if self.durable else ["--no-sync"])]
        done = programs.run([self._programs["initdb"], "-D", str(fresh), *options], self._user)
        if done.returncode:
            raise Misconfigured(Fault.POSTGRES_FAILED, detail=done.stderr.strip(), log=self._place)
        fresh.rename(self._data)

    def _bring_up(self) -> None:
        """Start it; a dead server's children and socket lock may linger for some seconds, hence the tries."""
        for _ in range(TRIES):
            if not self._alive():
                self._pid_file.unlink(missing_ok=True)
                self._control("start", "-l", str(self._log), "-o", self._options())
            if self.running():
                return
            time.sleep(PAUSE_S)
        raise Misconfigured(Fault.POSTGRES_FAILED, detail=_tail(self._log), log=self._log)

    @property
    def _log(self) -> Path:
        return self._place / "log"

    def _options(self) -> str:
        values = SETTINGS | ({} if self.durable else CARELESS) | {"unix_socket_directories": self._socket_folder}
        return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in values.items())

    def _control(self, *words: str) -> None:
        programs.run([self._programs["pg_ctl"], "-D", str(self._data), "-w", "-t", "300", *words], self._user)

    def _ask_ready(self) -> bool:
        asked = [self._programs["pg_isready"], "-q", "-h", str(self._socket_folder), "-d", "postgres", "-U", NAME]
        return programs.run(asked, self._user).returncode == 0

    def _alive(self) -> bool:
        """Whether the pid file names a living postmaster of this folder: neither a zombie nor a reused number."""
        try:
            return str(self._data) in psutil.Process(self.pid() or 0).cmdline()
        except psutil.Error:
            return False

    def _make_database(self) -> None:
        maintenance = psycopg.conninfo.make_conninfo(self.url, dbname="postgres")
        with psycopg.connect(maintenance, autocommit=True) as connection:
            if not connection.execute("select from pg_database where datname = %s", [NAME]).fetchall():
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(NAME)))


def _read_path(file: Path) -> Path | None:
    return Path(os.fsdecode(file.read_bytes())) if file.exists() else None


def _hand_over(folder: Path, user: pwd.struct_passwd | None) -> None:
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def _tail(file: Path, lines: int = 5) -> str:
    return "\n".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]) if file.exists() else ""
