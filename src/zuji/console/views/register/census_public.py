"""A firm's census form by its link, without an account: filled in on a phone, saved, handed in, and read again."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from zuji.checkin.limits import Windows
from zuji.console.blocks import stale
from zuji.console.blocks.sending import SAVED
from zuji.console.views.register.census_questions import (
    Fault,
    answers_in,
    clashes_told,
    faults_in,
    kept_on,
    sheet_of,
)
from zuji.console.views.register.census_words import firm_of, state_of
from zuji.core import clock
from zuji.core.errors import Invalid, NotFound, Refused, TooMany
from zuji.core.templatetags.words import short_language
from zuji.core.texts import say
from zuji.people.guards import for_everybody
from zuji.register.census.access import form_by_token
from zuji.register.census.actions import hand_in_by_link, save_by_link
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import DONE
from zuji.register.enums import FormState
from zuji.register.judging import day_of

TEMPLATE: Final = "console/register/census/public.html"
WRONG_A_MINUTE: Final = 30
"""Links of one address that open nothing: a hall may share an address, and a token is far too long to be guessed."""
SENT_A_MINUTE: Final = 60
"""How often one form may be sent; each is kept in the audit trail."""
wrong, sent = Windows(time.monotonic), Windows(time.monotonic)


@dataclass(frozen=True)
class Typed:
    """What was sent and not taken: the answers, their faults, and what is said above them."""

    answers: Mapping[str, str] | None = None
    faults: list[Fault] = field(default_factory=list)
    said: str = ""


@for_everybody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def census_public(request: HttpRequest, form_token: str) -> HttpResponse:
    """The form of a link; whoever holds the link may fill it in while its round is open."""
    form = _found(request, form_token)
    if form is None:
        return _private(render(request, TEMPLATE, {"title": gettext("census_public.wrong"), "state": ""}, status=404))
    with timezone.override(form.round.association.time_zone):
        if request.method == "POST":
            _limit(sent, str(form.pk), SENT_A_MINUTE)
            return _private(_enter(request, form_token, at=clock.now()))
        return _private(_page(request, form, at=clock.now()))


def _found(request: HttpRequest, token: str) -> CensusForm | None:
    address = request.META.get("REMOTE_ADDR", "")
    if wrong.count(address) >= WRONG_A_MINUTE:
        raise TooMany(wrong.wait_s(address))
    try:
        return form_by_token(token)
    except NotFound:
        wrong.add(address, 1)
        return None


def _limit(windows: Windows, key: str, most: int) -> None:
    if windows.count(key) >= most:
        raise TooMany(windows.wait_s(key))
    windows.add(key, 1)


def _private(answer: HttpResponse) -> HttpResponse:
    """An answer that no search engine lists and whose address goes nowhere; it is as good as a password."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    # no-referrer would make browsers send forms from nowhere, which Django refuses
    answer["Referrer-Policy"] = "strict-origin"
    return answer


def _enter(request: HttpRequest, token: str, *, at: datetime) -> HttpResponse:
    """Save what is there so far, or hand it in; upon what stands on the form now, so that nobody's answer is lost."""
    act = hand_in_by_link if "hand_in" in request.POST else save_by_link
    with transaction.atomic():
        form = form_by_token(token, lock=True)
        exact = _is_own(form)
        typed = answers_in(request.POST, form, exact=exact)
        merged = stale.merge(stale.unseal(request.POST.get("seen", "")), kept_on(form), typed)
        answers = {key: str(text) for key, text in merged.values.items() if text}
        if merged.clashes:
            clashes = clashes_told(form, merged.clashes, exact=exact)
            return _page(request, form, Typed(answers, clashes, gettext("census.meanwhile")), at=at)
        try:
            with transaction.atomic():
                act(token=token, answers=answers, at=at)
        except (Invalid, Refused) as problem:
            return _page(request, form, _refused(answers, problem), at=at)
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        return redirect(request.path)
    return trigger_client_event(HttpResponseClientRedirect(request.path), SAVED)


def _refused(answers: Mapping[str, str], problem: Invalid | Refused) -> Typed:
    faults = faults_in(problem)
    return Typed(answers, faults, "" if faults else say(problem.code, problem.facts)[short_language()])


def _is_own(form: CensusForm) -> bool:
    """Whether its small counts were entered by its link, or are not there yet."""
    return form.entered_by is None


def _page(request: HttpRequest, form: CensusForm, typed: Typed | None = None, *, at: datetime) -> HttpResponse:
    association, said = form.round.association, typed or Typed()
    state, is_done = state_of(form.round, day_of(association, at)), form.state in DONE
    writes = state == "open" and not is_done
    context = {
        "title": form.round.name,
        "state": "done" if is_done else state,
        "form": form,
        "firm": firm_of(form),
        "association": association,
        "is_back": form.state == FormState.SENT_BACK,
        "is_begun": form.state == FormState.BEGUN,
        "said": said.said,
        "seen": stale.seal(kept_on(form)),
        "sheet": sheet_of(form, exact=_is_own(form), writes=writes, answers=said.answers, faults=said.faults)
        if writes or is_done
        else None,
    }
    return render(request, TEMPLATE, context, status=422 if typed else 200)
