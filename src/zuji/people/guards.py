"""How a face says what it needs: each route either names a right or says that it is for everybody.

A test walks every route and fails on one that says neither.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from zuji.core import clock
from zuji.core.errors import Forbidden, Refused, SignInFirst
from zuji.people import second_factor
from zuji.people.enums import Right
from zuji.people.errors import Refusal
from zuji.people.models import Account
from zuji.people.rights import require, roles_remembered

READS = ("GET", "HEAD")

View = Callable[..., HttpResponse]
AnyView = TypeVar("AnyView", bound=Callable[..., object])


def signed_in(request: HttpRequest) -> Account:
    """The account behind a request, or SignInFirst."""
    if isinstance(request.user, Account) and request.user.is_active:
        return request.user
    raise SignInFirst


def needs(right: Right) -> Callable[[View], View]:
    """A page that only accounts with this right over anything may open; which rows they see is said by `visible_x`."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            with roles_remembered() if request.method in READS else nullcontext():
                account, at = signed_in(request), clock.now()
                require(account, right, at=at)
                if second_factor.is_missing(account, at=at):
                    return redirect("mfa_activate_totp")
                return view(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]  # read by the test that walks the routes
        return guarded

    return guard


def for_everybody(view: AnyView) -> AnyView:
    """A page, or an operation of the JSON face, that needs no sign-in."""
    view.right = None  # type: ignore[attr-defined]
    return view


class Needs(APIKeyCookie):
    """The same for the JSON face: `@router.get(…, auth=Needs(Right.SEE_MATRIX))`. Cross-site requests are refused."""

    param_name = "sessionid"

    def __init__(self, right: Right) -> None:
        super().__init__(csrf=True)
        self.right = right

    def _get_key(self, request: HttpRequest) -> str | None:
        if check_csrf(request):
            raise CrossSite
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Account:
        account, at = signed_in(request), clock.now()
        require(account, self.right, at=at)
        if second_factor.is_missing(account, at=at):
            raise Refused(Refusal.SECOND_FACTOR_FIRST)
        return account


class CrossSite(Forbidden):
    """A write that came without this home's own token: from another site, or from a page that was open for too long."""

    def __init__(self) -> None:
        super().__init__()
        self.code = str(Refusal.CROSS_SITE)
