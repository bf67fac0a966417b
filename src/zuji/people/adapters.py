"""How sign-in behaves here."""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy

from zuji.core.errors import Refused
from zuji.people.errors import Refusal
from zuji.people.models import Account

_WORDS = (
    *("too_many_login_attempts", "username_password_mismatch", "incorrect_password", "enter_current_password"),
    *("incorrect_code", "rate_limited"),
)
_DONE = {
    "account/messages/password_changed.txt": "password.changed",
    "account/messages/password_set.txt": "password.changed",
    "mfa/messages/totp_activated.txt": "second_factor.added",
    "mfa/messages/totp_deactivated.txt": "second_factor.ended",
    "mfa/messages/recovery_codes_generated.txt": "recovery.made",
}
"""What the library says was done, in our words; it says nothing else."""
OWN_PAGE = "/settings/me/"


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

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_: object,
        **__: object,
    ) -> None:
        """Says what was done with the way in, and nothing where the page says it itself."""
        if key := _DONE.get(message_template or ""):
            messages.success(request, gettext(key))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return OWN_PAGE

    def send_notification_mail(self, *_: object, **__: object) -> None:
        """A home sends no mail; the audit trail has it."""
