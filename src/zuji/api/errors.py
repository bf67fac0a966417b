"""How whatever goes wrong at the JSON face becomes a coded answer in both languages."""

from enum import StrEnum
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from zuji.core import http
from zuji.core.errors import CoreRefusal, Forbidden, Invalid, NotFound, Problem, SignInFirst, TooMany
from zuji.people.guards import for_everybody


class ApiRefusal(StrEnum):
    """Refusals of this face: what was sent cannot be read."""

    NOT_JSON = "not_json"
    FIELD_MISSING = "field_missing"


_BY_STATUS: dict[int, Problem] = {
    HTTPStatus.BAD_REQUEST: Invalid(ApiRefusal.NOT_JSON),
    HTTPStatus.UNAUTHORIZED: SignInFirst(),
    HTTPStatus.FORBIDDEN: Forbidden(),
}


def of_validation(error: ValidationError) -> Invalid:
    """The first field that cannot be used, by its path, and why."""
    first = error.errors[0]
    field = ".".join(str(part) for part in first["loc"][2:] or first["loc"][1:])
    if first["type"] == CoreRefusal.TEXT_HAS_NUL:
        return Invalid(CoreRefusal.TEXT_HAS_NUL, field=field)
    if first["type"] == "missing":
        return Invalid(ApiRefusal.FIELD_MISSING, field=field)
    return Invalid(CoreRefusal.INVALID, field=field, why=first["type"])


@csrf_exempt
@for_everybody
def nothing_here(request: HttpRequest) -> HttpResponse:
    """For addresses under `/api/` that lead nowhere."""
    return http.answer(NotFound())


def install(api: NinjaAPI) -> None:
    """Give every kind of error its answer."""

    @api.exception_handler(Problem)
    def refused(request: HttpRequest, error: Problem) -> HttpResponse:
        return http.answer(error)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return http.answer(of_validation(error))

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
        return http.answer(TooMany(int(error.wait or 1)))

    @api.exception_handler(HttpError)
    def by_status(request: HttpRequest, error: HttpError) -> HttpResponse:
        return http.answer(_BY_STATUS.get(error.status_code) or Invalid(CoreRefusal.INVALID))

    @api.exception_handler(Http404)
    def absent(request: HttpRequest, error: Http404) -> HttpResponse:
        return http.answer(NotFound())
