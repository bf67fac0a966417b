"""Where the pages' refusals become answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from zuji.core import http
from zuji.core.errors import Problem


class CompressedPages(GZipMiddleware):
    """Compresses pages, and nothing else: files are compressed as they are, and a stream would be held back.

    Compressing what holds secrets beside what a stranger chose can give the secrets away by their length (BREACH). The
    token in our forms is masked anew on each page, session cookies do not come along from other sites (SameSite=Lax),
    and Django pads each page by a random length: a stranger has nothing to compare. So pages go out at a tenth of
    their size, which a village's network needs, without a proxy that must be told to do it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


class Refusals:
    """Turns a `Problem` raised by a page into the page or the JSON that the one table says."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Problem):
            return None
        if request.path.startswith("/api/"):
            return http.answer(exception)
        return http.page(request, exception)
