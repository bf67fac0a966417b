"""Identifiers and tokens."""

import base64
import secrets
import uuid
from datetime import datetime

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters that are not mistaken for each other when read aloud or copied by hand: no 0 O 1 I L."""


def uuid7(at: datetime) -> uuid.UUID:
    """A UUID of version 7 (RFC 9562) for an instant: 48 bits of Unix milliseconds, then chance."""
    stamp = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    chance = secrets.randbits(74)
    value = stamp << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | chance & ((1 << 62) - 1)
    return uuid.UUID(int=value)


def new_token() -> bytes:
    """128 random bits."""
    return secrets.token_bytes(16)


def spoken(length: int = 6) -> str:
    """A short random code that can be read aloud."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def b64(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes of unpadded base64url; ValueError when it is none."""
    if not text.isascii() or not {"+", "/"}.isdisjoint(text):
        raise ValueError("not base64url")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
