"""Who needs a second factor, and the secrets behind it."""

from datetime import datetime
from functools import cache

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import Exists

from zuji.core.enums import HomeKind
from zuji.core.ids import b64
from zuji.core.models import Home
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import KEPT_APART


def is_missing(account: Account, *, at: datetime) -> bool:
    """Whether a real home lets this account do nothing before it has set up a second factor."""
    held = RoleGrant.objects.filter(account=account, role__in=KEPT_APART, during__contains=at)
    real = Home.objects.filter(kind=HomeKind.REAL)
    factor = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP)
    return held.filter(Exists(real), ~Exists(factor)).exists()


class SealedSecrets(DefaultMFAAdapter):
    """Seals what is shared with an authenticator app, so that a copy of the database alone opens nothing."""

    def encrypt(self, text: str) -> str:
        return _seal(settings.MASTER_KEY).encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _seal(settings.MASTER_KEY).decrypt(encrypted_text.encode("ascii")).decode()

    def get_totp_issuer(self) -> str:
        return "Zuji"


@cache
def _seal(master: str) -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"zuji second factor").derive(master.encode())
    return Fernet(b64(key) + "=")
