"""What PostgreSQL alone takes: pgbench inserting rows of an item's shape, one or fifty at a time."""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import psycopg

from zuji.project.programs import find

TABLE = "bench_limit"
# the columns of checkin_item and its two unique keys, but neither its triggers nor its neighbours
SHAPE = f"""create table {TABLE} (like checkin_item including defaults);
alter table {TABLE} add primary key (campaign_id, id);
create unique index on {TABLE} (campaign_id, pass_id, checkpoint_id)
where outcome = 'accepted' and first_id is null"""
ROW = """1, gen_random_uuid(), (random() * 1000)::bigint, (random() * 1e15)::bigint, 7, 'accepted', '', null,
decode('000102030405060708090a0b0c0d0e0f', 'hex'), 'screen', 1, 108484177, 1, now(), now(), current_date, 'A', false,
'',
'inside', 'to_50', 'to_20', null, decode('000102030405060708090a0b0c0d0e0f', 'hex'), 1, 1"""
NAMES = """campaign_id, id, checkpoint_id, pass_id, organisation_id, outcome, code, first_id, digest, evidence, serial,
step, seats, at, received_at, local_date, grade, late, reasons, fence, distance_band, accuracy_band, steward_id, salt,
batch_id, leaf_index"""


class Limit(NamedTuple):
    """Rows a second, and the mean latency of a transaction in milliseconds."""

    rate: float
    mean_ms: float


def prepare(url: str) -> None:
    """Make the table anew."""
    with psycopg.connect(url) as connection:
        connection.execute(f"drop table if exists {TABLE}")
        for statement in SHAPE.split(";"):
            connection.execute(statement)


def measure(url: str, *, connections: int, rows: int, seconds: float) -> Limit:
    """One turn of pgbench with prepared statements."""
    source = f"select {ROW}" if rows == 1 else f"select {ROW} from generate_series(1, {rows})"
    script = f"insert into {TABLE} ({NAMES}) {source};\n"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        Path(file.name).write_text(script)
        words = ["-n", "-M", "prepared", "-f", file.name, "-c", str(connections), "-j", "1", "-T", str(round(seconds))]
        done = subprocess.run([find()["pgbench"], *words, url], capture_output=True, text=True, check=True)
    rate = float(re.search(r"tps = ([0-9.]+)", done.stdout)[1])  # type: ignore[index]  # pgbench always says it
    return Limit(rate * rows, 1000 * connections / rate)
