"""The ways in: by password, with a second factor where one is set up, and by a one-time link."""

from allauth.account import views
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.cache import never_cache

from zuji.console.views import stopping
from zuji.core.enums import HomeKind
from zuji.core.errors import Refused
from zuji.core.http import status_of
from zuji.core.models import Home
from zuji.core.texts import say
from zuji.people import links
from zuji.people.errors import Refusal
from zuji.people.guards import for_everybody
from zuji.people.viewing import not_while_viewing


@not_while_viewing
@for_everybody
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Sign the bearer of a one-time link in, once they say so; a demo's link needs no second click."""
    account = links.bearer(request)
    if account is None:
        refusal = Refused(Refusal.LINK_NOT_VALID)
        used = {"words": say(refusal.code), "code": refusal.code}
        return render(request, "console/link_used.html", used, status=status_of(refusal))
    # Messengers open every link to look at it, and so would use it up.
    if request.method != "POST" and not Home.objects.filter(kind=HomeKind.DEMO).exists():
        return render(request, "console/enter.html", {"account": account})
    answer: HttpResponse = perform_login(request, account, redirect_url=links.leads_to(request))
    return answer


urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("enter/", enter, name="enter"),
    path("messages/stop/<str:token>/", stopping.stop, name="opt_out"),
    path("account/confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", views.password_change, name="account_change_password"),
    path("account/password/set/", views.password_set, name="account_set_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
]
