"""Language, dark and large type: a person's own choice, kept in cookies, with or without scripts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zuji.core.templatetags.words import LOOKS
from zuji.people.guards import for_everybody

KEPT_S = 400 * 24 * 3600


@for_everybody
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Take the choice that a button names and go back to where it was pressed."""
    answer = HttpResponseRedirect(_back(request))
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
    for look in LOOKS:
        if request.POST.get(look) == "system":
            answer.delete_cookie(f"zuji_{look}")
        elif look in request.POST:
            _keep(answer, f"zuji_{look}", "1" if request.POST[look] == "1" else "0")
    return answer


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure())
    return target if target.startswith("/") and is_ours else "/"


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=KEPT_S, secure=settings.SECURE, httponly=True, samesite="Lax")
