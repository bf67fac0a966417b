"""The log against itself: every batch follows the one before, is signed, and has the leaves of its records."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec

from zuji.checkin import merkle, receipts
from zuji.checkin.corrections import correction_fields, row_of_item
from zuji.checkin.enums import LeafKind, Outcome
from zuji.checkin.models import Correction, Item, LogBatch, LogHead, LogKey
from zuji.checkin.receipts import FIRST_PREV, Head
from zuji.checkin.rows import fields_of
from zuji.checkin.writing import millis

CHUNK = 500


class Fault(StrEnum):
    """What can be wrong with the log."""

    ROOT = "root"
    CHAIN = "chain"
    SIZE = "size"
    KEY = "key"
    SIGNATURE = "signature"
    HEAD = "head"
    LEAF = "leaf"


class Found(NamedTuple):
    """One fault: what, in which batch, and of which record where it is one's."""

    fault: Fault
    batch: int
    record: str = ""


class Report(NamedTuple):
    """What a check of the log saw; sound when there are no faults."""

    batches: int
    leaves: int
    records: int
    faults: list[Found]


def check_log() -> Report:
    """Go through the whole log, batch by batch; reads everything, changes nothing."""
    keys = {key.key_id: _public(key) for key in LogKey.objects.all()}
    faults: list[Found] = []
    tip, size, batches, records = FIRST_PREV, 0, 0, 0
    chunk: list[LogBatch] = []
    for batch in LogBatch.objects.order_by("epoch", "size").iterator(CHUNK):
        faults += [Found(fault, batch.pk) for fault in _check_batch(batch, keys, tip, size)]
        tip, size, batches = bytes(batch.head), batch.size, batches + 1
        chunk.append(batch)
        if len(chunk) == CHUNK:
            records += _check_records(chunk, faults)
            chunk = []
    records += _check_records(chunk, faults)
    head = LogHead.objects.get()
    if (bytes(head.head), head.size) != (tip, size):
        faults.append(Found(Fault.HEAD, head.batch_id))
    return Report(batches, size, records, faults)


def _public(key: LogKey) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(bytes(coordinate), "big") for coordinate in (key.x, key.y))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def leaves_of(batch: LogBatch) -> list[bytes]:
    """A batch's leaves, 32 bytes each."""
    joined = bytes(batch.leaves)
    return [joined[start : start + 32] for start in range(0, len(joined), 32)]


def _check_batch(batch: LogBatch, keys: dict[str, ec.EllipticCurvePublicKey], tip: bytes, size: int) -> Iterator[Fault]:
    leaves, prev, root = leaves_of(batch), bytes(batch.prev), bytes(batch.root)
    message = receipts.head_message(Head(batch.epoch, batch.size, batch.time_ms, prev, root))
    if not leaves or merkle.root(leaves) != root:
        yield Fault.ROOT
    if prev != tip or receipts.head_hash(message) != bytes(batch.head):
        yield Fault.CHAIN
    if batch.size != size + len(leaves):
        yield Fault.SIZE
    if batch.key_id not in keys:
        yield Fault.KEY
    elif not receipts.is_signed(keys[batch.key_id], message, bytes(batch.signature)):
        yield Fault.SIGNATURE


def _check_records(chunk: list[LogBatch], faults: list[Found]) -> int:
    """Whether the records that still have their salt are the leaves that they say they are."""
    batches = {batch.pk: leaves_of(batch) for batch in chunk}
    records = 0
    for batch_id, index, leaf, record in _records(list(batches)):
        records += 1
        leaves = batches[batch_id]
        if index >= len(leaves) or leaves[index] != leaf:
            faults.append(Found(Fault.LEAF, batch_id, record))
    return records


def _records(batch_ids: list[int]) -> Iterator[tuple[int, int, bytes, str]]:
    accepted = Item.objects.filter(batch_id__in=batch_ids, outcome=Outcome.ACCEPTED, salt__isnull=False)
    for item in accepted.iterator(CHUNK):
        row = row_of_item(item)
        leaf = receipts.leaf(row.salt or b"", fields_of(row))
        yield row.batch_id or 0, row.leaf_index or 0, leaf, row.id
    for made in Correction.objects.filter(batch_id__in=batch_ids, salt__isnull=False):
        item = Item.objects.get(campaign=made.campaign_id, id=made.item_id)
        fields = correction_fields(row_of_item(item), LeafKind(made.kind), millis(made.at))
        yield made.batch_id, made.leaf_index, receipts.leaf(bytes(made.salt or b""), fields), str(made.item_id)
