"""How long four workbooks of about 56,000 rows take to become firms, and how well, beside what else links lists.

Each way runs in a process of its own, so that its memory is its own too; reading the workbooks counts for Zuji alone,
the others are given the rows. Zuji runs twice: to clusters of rows, as the others do, and through the store to firms
with their history, cards and answers.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.linkage.lists import write_lists, write_workbooks
from bench.linkage.others import by_rapidfuzz, by_splink, exact
from bench.linkage.quality import answered, quality
from bench.taking import database_s, scratch_store, take_in
from zuji.register.linking import Key, Record, link
from zuji.register.reading import read_list

FIRMS, QUICK_FIRMS, SEED = 24_000, 2_000, 1
CHECKOUT = Path(__file__).resolve().parents[1]
OTHERS: dict[str, Callable[[Sequence[Record]], list[list[Key]]]] = {
    "exact": exact,
    "rapidfuzz": by_rapidfuzz,
    "splink": by_splink,
}


def measure(*, quick: bool = False, told: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """Seconds, those of processors, peak MiB, F1, precision, recall and false merges of each way, and how many times
    theirs ours takes of processors.

    `load` is what the machine did at the end for each of its cores: above one, others took their part.
    """
    firms = QUICK_FIRMS if quick else FIRMS
    found: dict[str, dict[str, float]] = {}
    for way in ("zuji", "register", *OTHERS):
        told(way)
        words = [sys.executable, "-m", "bench.register", way, str(firms)]
        done = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        found[way] = json.loads(done.stdout.splitlines()[-1])
    ratios = {way: found["zuji"]["cpu_s"] / found[way]["cpu_s"] for way in OTHERS}
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    return {"rows": found["zuji"]["rows"], "load": load, "ways": found, "ratios": ratios}


def run(way: str, firms: int) -> dict[str, float]:
    """One way over the lists, in this process."""
    own = {"zuji": _zuji, "register": _register}
    return own[way](firms) if way in own else _other(way, firms)


def _zuji(firms: int) -> dict[str, float]:
    lists = write_lists(SEED, firms)
    with tempfile.TemporaryDirectory() as folder:
        files = write_workbooks(lists, Path(folder))
        watch = Watch()
        records = [
            Record(file.stem, row.number, row.fields)
            for file in files
            for row in read_list(file.read_bytes(), file=file.name).rows()
        ]
        read = watch.read()["seconds"]
    linked = link(records)
    took = watch.read()
    asked = quality(answered(linked.clusters, linked.doubts, lists.truth), lists.truth)
    more = {"read_s": read, "asked_share": len(linked.doubts) / len(records), "f1_asked": asked.f1}
    return took | _found(linked.clusters, lists.truth) | more


def _register(firms: int) -> dict[str, float]:
    lists = write_lists(SEED, firms)
    with scratch_store() as folder:
        files = write_workbooks(lists, folder)
        watch = Watch()
        taken = take_in(files)
        took = watch.read()
        took["cpu_s"] += database_s()
    steps = {"staged_s": taken.staged_s, "taken_s": taken.taken_s}
    return took | _found(taken.clusters, lists.truth) | steps


def _other(way: str, firms: int) -> dict[str, float]:
    lists = write_lists(SEED, firms)
    watch = Watch()
    clusters = OTHERS[way](lists.records)
    return watch.read() | _found(clusters, lists.truth)


class Watch:
    """Seconds from its making, and how many of them processors worked for this process: on a busy machine fewer."""

    def __init__(self) -> None:
        self._began, self._worked = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        return {"seconds": time.perf_counter() - self._began, "cpu_s": time.process_time() - self._worked}


def _found(clusters: list[list[Key]], truth: dict[Key, int]) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": len(truth), "peak_mib": peak, **quality(clusters, truth)._asdict()}


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]))))
