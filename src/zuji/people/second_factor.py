"""Who needs a second factor, and the secrets behind it."""

from datetime import datetime

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db.models import Exists, QuerySet
from django.utils.translation import gettext_lazy

from zuji.core.enums import HomeKind
from zuji.core.models import Home
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import KEPT_APART
from zuji.people.sealing import seal

PURPOSE = "second factor"


def is_missing(account: Account, *, at: datetime) -> bool:
    """Whether a real home lets this account do nothing before it has set up a second factor."""
    held = RoleGrant.objects.filter(account=account, role__in=KEPT_APART, during__contains=at)
    real = Home.objects.filter(kind=HomeKind.REAL)
    return held.filter(Exists(real), ~Exists(_factors(account))).exists()


def is_set_up(account: Account) -> bool:
    """Whether signing in asks this account for a code too."""
    return _factors(account).exists()


def _factors(account: Account) -> QuerySet[Authenticator]:
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP)
    return factors


class SealedSecrets(DefaultMFAAdapter):
    """Seals what is shared with an authenticator app, so that a copy of the database alone opens nothing."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": gettext_lazy("sign_in.incorrect_code")}

    def encrypt(self, text: str) -> str:
        return seal(PURPOSE).encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return seal(PURPOSE).decrypt(encrypted_text.encode("ascii")).decode()

    def get_totp_issuer(self) -> str:
        return "Zuji"
