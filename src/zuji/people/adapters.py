"""How sign-in behaves here."""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
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

    def post_login(self, request: HttpRequest, user: Account, **options: Any) -> HttpResponse:  # noqa: ANN401 - allauth's
        """Whoever has not chosen a language on this device reads in the one of their account."""
        answer: HttpResponse = super().post_login(request, user, **options)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, secure=settings.SECURE, samesite="Lax")
        return answer

    def send_notification_mail(self, *_: object, **__: object) -> None:
        """A home sends no mail; the audit trail has it."""
