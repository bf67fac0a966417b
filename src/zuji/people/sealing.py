"""Values that lie in the database only under seal, so that a copy of it alone opens nothing."""

from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from zuji.core.ids import b64


def seal(purpose: str) -> Fernet:
    """The seal for one purpose, made from the home's master key; what one seals no other opens."""
    return _seal(settings.MASTER_KEY, purpose)


@cache
def _seal(master: str, purpose: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=f"zuji {purpose}".encode()).derive(master.encode())
    return Fernet(b64(key) + "=")
