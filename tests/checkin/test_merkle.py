"""The tree over a batch: every leaf's path leads to the root, and nothing else does."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.checkin import merkle

hashes = st.binary(min_size=32, max_size=32)
batches = st.lists(hashes, min_size=1, max_size=70, unique=True)


def test_leaves_and_nodes_are_marked_apart():
    assert merkle.leaf_hash(b"s" * 16, b"record") == sha256(b"\x00" + b"s" * 16 + b"record").digest()
    assert merkle.node_hash(b"l" * 32, b"r" * 32) == sha256(b"\x01" + b"l" * 32 + b"r" * 32).digest()


def test_a_last_odd_node_is_promoted_unchanged():
    one, two, three = (bytes([n]) * 32 for n in (1, 2, 3))
    pair = merkle.node_hash(one, two)
    assert merkle.levels([one, two, three]) == [
        [one, two, three],
        [pair, three],
        [merkle.node_hash(pair, three)],
    ]
    assert merkle.path(merkle.levels([one, two, three]), 2) == [pair]


def test_a_single_leaf_is_its_own_root():
    assert merkle.root([b"x" * 32]) == b"x" * 32
    assert merkle.path(merkle.levels([b"x" * 32]), 0) == []


def test_an_empty_batch_has_no_tree():
    with pytest.raises(ValueError, match="at least one leaf"):
        merkle.levels([])


@given(batches, st.data())
def test_every_path_leads_to_the_root(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    rows = merkle.levels(leaves)
    siblings = merkle.path(rows, index)
    assert merkle.fold(leaves[index], siblings, index=index, count=len(leaves)) == merkle.root(leaves)


@given(batches, hashes, st.data())
def test_another_leaf_does_not(leaves, stranger, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    siblings = merkle.path(merkle.levels(leaves), index)
    found = merkle.fold(stranger, siblings, index=index, count=len(leaves))
    assert (found == merkle.root(leaves)) == (stranger == leaves[index])


@given(batches, st.data())
def test_a_path_of_another_length_or_position_is_refused(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    siblings = merkle.path(merkle.levels(leaves), index)
    count = len(leaves)
    assert merkle.fold(leaves[index], [*siblings, b"x" * 32], index=index, count=count) is None
    assert merkle.fold(leaves[index], siblings, index=count, count=count) is None
    assert merkle.fold(leaves[index], siblings, index=-1, count=count) is None
    if siblings:
        assert merkle.fold(leaves[index], siblings[:-1], index=index, count=count) is None
