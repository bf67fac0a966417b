"""Receipts verify by themselves, and an altered one does not."""

import json
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.checkin import merkle, receipts
from zuji.checkin.enums import LeafKind
from zuji.checkin.receipts import Fields, Head, Keys, Receipt, Verdict
from zuji.core.ids import b64, unb64

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "receipts.json").read_text())
KEYS = msgspec.convert(VECTORS["keys"], Keys)
PRIVATE = ec.generate_private_key(ec.SECP256R1())

records = st.builds(
    Fields,
    kind=st.sampled_from(LeafKind),
    campaign=st.integers(1, 2**31),
    id=st.uuids().map(str),
    walk_pass=st.none() | st.integers(1, 2**40),
    checkpoint=st.integers(1, 2**31),
    organisation=st.integers(1, 2**31),
    at=st.integers(0, 2**42),
    grade=st.sampled_from(["A", "B", "C", "D", ""]),
    late=st.booleans(),
)


def vector(index: int = -2) -> Receipt:
    return msgspec.convert(VECTORS["receipts"][index]["receipt"], Receipt)


@pytest.mark.parametrize("row", VECTORS["receipts"], ids=lambda row: row["check_code"])
def test_the_shared_receipts_are_read_and_verified_alike(row):
    receipt = msgspec.convert(row["receipt"], Receipt)
    leaf = receipts.leaf(unb64(receipt.salt), receipt.fields)
    assert receipts.canonical(receipt.fields).decode() == row["canonical"]
    assert (leaf.hex(), receipts.check_code(leaf)) == (row["leaf"], row["check_code"])
    assert receipts.verify(receipt, KEYS) is Verdict.VALID


@pytest.mark.parametrize("row", VECTORS["heads"], ids=lambda row: str(row["size"]))
def test_the_shared_heads_chain(row):
    leaves = [bytes.fromhex(leaf) for leaf in row["leaves"]]
    head = Head(row["epoch"], row["size"], row["time"], unb64(row["prev"]), merkle.root(leaves))
    message = receipts.head_message(head)
    assert message.decode() == row["message"]
    assert receipts.head_hash(message).hex() == row["hash"]


FORGERIES = {
    "grade": lambda r: msgspec.structs.replace(r, fields=msgspec.structs.replace(r.fields, grade="A")),
    "pass": lambda r: msgspec.structs.replace(r, fields=msgspec.structs.replace(r.fields, walk_pass=1)),
    "salt": lambda r: msgspec.structs.replace(r, salt=b64(bytes(16))),
    "path": lambda r: msgspec.structs.replace(r, path=r.path[::-1]),
    "short path": lambda r: msgspec.structs.replace(r, path=r.path[1:]),
    "index": lambda r: msgspec.structs.replace(r, index=r.index ^ 1),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_changed_record_or_path_does_not_lead_to_the_root(forge):
    assert receipts.verify(forge(vector()), KEYS) is Verdict.WRONG_PATH


@pytest.mark.parametrize(
    "change",
    [
        {"size": 7},
        {"time": 1},
        {"epoch": 2},
        {"prev": b64(bytes(32))},
        {"sig": b64(bytes(64))},
        {"sig": b64(b"x")},
    ],
    ids="-".join,
)
def test_a_changed_head_is_not_signed(change):
    assert receipts.verify(msgspec.structs.replace(vector(), **change), KEYS) is Verdict.WRONG_SIGNATURE


def test_a_key_that_is_not_published_proves_nothing():
    assert receipts.verify(msgspec.structs.replace(vector(), kid="2020-01"), KEYS) is Verdict.UNKNOWN_KEY


@pytest.mark.parametrize("text", [b"", b"{}", b"[]", b'{"v": 1}', b"\xff"])
def test_a_file_that_is_no_receipt_is_unreadable(text):
    assert receipts.verify_json(text, msgspec.json.encode(KEYS)) is Verdict.UNREADABLE
    assert receipts.verify_json(msgspec.json.encode(vector()), text) is Verdict.UNREADABLE


def test_bytes_that_are_no_base64_are_unreadable():
    assert receipts.verify(msgspec.structs.replace(vector(), salt="é"), KEYS) is Verdict.UNREADABLE


def test_a_published_point_off_the_curve_is_unreadable():
    wrong = Keys([msgspec.structs.replace(KEYS.keys[0], x=b64(bytes(32)))])
    assert receipts.verify(vector(), wrong) is Verdict.UNREADABLE


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.tuples(st.binary(min_size=16, max_size=16), records), min_size=1, max_size=20),
    st.data(),
)
def test_every_record_of_a_batch_gets_a_receipt_that_verifies(batch, data):
    leaves = [receipts.leaf(salt, fields) for salt, fields in batch]
    rows = merkle.levels(leaves)
    message = receipts.head_message(head := Head(3, 99, 1_627_263_068_000, receipts.FIRST_PREV, rows[-1][0]))
    signature = receipts.sign(PRIVATE, message)
    index = data.draw(st.integers(0, len(batch) - 1))
    salt, fields = batch[index]
    receipt = Receipt(
        v=1,
        kid="k",
        epoch=head.epoch,
        size=head.size,
        time=head.time_ms,
        prev=b64(head.prev),
        root=b64(head.root),
        sig=b64(signature),
        index=index,
        count=len(batch),
        path=[b64(sibling) for sibling in merkle.path(rows, index)],
        salt=b64(salt),
        fields=fields,
    )
    keys = Keys([receipts.published("k", PRIVATE.public_key(), since="2021-07-01")])
    assert receipts.verify_json(msgspec.json.encode(receipt), msgspec.json.encode(keys)) is Verdict.VALID


@given(records, records)
def test_two_records_have_the_same_bytes_only_when_they_are_the_same(one, other):
    assert (receipts.canonical(one) == receipts.canonical(other)) == (one == other)
