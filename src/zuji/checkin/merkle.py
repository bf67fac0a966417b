"""The tree over one batch's leaves. Pure; hashes are 32 bytes of SHA-256."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

LEAF_MARK = b"\x00"
NODE_MARK = b"\x01"


def leaf_hash(salt: bytes, canonical: bytes) -> bytes:
    """A record's leaf: what a receipt proves to stand in the log."""
    return sha256(LEAF_MARK + salt + canonical).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The parent of two nodes."""
    return sha256(NODE_MARK + left + right).digest()


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """The tree from the leaves up to its single root; a last odd node is promoted unchanged."""
    if not leaves:
        raise ValueError("a tree has at least one leaf")
    rows = [list(leaves)]
    while len(below := rows[-1]) > 1:
        above = [node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        rows.append(above + below[-1:] if len(below) % 2 else above)
    return rows


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over one batch's leaves."""
    return levels(leaves)[-1][0]


def path(rows: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The siblings of leaf `index` from its level up; a promoted node has none on that level."""
    siblings = []
    for row in rows[:-1]:
        if (sibling := index ^ 1) < len(row):
            siblings.append(row[sibling])
        index //= 2
    return siblings


def fold(leaf: bytes, siblings: Sequence[bytes], *, index: int, count: int) -> bytes | None:
    """The root that a leaf and its path lead to, or None where the path does not fit the position."""
    if not 0 <= index < count:
        return None
    node, ahead = leaf, iter(siblings)
    for is_right in _sides(index, count):
        sibling = next(ahead, None)
        if sibling is None:
            return None
        node = node_hash(sibling, node) if is_right else node_hash(node, sibling)
    return node if next(ahead, None) is None else None


def _sides(index: int, count: int) -> Iterator[bool]:
    """On each level that has a sibling: whether our node is the right one."""
    while count > 1:
        if index % 2 or index + 1 < count:
            yield index % 2 == 1
        index, count = index // 2, (count + 1) // 2
