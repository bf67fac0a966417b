"""Django's way into the storing path: the same steps as the intake's, over its own connection."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from zuji.checkin import answers, steps, wire
from zuji.checkin.answers import Reply
from zuji.checkin.desk import Desk, Request
from zuji.checkin.ledger import Ledger
from zuji.checkin.limits import Guesses
from zuji.checkin.log import Signer
from zuji.checkin.rows import Row, Verdict
from zuji.checkin.store import publish_key, remember, store

_guesses = Guesses()


def signer() -> Signer:
    """The home's signer."""
    return Signer(settings.MASTER_KEY.encode())


def hand_in(*, body: bytes, address: str, at: datetime) -> Reply:
    """One request's items, without the intake's queue and limits; the answer is the same."""
    try:
        items = wire.read(body)
    except wire.Unreadable as error:
        return answers.problem(error.code)
    desk = Desk(signer(), guesses=_guesses)
    request = Request(items, address, millis(at))
    steps.run(publish_key(desk.ledger.signer, at=at))
    desk.glance(request)
    steps.run(desk.settle([request], at=at))
    return Reply(200, answers.envelope(request.answers, desk.ledger.tip, at=at))


def write(rows: Sequence[Row], *, at: datetime) -> tuple[list[Verdict], Ledger]:
    """Store rows that an action judged itself; returns their verdicts, and the ledger that has their receipts."""
    ledger = Ledger(signer())
    ledger.look_first = 1
    steps.run(publish_key(ledger.signer, at=at))
    return steps.run(store(rows, ledger, at_ms=millis(at))), ledger


def receipts_of(rows: Sequence[Row]) -> list[bytes | None]:
    """The receipts of stored rows as JSON, made from the log again; None once reduction took the salt."""
    ledger = Ledger(signer())
    verdicts = [Verdict(row.outcome, row, row) for row in rows]
    steps.run(remember(verdicts, ledger))
    return [ledger.receipt(verdict) for verdict in verdicts]


def millis(at: datetime) -> int:
    """Unix milliseconds of an instant."""
    return int(at.timestamp() * 1000)
