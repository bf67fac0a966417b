"""How soon a wall shows an acknowledged check-in with 200,000 behind it, and what its frames cost."""

import re
import select
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import islice

import psutil
import psycopg

from bench.limit import NAMES, ROW
from bench.load import Connection, http_request
from bench.scratch import Home, scratch_home
from bench.seed import Walk
from bench.watchers import Watcher

PASSES, WALKING, DOORS, SITES = 40_000, 33_500, 6, 3
"""Enough that the first ones at every door make 200,000 check-ins, and that some are left to come."""
TURNS, PAUSE_S = 40, 0.9
FLOOD, FLOOD_PAUSE_S = 2_000, 0.005
SETTLE_S, PATIENCE_S = 20.0, 5.0
LIMIT_S = 1.0
TIMES = re.compile(rb'"times":(\d+)')
PLAIN = "select count(*) from checkin_item where campaign_id = %s and outcome = 'accepted'"
ITEMS = f"""insert into checkin_item ({NAMES})
select campaign_id, gen_random_uuid(), %s, id, organisation_id, {ROW.split("7,", 1)[1]}
from checkin_pass where campaign_id = %s order by id limit {WALKING}"""
CELLS = """insert into checkin_matrixcell
(organisation_id, checkpoint_id, delivered, grade_a, grade_b, grade_c, grade_d, late, seats, last_at, last_received)
select organisation_id, checkpoint_id, count(*), count(*), 0, 0, 0, 0, 0, max(at), max(received_at)
from checkin_item group by 1, 2"""
TRAIL = """insert into trail_trail (activity_id, name_zh, name_en, sample, opened_at)
values (%s, '路线', 'Trail', true, now()) returning id"""
SITE = """insert into trail_site (association_id, code, name_zh, name_en, sample, short_zh, seal, town, address,
about_zh, about_en) values (%s, %s, '站', 'Site', true, '站', '遗址', '', '', '', '') returning id"""
STOP = 'insert into trail_stop (trail_id, site_id, "order") values (%s, %s, %s) returning id'
PLACE = "insert into trail_stopcheckpoint (stop_id, checkpoint_id) values (%s, %s)"

Turn = dict[str, float]


class WallWatcher(Watcher):
    """One wall, the check-ins that its last frame told of, and how many frames came."""

    stream = "wall"
    frames = 0

    def take(self, frame: bytes) -> None:
        """Note what the last frame says."""
        if times := TIMES.findall(frame):
            self.seen, self.frames = int(times[-1]), self.frames + 1


def measure(*, told: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """Seconds from a phone's acknowledgement to the frame that counts it, one by one and in a flood; CPU of frames."""
    with scratch_home(passes=PASSES) as home:
        behind = _fill(home)
        plain_s = _plain(home)
        told(f"{behind} check-ins behind; counting them takes {plain_s:.4f} s")
        home.serve()
        bodies = _bodies(home)
        alone = _turn(home, list(islice(bodies, TURNS)), PAUSE_S, None)
        watcher = _watch(home)
        single = _turn(home, list(islice(bodies, TURNS)), PAUSE_S, watcher)
        told(f"one by one: {single}")
        flood = _turn(home, list(islice(bodies, FLOOD)), FLOOD_PAUSE_S, watcher)
        told(f"in a flood: {flood}")
    return {
        "behind": behind,
        "plain_s": plain_s,
        "single": single,
        "flood": flood,
        "cpu_a_frame_s": round(max(0.0, single["cpu_s"] - alone["cpu_s"]) / single["frames"], 4),
        "beside_plain": round(single["p50_s"] / plain_s, 2),
        "within_limit": all(turn["p99_s"] <= LIMIT_S and not turn["not_seen"] for turn in (single, flood)),
    }


def _fill(home: Home) -> int:
    """Make the walk a real one, give it a trail, and send most of its passes along all of it."""
    campaign = home.walk.campaign
    with psycopg.connect(home.url, autocommit=True) as connection:

        def one(statement: str, *values: object) -> int:
            row = connection.execute(statement, values).fetchone()
            return int(row[0]) if row else 0

        activity = one("update checkin_activity set rehearsal = false where campaign_id = %s returning id", campaign)
        association = one("select association_id from checkin_campaign where id = %s", campaign)
        doors = connection.execute(
            'select id from checkin_checkpoint where activity_id = %s order by "order" limit %s', [activity, DOORS]
        ).fetchall()
        trail = one(TRAIL, activity)
        for number in range(SITES):
            stop = one(STOP, trail, one(SITE, association, f"B{number}"), number + 1)
            for (door,) in doors[number * DOORS // SITES : (number + 1) * DOORS // SITES]:
                connection.execute(PLACE, [stop, door])
        for (door,) in doors:
            connection.execute(ITEMS, [door, campaign])
        connection.execute(CELLS)
        connection.execute("vacuum analyze")
        return one("select count(*) from checkin_item")


def _plain(home: Home) -> float:
    """How long PostgreSQL takes to count what is behind."""
    found = []
    with psycopg.connect(home.url, autocommit=True) as connection:
        for _ in range(9):
            began = time.perf_counter()
            connection.execute(PLAIN, [home.walk.campaign]).fetchone()
            found.append(time.perf_counter() - began)
    return round(statistics.median(found), 5)


def _bodies(home: Home) -> Iterator[bytes]:
    """Requests of one check-in each, of passes that have not been anywhere, one organisation after the other."""
    walk = home.walk
    left = Walk(walk.campaign, walk.tokens[WALKING:], walk.codes[:DOORS], walk.now)
    return (f'{{"items":[{item}]}}'.encode() for item in left.items())


def _watch(home: Home) -> WallWatcher:
    """A wall that has its first frames and now waits for check-ins."""
    watcher, until = WallWatcher(home), time.monotonic() + SETTLE_S
    while time.monotonic() < until and watcher.frames < 2:
        _read(watcher, 0.2)
    return watcher


def _read(watcher: WallWatcher, seconds: float) -> None:
    if select.select([watcher.socket], [], [], seconds)[0]:
        watcher.read()


def _turn(home: Home, bodies: list[bytes], pause_s: float, watcher: WallWatcher | None) -> Turn:
    """Hand check-ins in one after the other; how soon the wall showed each, and what all processes of the home took."""
    phone = Connection(home.port)
    acknowledged: list[float] = []
    delays: list[float] = []
    before = watcher.seen if watcher else 0
    frames, cpu, began = watcher.frames if watcher else 0, _cpu_s(home), time.monotonic()
    due, last = began, began + len(bodies) * pause_s * 4 + PATIENCE_S
    waiting = list(reversed(bodies))
    while time.monotonic() < last and (waiting or (watcher and len(delays) < len(bodies))):
        if waiting and time.monotonic() >= due:
            phone.ask(http_request(waiting.pop(), home.port))
            acknowledged.append(time.monotonic())
            due += pause_s
        if watcher is None:
            time.sleep(max(0.0, due - time.monotonic()))
            continue
        _read(watcher, max(0.0, min(0.05, due - time.monotonic())))
        now = time.monotonic()
        delays += [now - then for then in acknowledged[len(delays) : watcher.seen - before]]
    seconds, cpu = time.monotonic() - began, _cpu_s(home) - cpu
    made = (watcher.frames - frames) if watcher else 0
    ordered = sorted(delays) or [0.0]
    p50, p99 = (round(ordered[len(ordered) * part // 100], 4) for part in (50, 99))
    missing = len(bodies) - len(delays) if watcher else 0
    took = {"seconds": round(seconds, 2), "cpu_s": round(cpu, 3), "frames": made}
    return {"checkins": len(bodies), "not_seen": missing, "p50_s": p50, "p99_s": p99, **took}


def _cpu_s(home: Home) -> float:
    """CPU seconds of the server and of PostgreSQL so far, ended processes included."""
    numbers = [home.postgres.pid(), home.server.pid if home.server else None]
    roots = [psutil.Process(number) for number in numbers if number]
    return sum(_sum(process) for root in roots for process in (root, *root.children(recursive=True)))


def _sum(process: psutil.Process) -> float:
    try:
        return sum(process.cpu_times()[:4])
    except psutil.NoSuchProcess:
        return 0.0
