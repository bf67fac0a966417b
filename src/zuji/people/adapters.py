"""How sign-in behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody signs up by themselves: an account is made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
