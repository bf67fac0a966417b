"""Sealing a batch: heads chain, receipts of every size verify, and the key is always the same one."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checkin.test_deciding import row
from zuji.checkin import receipts
from zuji.checkin.log import Signer, Tip, seal
from zuji.checkin.receipts import FIRST_PREV, Keys, PublicKey, Receipt, Verdict
from zuji.checkin.rows import fields_of
from zuji.core.ids import b64

SIGNER = Signer(b"a home's master secret")
KEYS = Keys([PublicKey(kid=SIGNER.kid, x=b64(SIGNER.x), y=b64(SIGNER.y), since="2021-07-01")])
START = Tip(1, 0, FIRST_PREV)


def sealed(count: int, tip: Tip = START):
    rows = [row(number, walk_pass=number + 1) for number in range(count)]
    leaves = []
    for index, each in enumerate(rows):
        each.salt, each.leaf_index = bytes([index % 256]) * 16, index
        leaves.append(receipts.leaf(each.salt, fields_of(each)))
    return rows, seal(leaves, tip, SIGNER, at_ms=1_627_263_068_000)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 130), st.data())
def test_every_receipt_verifies_whatever_the_size_of_the_batch(count, data):
    rows, batch = sealed(count)
    chosen = rows[data.draw(st.integers(0, count - 1))]
    receipt = msgspec.json.decode(batch.receipt_of(chosen), type=Receipt)
    assert receipts.verify(receipt, KEYS) is Verdict.VALID
    assert (receipt.count, receipt.fields) == (count, fields_of(chosen))


def test_each_head_follows_the_one_before():
    _, first = sealed(3)
    _, second = sealed(2, first.tip)
    assert (second.head.prev, second.head.size, second.tip.size) == (first.tip.hash, 5, 5)
    assert first.tip.hash != second.tip.hash


def test_the_same_secret_gives_the_same_key_and_another_another():
    assert Signer(b"a home's master secret").kid == SIGNER.kid
    assert Signer(b"another").kid != SIGNER.kid


@pytest.mark.parametrize("missing", ["salt", "leaf_index"])
def test_what_reduction_took_leaves_no_receipt(missing):
    rows, batch = sealed(2)
    setattr(rows[1], missing, None)
    assert batch.receipt_of(rows[0]) is not None
    assert batch.receipt_of(rows[1]) is None


def test_a_putting_back_says_what_it_puts_back_and_when():
    back = row(5, first_id="00000000-0000-7000-8000-000000000001", received_ms=77)
    fields = fields_of(back)
    assert (fields.kind, fields.id, fields.at, fields.grade) == ("put_back", back.first_id, 77, "")
