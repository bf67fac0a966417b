"""The one storing path: a batch of judged rows becomes items, cells and a signed head of the log, or none of it does.

First everything at once, in one statement that fails unless every row is new and the log's head is where it was last
seen. When it fails: a transaction that decides by what it reads back, and locks the head last of all.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import psycopg

from zuji.checkin import receipts, sql
from zuji.checkin.cells import cells_of
from zuji.checkin.deciding import NOTHING_KNOWN, Held, Known, Plan, PutBack, decide, pair_of
from zuji.checkin.enums import CorrectionKind, Outcome
from zuji.checkin.ledger import MEETINGS, Ledger
from zuji.checkin.log import Sealed, Signer, Tip, seal
from zuji.checkin.receipts import SALT_BYTES, Head
from zuji.checkin.rows import Row, Verdict, fields_of
from zuji.checkin.steps import Mark, Query, Rows, Steps

ATTEMPTS = 8


def store(rows: Sequence[Row], ledger: Ledger, *, at_ms: int) -> Steps[list[Verdict]]:
    """Store a batch; returns a verdict for each row, in order. Rows are changed in place to what was stored of them.

    Whatever PostgreSQL raises beyond writers meeting is raised to the caller, and nothing of the batch is stored.
    """
    wanted = [(row.outcome, row.first_id) for row in rows]
    for attempt in range(ATTEMPTS):
        try:
            if attempt == 0 and ledger.is_alone:
                return (yield from _at_once(rows, ledger, at_ms))
            return (yield from _carefully(rows, ledger, at_ms))
        except Exception as error:
            _reset(rows, wanted)
            ledger.forget()
            if not isinstance(error, psycopg.Error):
                raise
            yield Mark.ROLLBACK
            if not isinstance(error, MEETINGS):
                raise
            ledger.met(error)
    raise psycopg.errors.SerializationFailure("too many writers met")


def _at_once(rows: Sequence[Row], ledger: Ledger, at_ms: int) -> Steps[list[Verdict]]:
    plan = decide(rows, NOTHING_KNOWN)
    if ledger.tip is None or ledger.next_batch is None or not plan.leaves:
        yield Query(sql.WRITE_ROWS, _row_params(plan))
        return plan.verdicts
    batch_id = ledger.next_batch
    sealed = seal(_place(plan, batch_id), ledger.tip, ledger.signer, at_ms=at_ms)
    params = [*_row_params(plan), *_batch_params(batch_id, sealed), _campaigns(plan)]
    [(following, *_)] = yield Query(sql.ALL_AT_ONCE, params)
    ledger.ended(batch_id, sealed, following)
    return plan.verdicts


def _carefully(rows: Sequence[Row], ledger: Ledger, at_ms: int) -> Steps[list[Verdict]]:
    look = ledger.look_first > 0
    ledger.calm()
    plan = decide(rows, (yield from _read_back(rows)) if look else NOTHING_KNOWN)
    if plan.inserts:
        yield Mark.BEGIN
        batch_id = yield from next_batch(ledger)
        leaves = _place(plan, batch_id)
        yield Query(sql.WRITE_ROWS, _row_params(plan))
        for back in plan.put_backs:
            yield Query(sql.ADD_CORRECTION, _put_back_params(back))
        sealed = (
            (yield from append(leaves, batch_id, ledger, at_ms=at_ms, campaigns=_campaigns(plan))) if leaves else None
        )
        yield Mark.COMMIT
        if sealed:
            ledger.keep(batch_id, sealed)
    yield from remember(plan.verdicts, ledger)
    return plan.verdicts


def append(leaves: Sequence[bytes], batch_id: int, ledger: Ledger, *, at_ms: int, campaigns: str) -> Steps[Sealed]:
    """Within a transaction, as its last step: lock the log's head and chain a batch of leaves to it."""
    [(epoch, size, head)] = yield Query(sql.LOCK_HEAD)
    sealed = seal(leaves, Tip(epoch, size, bytes(head)), ledger.signer, at_ms=at_ms)
    [(following, *_)] = yield Query(sql.SEAL, [*_batch_params(batch_id, sealed), campaigns])
    ledger.tip, ledger.next_batch = sealed.tip, following
    return sealed


def see_tip() -> Steps[Tip]:
    """Where the log ends, without a lock."""
    [(epoch, size, head)] = yield Query(sql.SEE_HEAD)
    return Tip(epoch, size, bytes(head))


def publish_key(signer: Signer, *, at: datetime) -> Steps[None]:
    """Let everybody know the key that signs from now on; older ones stay, and end."""
    yield Query(sql.PUBLISH_KEY, [signer.kid, signer.x, signer.y, at])
    yield Query(sql.END_KEYS, [at, signer.kid])


def next_batch(ledger: Ledger) -> Steps[int]:
    """The number of the batch to come."""
    if ledger.next_batch is not None:
        return ledger.next_batch
    [(number,)] = yield Query(sql.NEXT_BATCH)
    return int(number)


def remember(verdicts: Iterable[Verdict], ledger: Ledger) -> Steps[None]:
    """See to it that the ledger can give the receipt of every verdict."""
    wanted = {verdict.proof.batch_id for verdict in verdicts if verdict.proof is not None}
    missing = [number for number in wanted if number is not None and ledger.sealed(number) is None]
    if not missing:
        return
    for number, epoch, size, time_ms, prev, root, signature, kid, leaves in (yield Query(sql.READ_BATCHES, [missing])):
        head = Head(epoch, size, time_ms, bytes(prev), bytes(root))
        hashes = [bytes(leaves[start : start + 32]) for start in range(0, len(leaves), 32)]
        ledger.keep(number, Sealed(head, hashes, kid=kid, signature=bytes(signature)))


def _read_back(rows: Sequence[Row]) -> Steps[Known]:
    ids = {(row.campaign, row.id) for row in rows}
    pairs = {pair for row in rows if (pair := pair_of(row)) is not None}
    params = [*map(list, zip(*ids, strict=True)), *(map(list, zip(*pairs, strict=True)) if pairs else ([], [], []))]
    return _known((yield Query(sql.READ_BACK, params)))


def _known(found: Rows) -> Known:
    known = Known({}, {})
    by_id, by_pair = {}, {}
    for why, *values, kind, number in found:
        row = sql.row_of(values)
        if why == "id":
            by_id[row.campaign, row.id] = row
        elif (pair := pair_of(row)) is not None:
            by_pair[pair] = Held(row, kind != CorrectionKind.TAKEN_BACK, number or 0)
    return known._replace(by_id=by_id, by_pair=by_pair)


def _place(plan: Plan, batch_id: int) -> list[bytes]:
    """Give each accepted row its salt and its place among the batch's leaves; returns the leaves."""
    rows = plan.leaves
    salts = secrets.token_bytes(SALT_BYTES * len(rows))
    leaves = []
    for index, row in enumerate(rows):
        row.salt = salts[index * SALT_BYTES : (index + 1) * SALT_BYTES]
        row.batch_id, row.leaf_index = batch_id, index
        leaves.append(receipts.leaf(row.salt, fields_of(row)))
    return leaves


def _reset(rows: Sequence[Row], wanted: Sequence[tuple[Outcome, str | None]]) -> None:
    for row, (outcome, first_id) in zip(rows, wanted, strict=True):
        row.outcome, row.first_id = outcome, first_id
        row.salt = row.batch_id = row.leaf_index = None


def _row_params(plan: Plan) -> list[str]:
    # in the order of the unique keys, so that two writers of the same rows do not each wait for the other
    inserts = sorted(plan.inserts, key=lambda row: (row.walk_pass or 0, row.checkpoint or 0, row.id))
    backs = {back.item.id: back.first for back in plan.put_backs}
    counted = [backs.get(row.id, row) for row in plan.leaves]
    return [*sql.item_arrays(inserts), *sql.cell_arrays(cells_of(counted))]


def _put_back_params(back: PutBack) -> list[Any]:
    item = back.item
    by = (back.number, CorrectionKind.PUT_BACK, "", item.steward, item.received_ms)
    return [item.campaign, back.first.id, *by, item.salt, item.batch_id, item.leaf_index]


def _batch_params(batch_id: int, sealed: Sealed) -> list[Any]:
    head = sealed.head
    proof = (head.prev, head.root, sealed.tip.hash, sealed.signature, sealed.kid, b"".join(sealed.leaves))
    return [batch_id, head.epoch, head.size, head.time_ms, *proof]


def _campaigns(plan: Plan) -> str:
    return ",".join(sorted({str(row.campaign) for row in plan.leaves}))
