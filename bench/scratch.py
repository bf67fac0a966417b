"""A scratch home for measurements: its own PostgreSQL with default durability, a walk, and its server."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
import psycopg

from zuji.checkin import codes
from zuji.checkin.enums import CodeKind
from zuji.project.postgres import Server

CHECKOUT = Path(__file__).resolve().parents[1]
ORGANISATIONS = 43
CHECKPOINTS = 60
START_S = 30.0


class Walk(NamedTuple):
    """Tokens of passes, and a code for each checkpoint, screens and posters in turn."""

    campaign: int
    tokens: list[str]
    codes: list[str]


class Home:
    """A folder with a database and a server; everything goes when it is removed."""

    def __init__(self, *, passes: int = 4000) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zuji-"))
        self.postgres = Server(self.folder / "postgres")
        self.url = self.postgres.start()
        self.port = free_port()
        self.environment = os.environ | {
            "ZUJI_HOME": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "zuji.project.settings",
            "ZUJI_BASE_URL": f"http://127.0.0.1:{self.port}",
            "ZUJI_INTAKE_PER_ADDRESS": "0",
            "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)]),
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self.run("-m", "django", "migrate", "--skip-checks", "--verbosity", "0")
        with psycopg.connect(self.url) as connection:
            self.walk = seed(connection, passes=passes)
        self._used = 0

    def run(self, *words: str) -> str:
        """Run Python in this home to its end."""
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def start(self, workers: int = 1) -> None:
        """Serve, and wait until it answers."""
        words = ["-m", "zuji.project.server", "--port", str(self.port), "--workers", str(workers)]
        with (self.folder / "server.log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, *words], env=self.environment, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
                )
            )
        until = time.monotonic() + START_S
        while time.monotonic() < until and not self._answers():
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return self.post([]).status_code == 400
        except httpx.TransportError:
            return False

    def post(self, items: Sequence[dict[str, object]]) -> httpx.Response:
        """Hand some items in."""
        body = json.dumps({"items": items})
        return httpx.post(f"http://127.0.0.1:{self.port}/api/v1/checkins", content=body, timeout=30, trust_env=False)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End the server and all its workers."""
        for process in self.processes:
            os.killpg(process.pid, number)
            process.wait(20)
        self.processes.clear()

    def remove(self) -> None:
        """End everything and leave nothing."""
        self.stop(signal.SIGKILL)
        self.postgres.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def bodies(self, requests: int, items: int) -> Iterator[bytes]:
        """Request bodies of so many new items each; raises StopIteration's end when the walk is used up."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        for _ in range(requests):
            yield b'{"items":[%b]}' % b",".join(self._item(at) for _ in range(items))

    def _item(self, at: str) -> bytes:
        spot, walker = divmod(self._used, len(self.walk.tokens))
        self._used += 1
        return item(self.walk.tokens[walker], self.walk.codes[spot], at).encode()

    @property
    def left(self) -> int:
        """How many check-ins are still possible."""
        return len(self.walk.tokens) * len(self.walk.codes) - self._used


def item(token: str, code: str, at: str) -> str:
    """One item with a new id and no location refused or vague: as a phone sends it."""
    fix = '{"lat":22.9561,"lon":113.4338,"accuracy":18,"datum":"wgs84"}'
    return f'{{"id":"{new_id()}","pass":"{token}","code":"{code}","at":"{at}","sent":"{at}","fix":{fix}}}'


def new_id() -> str:
    """A UUIDv7 as a phone makes it."""
    raw = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
    digits = f"{raw & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def seed(connection: psycopg.Connection[tuple[object, ...]], *, passes: int) -> Walk:
    """A home with one campaign that is open now."""
    now = datetime.now(UTC)
    today = (now + timedelta(hours=8)).date()
    run = connection.execute
    run("insert into core_home (id, kind, epoch) values (1, 'real', 1) on conflict do nothing")
    [association] = _one(run("insert into core_association (slug, name_zh, name_en, time_zone) values ('bench', '测', 'Bench', 'Asia/Shanghai') returning id"))
    [holder] = _one(run("insert into people_account (password, association_id, username, name, email, language, is_active) values ('', %s, 'bench', 'Bench', '', 'zh-hans', true) returning id", [association]))
    [campaign] = _one(run("insert into checkin_campaign (association_id, slug, name_zh, name_en, opens_on, closes_on, join_by_list) values (%s, 'bench', '测', 'Bench', %s, %s, true) returning id", [association, today - timedelta(days=2), today + timedelta(days=2)]))
    [activity] = _one(run("insert into checkin_activity (campaign_id, name_zh, name_en, held_on, rehearsal) values (%s, '测', 'Bench', %s, false) returning id", [campaign, today]))
    organisations = [
        _one(run("insert into committee_participantorganisation (association_id, name, kind, joins_as, expected, join_code, sort_key, sample) values (%s, %s, 'firm', 'firm_organisation', 10, %s, '', true) returning id", [association, f"Firm {number}", f"{number:06d}"]))[0]
        for number in range(ORGANISATIONS)
    ]
    ready = [_checkpoint(connection, activity, holder, number, now) for number in range(1, CHECKPOINTS + 1)]
    tokens = [secrets.token_bytes(16) for _ in range(passes)]
    with connection.cursor().copy("copy checkin_pass (campaign_id, organisation_id, token, \"group\", joined_at, on_the_spot) from stdin") as copy:
        for number, token in enumerate(tokens):
            copy.write_row([campaign, organisations[number % ORGANISATIONS], token, "", now, False])
    run("analyze")
    texts = [urlsafe_b64encode(token).rstrip(b"=").decode() for token in tokens]
    assert isinstance(campaign, int)
    return Walk(campaign, texts, ready)


def _checkpoint(connection: psycopg.Connection[tuple[object, ...]], activity: object, holder: object, number: int, now: datetime) -> str:
    key, window = secrets.token_bytes(32), (now - timedelta(days=1), now + timedelta(days=1))
    values = [activity, number, *window, 22.9564, 113.4334, key]
    [spot] = _one(connection.execute("insert into checkin_checkpoint (activity_id, \"order\", name_zh, name_en, opens_at, closes_at, lat, lon, radius_m, coord_status, key) values (%s, %s, '点', 'Spot', %s, %s, %s, %s, 150, 'confirmed', %s) returning id", values))
    kind = CodeKind.SCREEN if number % 2 else CodeKind.POSTER
    day = (now + timedelta(hours=8)).date() if kind is CodeKind.SCREEN else None
    connection.execute("insert into checkin_codeserial (checkpoint_id, kind, serial, day, holder_id, issued_at) values (%s, %s, 1, %s, %s, %s)", [spot, kind, day, holder, now])
    step = codes.step_at(now.timestamp()) if kind is CodeKind.SCREEN else 0
    assert isinstance(spot, int)
    return codes.build(spot, kind, 1, step, key=codes.serial_key(key, kind, 1))


def _one(cursor: psycopg.Cursor[tuple[object, ...]]) -> tuple[object, ...]:
    row = cursor.fetchone()
    assert row is not None
    return row


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def scratch_home(*, passes: int = 4000) -> Iterator[Home]:
    """A home for one measurement."""
    home = Home(passes=passes)
    try:
        yield home
    finally:
        home.remove()
