"""The signed log: what its head is, how a batch is sealed, and a receipt's JSON. No database."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zuji.checkin import merkle, receipts
from zuji.checkin.receipts import Fields, Head
from zuji.checkin.rows import Row, fields_of
from zuji.core.ids import b64

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Tip(NamedTuple):
    """Where the log ends now."""

    epoch: int
    size: int
    hash: bytes


class Signer:
    """The home's signing key, drawn from its master secret, so that no second secret has to be kept."""

    def __init__(self, master: bytes) -> None:
        drawn = HKDF(SHA256(), length=48, salt=None, info=b"zuji log").derive(master)
        self._key = ec.derive_private_key(int.from_bytes(drawn, "big") % (P256_ORDER - 1) + 1, ec.SECP256R1())
        numbers = self._key.public_key().public_numbers()
        self.x, self.y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        self.kid = sha256(self.x + self.y).hexdigest()[:8]

    @property
    def keys(self) -> receipts.Keys:
        """What verifies this signer's heads."""
        return receipts.Keys([receipts.PublicKey(kid=self.kid, x=b64(self.x), y=b64(self.y), since="")])

    def sign(self, message: bytes) -> bytes:
        """A head's signature, r||s."""
        return receipts.sign(self._key, message)


class Sealed:
    """One batch of the log: its head, its leaves, and the receipts that it can give."""

    def __init__(self, head: Head, leaves: Sequence[bytes], *, kid: str, signature: bytes) -> None:
        self.head = head
        self.leaves = leaves
        self.kid = kid
        self.signature = signature

    @cached_property
    def message(self) -> bytes:
        """What is signed."""
        return receipts.head_message(self.head)

    @cached_property
    def tip(self) -> Tip:
        """Where the log ends after this batch."""
        return Tip(self.head.epoch, self.head.size, receipts.head_hash(self.message))

    @cached_property
    def levels(self) -> list[list[bytes]]:
        """The tree over the leaves."""
        return merkle.levels(self.leaves)

    @cached_property
    def _paths(self) -> list[bytes]:
        """Each leaf's path as JSON, from the root down, since neighbours share all of it but its beginning."""
        paths = [b""]
        for level in map(_quoted, reversed(self.levels[:-1])):
            last = len(level) - 1
            paths = [
                level[at ^ 1] + b"," + paths[at >> 1] if at ^ 1 <= last else paths[at >> 1] for at in range(last + 1)
            ]
        return [path[:-1] for path in paths]

    @cached_property
    def _opening(self) -> bytes:
        head = self.head
        start = {"v": 1, "kid": self.kid, "epoch": head.epoch, "size": head.size, "time": head.time_ms}
        proof = {"prev": b64(head.prev), "root": b64(head.root), "sig": b64(self.signature)}
        return msgspec.json.encode(start | proof)[:-1]

    def receipt(self, index: int, salt: bytes, fields: Fields) -> bytes:
        """The receipt of leaf `index` as JSON."""
        return b'%b,"index":%d,"count":%d,"path":[%b],"salt":"%b","fields":%b}' % (
            self._opening,
            index,
            len(self.leaves),
            self._paths[index],
            urlsafe_b64encode(salt)[:-2],
            _encode_fields(fields),
        )

    def receipt_of(self, row: Row) -> bytes | None:
        """The receipt of an accepted row; None once reduction took its salt."""
        if row.leaf_index is None or row.salt is None:
            return None
        return self.receipt(row.leaf_index, row.salt, fields_of(row))


def seal(leaves: Sequence[bytes], tip: Tip, signer: Signer, *, at_ms: int) -> Sealed:
    """Chain a batch of leaves to the log's end."""
    levels = merkle.levels(leaves)
    head = Head(tip.epoch, tip.size + len(leaves), at_ms, tip.hash, levels[-1][0])
    sealed = Sealed(head, leaves, kid=signer.kid, signature=b"")
    sealed.levels = levels
    sealed.signature = signer.sign(sealed.message)
    return sealed


_encode_fields = msgspec.json.Encoder().encode


def _quoted(level: Sequence[bytes]) -> list[bytes]:
    # 32 bytes and a zero are 44 characters, of which the first 43 are the hash's: one call encodes a whole level
    text = urlsafe_b64encode(b"\0".join(level) + b"\0")
    return [b'"%b"' % text[start : start + 43] for start in range(0, len(text), 44)]
