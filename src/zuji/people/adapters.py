"""How sign-in behaves here."""

from typing import NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from zuji.core.errors import Refused
from zuji.people.errors import Refusal
from zuji.people.models import Account

_WORDS = ("too_many_login_attempts", "username_password_mismatch", "incorrect_password", "enter_current_password")


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody signs up by themselves: an account is made by an administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **{word: gettext_lazy(f"sign_in.{word}") for word in _WORDS},
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> NoReturn:
        raise Refused(Refusal.ACCOUNT_CLOSED)

    def send_notification_mail(self, *_: object, **__: object) -> None:
        """A home sends no mail; the audit trail has it."""
