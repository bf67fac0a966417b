"""What goes back to a phone, as JSON. The words of a refusal are looked up once a code."""

from datetime import UTC, datetime
from functools import cache
from typing import Final, NamedTuple

import msgspec

from zuji.checkin.enums import Outcome
from zuji.checkin.errors import Refusal
from zuji.checkin.ledger import Ledger
from zuji.checkin.log import Tip
from zuji.checkin.rows import Verdict
from zuji.core.texts import say

RETRY: Final = "retry"
STATUS: Final = {
    Refusal.NOT_A_LIST: 400,
    Refusal.TOO_MANY_ITEMS: 413,
    Refusal.TOO_MANY_REQUESTS: 429,
    Refusal.TOO_BUSY: 503,
}
_encode = msgspec.json.Encoder().encode


class Reply(NamedTuple):
    """An HTTP answer: status, JSON body, and the seconds of `Retry-After`, 0 for none."""

    status: int
    body: bytes
    retry_after_s: int = 0


def of_verdict(verdict: Verdict, ledger: Ledger) -> bytes:
    """An item's answer without its index: the rest of the object after `{"index":n,`."""
    row = verdict.row
    if verdict.outcome is Outcome.REFUSED:
        return of_refusal(row.id, verdict.code)
    receipt = ledger.receipt(verdict) or b"null"
    if verdict.outcome is Outcome.ACCEPTED:
        return b'"id":"%b","outcome":"accepted","grade":"%b","receipt":%b}' % (
            row.id.encode(),
            row.grade.encode(),
            receipt,
        )
    return b'"id":"%b","outcome":"already","first_id":"%b","receipt":%b}' % (
        row.id.encode(),
        (row.first_id or "").encode(),
        receipt,
    )


def of_refusal(item_id: str | None, code: str) -> bytes:
    """A refusal with its words."""
    return b'"id":%b,"outcome":"refused",%b' % (_encode(item_id), _words(code))


def of_wait(item_id: str, after_s: int) -> bytes:
    """Not an outcome: come again."""
    return b'"id":"%b","outcome":"%b","after_s":%d}' % (item_id.encode(), RETRY.encode(), after_s)


def envelope(answers: list[bytes], tip: Tip | None, *, at: datetime) -> bytes:
    """The answer to a request, its items in order. A log that was not seen yet shows as null."""
    log = b"null" if tip is None else b'{"epoch":%d,"size":%d}' % (tip.epoch, tip.size)
    items = b",".join([b'{"index":%d,%b' % numbered for numbered in enumerate(answers)])
    return b'{"server_time":"%b","log":%b,"items":[%b]}' % (at.astimezone(UTC).isoformat().encode(), log, items)


def problem(code: Refusal, *, after_s: int = 0) -> Reply:
    """A request that was not taken as a whole."""
    return Reply(STATUS[code], b"{%b" % _words(code), after_s)


@cache
def _words(code: str) -> bytes:
    return _encode({"code": str(code), "say": say(code)})[1:]
