"""The pages that `web/` builds: the participants' page under its four doors, the steward's page, the service worker."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from zuji.core import built
from zuji.core.errors import NotFound
from zuji.people.enums import Right
from zuji.people.guards import for_everybody, needs

# A phone in a dead spot opens the page again from the browser's own cache; iOS WeChat has no service worker.
KEPT = "private, max-age=600, stale-while-revalidate=604800, stale-if-error=604800"


@for_everybody
def phone(request: HttpRequest, rest: str | int = "") -> HttpResponse:
    """The participants' page; what the address means is read on the phone."""
    return _shell(request, "phone")


@needs(Right.SHOW_CODES)
@ensure_csrf_cookie
def steward(request: HttpRequest) -> HttpResponse:
    """The steward's page."""
    return _shell(request, "steward")


@for_everybody
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root, so that it may look after every door."""
    file = built.file("sw.js")
    if file is None:
        raise NotFound("service_worker")
    answer = HttpResponse(file.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    answer["Cache-Control"] = "no-cache"
    return answer


def _shell(request: HttpRequest, name: str) -> HttpResponse:
    entry = built.entry(name)
    if entry is None:
        return render(request, "public/not_built.html", status=503)
    answer = render(request, "public/shell.html", {"entry": entry, "name": name})
    answer["Cache-Control"] = KEPT
    return answer
