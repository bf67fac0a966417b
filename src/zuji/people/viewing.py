"""Looking as somebody else, for support: read-only, announced on every page, written down, and soon over.

While it lasts a request's `user` is the account that is looked at and `request.viewing` says who looks; the session
stays theirs. Whoever may no longer look, or whose time is over, is themselves again with the next request.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from datetime import datetime, timedelta
from importlib import import_module
from typing import NamedTuple, TypeVar, cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from zuji.core import clock, http
from zuji.core.errors import Refused
from zuji.people import actions
from zuji.people.access import viewed_by
from zuji.people.errors import Refusal
from zuji.people.models import Account

LASTS = timedelta(minutes=30)
KEY = "viewing"
LOOKS = ("GET", "HEAD")

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Viewing(NamedTuple):
    """Who looks as the request's user, and until when."""

    actor: Account
    until: datetime


def ends_viewing(view: View) -> View:
    """The one thing that may be sent while looking as somebody else."""
    view.ends_viewing = True  # type: ignore[attr-defined]  # read by the middleware
    return view


def not_while_viewing(view: View) -> View:
    """A page that does something although it is only opened, or shows what is its owner's alone."""
    view.not_while_viewing = True  # type: ignore[attr-defined]
    return view


def begin(request: HttpRequest, account: Account, *, until: datetime) -> None:
    """Look as this account from the next request on; `actions.begin_viewing` comes first."""
    request.session[KEY] = {"account": account.pk, "until": until.isoformat()}


def end(request: HttpRequest, *, at: datetime) -> Account | None:
    """Be oneself again; returns as whom one looked, None for whoever did not."""
    viewing: Viewing | None = request.viewing  # type: ignore[attr-defined]  # set by the middleware
    if viewing is None or not isinstance(request.user, Account):
        return None
    actions.end_viewing(actor=viewing.actor, account=request.user, at=at)
    del request.session[KEY]
    return request.user


class ViewAs:
    """Puts the account that is looked at in the place of the one who looks, and refuses whatever is not looking."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.viewing = None  # type: ignore[attr-defined]
        # to ask for a session makes an answer differ by cookies, and phones keep pages for dead spots
        if settings.SESSION_COOKIE_NAME in request.COOKIES and KEY in request.session:
            _look(request)
        answer = self.get_response(request)
        if request.viewing:  # type: ignore[attr-defined]
            answer["Cache-Control"] = "no-store"
            if isinstance(answer, StreamingHttpResponse) and answer.is_async:
                answer.streaming_content = _while_viewing(answer, request.session)
        return answer

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object) -> HttpResponse | None:
        if request.viewing is None or getattr(view, "ends_viewing", False):  # type: ignore[attr-defined]
            return None
        # the library's pages change or show what only an account's owner should
        own = getattr(view, "not_while_viewing", False) or str(getattr(view, "__module__", "")).startswith("allauth.")
        if request.method in LOOKS and not own:
            return None
        refusal = Refused(Refusal.ONLY_LOOKING)
        return http.answer(refusal) if request.path.startswith("/api/") else http.page(request, refusal)


def _look(request: HttpRequest) -> None:
    kept, at = request.session[KEY], clock.now()
    actor, until = request.user, datetime.fromisoformat(kept["until"])
    if not isinstance(actor, Account):
        return
    account = viewed_by(actor, kept["account"], at=at)
    if account is not None and at < until:
        request.viewing, request.user = Viewing(actor, until), account  # type: ignore[attr-defined]
        return
    del request.session[KEY]
    looked_at = Account.objects.get(pk=kept["account"])
    actions.end_viewing(actor=actor, account=looked_at, at=min(at, until))
    messages.info(request, gettext("viewing.over"))


def _while_viewing(answer: StreamingHttpResponse, session: SessionBase) -> AsyncIterator[bytes]:
    """Live frames, as long as the session they were asked for in still looks."""
    frames = cast("AsyncGenerator[bytes, None]", answer.streaming_content)

    async def until_over() -> AsyncIterator[bytes]:
        async with aclosing(frames):
            async for frame in frames:
                if not await sync_to_async(_is_still)(session.session_key or "", session[KEY]):
                    return
                yield frame

    return until_over()


def _is_still(session_key: str, kept: dict[str, object]) -> bool:
    try:
        now = import_module(settings.SESSION_ENGINE).SessionStore(session_key).get(KEY)
        return bool(now == kept and clock.now() < datetime.fromisoformat(str(kept["until"])))
    finally:
        close_old_connections()
