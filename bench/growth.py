"""What a check-in costs into a full table: into ten thousand rows, then into ten million."""

from collections.abc import Callable

import psycopg

from bench import limit
from bench.checkin import MOST, drive
from bench.scratch import Home, scratch_home

CONNECTIONS = 32
TURN_S = 5.0
TURNS = 3
ROWS = (10_000, 10_000_000)
CHUNK = 500_000
# rows of passes and checkpoints that are nobody's, but in the same campaign and so in the same indexes
FILL = f"""insert into checkin_item ({limit.NAMES})
select %s, gen_random_uuid(), number %% 60, -number, 7, {limit.ROW.split("7,", 1)[1]}
from generate_series(%s::bigint, %s::bigint) as number"""


def measure(*, rows: tuple[int, int] = ROWS, told: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """Rates at both sizes, and how many times dearer a check-in is at the larger, beside PostgreSQL's own."""
    with scratch_home() as home:
        home.serve()
        limit.prepare(home.url)
        drive(home, home.bodies(400, 50), connections=8, seconds=30)
        found = []
        for size in rows:
            told(f"filling up to {size} rows")
            _fill(home, size)
            found.append(_best(home))
            told(f"{size} rows: {found[-1]['rate']:.0f}/s")
    small, large = found
    return {
        "rows": dict(zip(map(str, rows), found, strict=True)),
        "cost": round(small["rate"] / large["rate"], 3),
        "cost_beside_limit": round(small["ratio"] / large["ratio"], 3),
    }


def _fill(home: Home, size: int) -> None:
    with psycopg.connect(home.url, autocommit=True) as connection:
        row = connection.execute("select count(*) from checkin_item where pass_id < 0").fetchone()
        have = row[0] if row else 0
        for first in range(have + 1, size + 1, CHUNK):
            connection.execute(FILL, [home.walk.campaign, first, min(first + CHUNK - 1, size)])
        connection.execute("vacuum analyze checkin_item")
        connection.execute("checkpoint")


def _best(home: Home) -> dict[str, float]:
    """The best of some turns: what others do on the machine only ever makes it slower."""
    best: dict[str, float] = {"rate": 0.0}
    for _ in range(TURNS):
        alone = limit.measure(home.url, connections=CONNECTIONS, rows=1, seconds=TURN_S)
        bodies = home.bodies(int(MOST[1] * TURN_S), 1)
        ours = drive(home, bodies, connections=CONNECTIONS, seconds=TURN_S)
        rate = ours["accepted"] / ours["seconds"]
        turn = {"rate": round(rate), "limit": round(alone.rate), "ratio": rate / alone.rate, "p99_ms": ours["p99_ms"]}
        best = max(best, turn, key=lambda each: each["rate"])
    return best
