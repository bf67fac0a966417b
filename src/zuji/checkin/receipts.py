"""Receipts: a record's leaf, its path to a batch's root, and the signed head of the log. Pure."""

from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

from zuji.checkin import merkle
from zuji.checkin.enums import LeafKind
from zuji.core.ids import b64, unb64

FIRST_PREV: Final = bytes(32)
SALT_BYTES: Final = 16
_COORDINATE_BYTES: Final = 32
_ES256: Final = ec.ECDSA(SHA256())


class Fields(msgspec.Struct, frozen=True, rename={"walk_pass": "pass"}):
    """What a leaf says: opaque keys, the judged instant in unix milliseconds, the grade; no name, no place."""

    kind: LeafKind
    campaign: int
    id: str
    walk_pass: int | None
    checkpoint: int
    organisation: int
    at: int
    grade: str
    late: bool


class Head(NamedTuple):
    """The log after one batch: `size` leaves in all, `root` over this batch's, chained to the head before by `prev`."""

    epoch: int
    size: int
    time_ms: int
    prev: bytes
    root: bytes


class Receipt(msgspec.Struct, frozen=True):
    """What a participant keeps; bytes are base64url without padding."""

    v: int
    kid: str
    epoch: int
    size: int
    time: int
    prev: str
    root: str
    sig: str
    index: int
    count: int
    path: list[str]
    salt: str
    fields: Fields


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    """A published key of the log: an affine point of P-256 and the days on which it signed."""

    kid: str
    x: str
    y: str
    since: str
    until: str | None = None


class Keys(msgspec.Struct, frozen=True):
    """The published keys, old ones included."""

    keys: list[PublicKey]


class Verdict(StrEnum):
    """What a check of a receipt found."""

    VALID = "valid"
    UNREADABLE = "unreadable"
    UNKNOWN_KEY = "unknown_key"
    WRONG_PATH = "wrong_path"
    WRONG_SIGNATURE = "wrong_signature"


def canonical(fields: Fields) -> bytes:
    """The bytes that a leaf hashes, one field a line."""
    who = "" if fields.walk_pass is None else fields.walk_pass
    return (
        f"zuji-leaf-1\n{fields.kind}\n{fields.campaign}\n{fields.id}\n{who}\n{fields.checkpoint}\n"
        f"{fields.organisation}\n{fields.at}\n{fields.grade}\n{int(fields.late)}"
    ).encode()


def leaf(salt: bytes, fields: Fields) -> bytes:
    """The leaf of a record."""
    return merkle.leaf_hash(salt, canonical(fields))


def check_code(leaf_digest: bytes) -> str:
    """Eight characters by which people compare a receipt with a record, as `7F3A 91C2`."""
    digits = leaf_digest[:4].hex().upper()
    return f"{digits[:4]} {digits[4:]}"


def head_message(head: Head) -> bytes:
    """The bytes that are signed; their SHA-256 is the head's hash."""
    parts = (
        "zuji-head-1",
        head.epoch,
        head.size,
        head.time_ms,
        head.prev.hex(),
        head.root.hex(),
    )
    return "\n".join(map(str, parts)).encode()


def head_hash(message: bytes) -> bytes:
    """By this the next head refers to the one that `message` states."""
    return sha256(message).digest()


def sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """ECDSA P-256 over SHA-256 as 64 bytes r||s, the form WebCrypto knows."""
    r, s = decode_dss_signature(key.sign(message, _ES256))
    return r.to_bytes(_COORDINATE_BYTES, "big") + s.to_bytes(_COORDINATE_BYTES, "big")


def is_signed(key: ec.EllipticCurvePublicKey, message: bytes, signature: bytes) -> bool:
    """Whether `signature` (r||s) over `message` is this key's."""
    if len(signature) != 2 * _COORDINATE_BYTES:
        return False
    halves = signature[:_COORDINATE_BYTES], signature[_COORDINATE_BYTES:]
    try:
        key.verify(
            encode_dss_signature(*(int.from_bytes(half, "big") for half in halves)),
            message,
            _ES256,
        )
    except InvalidSignature:
        return False
    return True


def public_key(key: PublicKey) -> ec.EllipticCurvePublicKey:
    """The key that a published entry states; ValueError where its point is not on the curve."""
    x, y = (int.from_bytes(unb64(coordinate), "big") for coordinate in (key.x, key.y))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def published(kid: str, key: ec.EllipticCurvePublicKey, *, since: str, until: str | None = None) -> PublicKey:
    """The entry that lets anybody verify what this key signed."""
    numbers = key.public_numbers()
    x, y = (b64(number.to_bytes(_COORDINATE_BYTES, "big")) for number in (numbers.x, numbers.y))
    return PublicKey(kid=kid, x=x, y=y, since=since, until=until)


def verify(receipt: Receipt, keys: Keys) -> Verdict:
    """Whether the record of a receipt stands in the log, by the published keys alone."""
    try:
        known = next((public_key(key) for key in keys.keys if key.kid == receipt.kid), None)
        digest = leaf(unb64(receipt.salt), receipt.fields)
        siblings = [unb64(sibling) for sibling in receipt.path]
        root, prev, signature = (
            unb64(receipt.root),
            unb64(receipt.prev),
            unb64(receipt.sig),
        )
    except ValueError:
        return Verdict.UNREADABLE
    if known is None:
        return Verdict.UNKNOWN_KEY
    if merkle.fold(digest, siblings, index=receipt.index, count=receipt.count) != root:
        return Verdict.WRONG_PATH
    message = head_message(Head(receipt.epoch, receipt.size, receipt.time, prev, root))
    return Verdict.VALID if is_signed(known, message, signature) else Verdict.WRONG_SIGNATURE


def verify_json(receipt: bytes, keys: bytes) -> Verdict:
    """The same from two files' contents, which may be anything."""
    try:
        return verify(
            msgspec.json.decode(receipt, type=Receipt),
            msgspec.json.decode(keys, type=Keys),
        )
    except msgspec.MsgspecError:
        return Verdict.UNREADABLE
