"""The one table that turns refusals into HTTP answers, for the JSON face and the pages alike."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from zuji.core.errors import Busy, Forbidden, Invalid, NotFound, Problem, Refused, SignInFirst, TooMany
from zuji.core.texts import say

STATUS: dict[type[Problem], int] = {
    NotFound: 404,
    SignInFirst: 401,
    Forbidden: 403,
    Refused: 409,
    Invalid: 422,
    TooMany: 429,
    Busy: 503,
}


def status_of(problem: Problem) -> int:
    """HTTP status of a refusal, by its nearest class in the table."""
    return next(STATUS[kind] for kind in type(problem).__mro__ if kind in STATUS)


def body_of(problem: Problem) -> dict[str, object]:
    """JSON body of a refusal: its code, its words in both languages, its facts."""
    return {"code": problem.code, "say": say(problem.code, problem.facts), "facts": problem.facts}


def answer(problem: Problem) -> JsonResponse:
    """A refusal as a JSON answer, with `Retry-After` where waiting helps."""
    response = JsonResponse(body_of(problem), status=status_of(problem), json_dumps_params={"default": str})
    if isinstance(problem, Busy | TooMany):
        response["Retry-After"] = str(problem.after_s)
    return response


def page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A refusal as a page that says what to do next; who is not signed in is shown the way in."""
    if isinstance(problem, SignInFirst):
        return _sign_in(request)
    words = say(problem.code, problem.facts)
    return render(request, "core/refused.html", {"words": words, "code": problem.code}, status=status_of(problem))


def _sign_in(request: HttpRequest) -> HttpResponse:
    """The way in, and back to the page that one is on; a part of a page leads the whole page there."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    here = (htmx.current_url_abs_path if htmx else None) or page_of(request)
    url = f"/sign-in/?{urlencode({'next': here})}"
    return HttpResponseClientRedirect(url) if htmx else redirect(url)


def page_of(request: HttpRequest) -> str:
    """Where somebody is: the address itself; of what a form sent, the page that it stood on, since many only act."""
    if request.method != "POST":
        return request.get_full_path()
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return "/"
    return f"{before.path}?{before.query}" if before.query else before.path
