"""Whoever holds a pass's token may see what is kept of it: `Authorization: Pass <token>`."""

import re

from django.http import HttpRequest
from ninja.security import HttpBearer

from zuji.api.schemas.passes import TOKEN
from zuji.checkin.access import pass_by_token
from zuji.checkin.errors import Refusal
from zuji.checkin.models import Pass
from zuji.core.errors import NotFound, SignInFirst
from zuji.core.ids import unb64

SCHEME = "pass"


class NoSuchPass(SignInFirst):
    """The header is missing, or its token is no pass's."""

    def __init__(self) -> None:
        super().__init__()
        self.code = str(Refusal.UNKNOWN_PASS)


class PassHolder(HttpBearer):
    """For operations of a participant; `request.auth` is the pass."""

    openapi_scheme = SCHEME

    def __call__(self, request: HttpRequest) -> Pass:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            raise NoSuchPass
        return self.authenticate(request, token.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Pass:
        if not re.match(TOKEN, token):
            raise NoSuchPass
        try:
            return pass_by_token(unb64(token))
        except NotFound as error:
            raise NoSuchPass from error
