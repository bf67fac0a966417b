"""Addresses of destinations under their seal."""

import hashlib
import hmac

from cryptography.fernet import InvalidToken
from django.conf import settings

from zuji.core.ids import b64
from zuji.people.sealing import seal

PURPOSE = "destinations"


def shut(text: str) -> str:
    """A text under seal; nothing stays nothing."""
    return seal(PURPOSE).encrypt(text.encode()).decode("ascii") if text else ""


def opened(text: str) -> str | None:
    """What lies under a seal; None where this home's key is another than the one that it was made with."""
    try:
        return seal(PURPOSE).decrypt(text.encode("ascii")).decode() if text else ""
    except InvalidToken:
        return None


def mark_of(channel: str, address: str) -> str:
    """Tells one address from another without saying it."""
    key = hashlib.sha256(f"{PURPOSE} {settings.MASTER_KEY}".encode()).digest()
    return b64(hmac.new(key, f"{channel} {address.casefold()}".encode(), hashlib.sha256).digest())
