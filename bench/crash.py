"""The crash test: the server is killed and PostgreSQL stopped at once, under load, again and again.

Afterwards every acknowledged item is there once, every other can be sent again, the log and the matrix are sound.
"""

import json
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from uuid import UUID

import psycopg

from bench.load import Connection, http_request
from bench.scratch import Home, scratch_home

SENDERS = 12
ITEMS_MOST = 8
FINAL = {"accepted", "already"}
BETWEEN_S = (0.3, 1.2)


class Sender(threading.Thread):
    """A phone that sends one body after another, and sends again whatever was not acknowledged, later on."""

    def __init__(self, home: Home, bodies: "SimpleQueue[bytes]", ending: threading.Event) -> None:
        super().__init__(daemon=True)
        self._home, self._bodies, self._ending = home, bodies, ending
        self._connection: Connection | None = None
        self.acknowledged: list[str] = []
        self.unacknowledged: list[bytes] = []

    def run(self) -> None:
        """Until told to end."""
        while not self._ending.is_set():
            try:
                body = self._bodies.get_nowait()
            except Empty:
                return
            if not self._send(body):
                self.unacknowledged.append(body)
                time.sleep(0.05)

    def _send(self, body: bytes) -> bool:
        try:
            self._connection = self._connection or Connection(self._home.port)
            response = self._connection.ask(http_request(body, self._home.port))
        except OSError:
            self._connection = None
            return False
        if response.status != 200:
            return False
        answers = json.loads(response.body)["items"]
        self.acknowledged += [answer["id"] for answer in answers if answer["outcome"] in FINAL]
        return all(answer["outcome"] in FINAL for answer in answers)


def measure(*, kills: int = 20, stops: int = 5, told: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """Run it; `sound` is whether everything held."""
    with scratch_home() as home:
        home.serve()
        bodies: SimpleQueue[bytes] = SimpleQueue()
        for _ in range(150_000 // ITEMS_MOST):
            bodies.put(home.bodies(1, random.randint(1, ITEMS_MOST))[0])
        ending = threading.Event()
        senders = [Sender(home, bodies, ending) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        _disturb(home, kills, stops, told)
        ending.set()
        for sender in senders:
            sender.join()
        acknowledged = [key for sender in senders for key in sender.acknowledged]
        unacknowledged = [body for sender in senders for body in sender.unacknowledged]
        report = _check(home, acknowledged, unacknowledged)
    return {"kills": kills, "stops": stops, **report}


def _disturb(home: Home, kills: int, stops: int, told: Callable[[str], None]) -> None:
    blows = ["kill"] * kills + ["stop"] * stops
    random.shuffle(blows)
    for number, blow in enumerate(blows, 1):
        time.sleep(random.uniform(*BETWEEN_S))
        if blow == "kill":
            home.stop(signal.SIGKILL)
            home.serve()
        else:
            home.postgres.stop("immediate")
            home.postgres.start()
            while not home.answers():
                time.sleep(0.05)
        told(f"{number} of {len(blows)}: {blow}")
    time.sleep(BETWEEN_S[1])


def _check(home: Home, acknowledged: list[str], unacknowledged: list[bytes]) -> dict[str, object]:
    before = _stored(home)
    lost = set(acknowledged) - before
    again = Connection(home.port)
    refused = 0
    for body in unacknowledged:
        answers = json.loads(again.ask(http_request(body, home.port)).body)["items"]
        refused += sum(answer["outcome"] not in FINAL for answer in answers)
    sent = {item["id"] for body in unacknowledged for item in json.loads(body)["items"]}
    proof = json.loads(home.run("-m", "bench.crash", str(home.walk.campaign)))
    missing = sent - _stored(home)
    sound = not (lost or refused or missing or proof["faults"] or proof["miscounted"] or proof["doubled"])
    counts = {"acknowledged": len(set(acknowledged)), "lost": len(lost)}
    resent = {"resent": len(sent), "there_before": len(sent & before), "refused": refused, "missing": len(missing)}
    return {**counts, **resent, **proof, "sound": sound}


def _stored(home: Home) -> set[str]:
    with psycopg.connect(home.url) as connection:
        return {str(UUID(str(key))) for (key,) in connection.execute("select id from checkin_item")}


def prove(campaign: int) -> dict[str, int]:
    """What the home says of itself; Django is set up."""
    from django.db.models import Count

    from zuji.checkin import proving, queries
    from zuji.checkin.models import Item

    log = proving.check_log()
    accepted = Item.objects.filter(campaign=campaign, outcome="accepted").values("pass_id", "checkpoint_id")
    doubled = accepted.annotate(times=Count("id")).filter(times__gt=1).count()
    found = {"leaves": log.leaves, "records": log.records, "faults": len(log.faults), "doubled": doubled}
    return found | {"miscounted": len(queries.miscounted(campaign))}


def main() -> None:
    """`python -m bench.crash CAMPAIGN`: the proof as JSON."""
    import django

    django.setup()
    print(json.dumps(prove(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
