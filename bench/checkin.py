"""Check-ins a second, beside what PostgreSQL alone takes: in turns, in one run, server and load apart."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

from bench import limit
from bench.scratch import Home, scratch_home

SINGLE = (1, 8, 32, 128)
BATCH = (1, 8, 32)
ITEMS = 50
# rather more than a turn can use up, in items a second
MOST = {1: 22_000, ITEMS: 60_000}
TURN_S = {True: 1.0, False: 4.0}
ROUNDS = {True: 2, False: 3}
WARM_REQUESTS = 400


class Turn(NamedTuple):
    """One turn: items a second of ours and of PostgreSQL alone, and our latencies in milliseconds."""

    rate: float
    limit: float
    p50_ms: float
    p99_ms: float


def measure(*, quick: bool, workers: int = 1, told: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """Everything but growth and watchers. `told` hears of each turn."""
    turns: dict[tuple[str, int], list[Turn]] = {}
    with scratch_home() as home:
        home.serve(workers)
        limit.prepare(home.url)
        drive(home, home.bodies(WARM_REQUESTS, ITEMS), connections=8, seconds=30)
        for _ in range(ROUNDS[quick]):
            for name, items, connections in _plan():
                turn = _turn(home, items, connections, TURN_S[quick])
                turns.setdefault((name, connections), []).append(turn)
                told(f"{name} {connections}: {turn.rate:.0f}/s of {turn.limit:.0f}/s, p99 {turn.p99_ms:.0f} ms")
    result: dict[str, dict[str, object]] = {"single": {}, "batch50": {}}
    for (name, connections), found in turns.items():
        result[name][str(connections)] = _summary(found)
    return {**result, "workers": workers, "quick": quick}


def _plan() -> list[tuple[str, int, int]]:
    return [("single", 1, each) for each in SINGLE] + [("batch50", ITEMS, each) for each in BATCH]


def _turn(home: Home, items: int, connections: int, seconds: float) -> Turn:
    alone = limit.measure(home.url, connections=connections, rows=items, seconds=seconds)
    bodies = home.bodies(int(MOST[items] * seconds) // items + connections, items)
    ours = drive(home, bodies, connections=connections, seconds=seconds)
    return Turn(ours["accepted"] / ours["seconds"], alone.rate, ours["p50_ms"], ours["p99_ms"])


def drive(home: Home, bodies: list[bytes], *, connections: int, seconds: float) -> dict[str, float]:
    """One turn of the load generator in a process of its own."""
    file = home.folder / "bodies"
    file.write_bytes(b"\n".join(bodies))
    words = [sys.executable, "-m", "bench.load", str(home.port), str(connections), str(seconds), str(file)]
    done = subprocess.run(words, env=home.environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _summary(turns: list[Turn]) -> dict[str, float]:
    """Medians over the rounds; of the ratio too, turn by turn, since a machine is not always alike."""
    return {
        "rate": round(statistics.median(turn.rate for turn in turns)),
        "limit": round(statistics.median(turn.limit for turn in turns)),
        "ratio": round(statistics.median(turn.rate / turn.limit for turn in turns), 3),
        "p50_ms": round(statistics.median(turn.p50_ms for turn in turns), 2),
        "p99_ms": round(statistics.median(turn.p99_ms for turn in turns), 2),
    }
