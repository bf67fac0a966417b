"""Where the pages' refusals become answers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zuji.core import http
from zuji.core.errors import Problem


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
