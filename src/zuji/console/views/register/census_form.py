"""One form: read by whoever may, filled in by an enumerator or the office, checked or sent back by the office."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from zuji.console.blocks import stale
from zuji.console.blocks.acting import Act, act_page
from zuji.console.blocks.acts import ActForm
from zuji.console.blocks.record import asked, history
from zuji.console.blocks.sending import SAVED
from zuji.console.pages import Crumb, Page, desk, show
from zuji.console.views.register.census_questions import Fault, answers_in, clashes_told, faults_in, kept_on, sheet_of
from zuji.console.views.register.census_words import FORMS, below_round, firm_of, listed, state_of
from zuji.console.views.register.words import town_named
from zuji.core.errors import Invalid, Refused
from zuji.core.templatetags.words import full_day, say, short_language
from zuji.core.texts import say as refusal
from zuji.people.audit import names_of
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.register.census import actions
from zuji.register.census.access import access_form, sees_counts, visible_forms
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import DONE, waiting
from zuji.register.enums import FormState

LEADS: Final[dict[str, str]] = {FormState.HANDED_IN: "census.form.waits", FormState.CHECKED: "census.form.taken"}
"""What is said of a form that is read, where its state says more than its days."""


class Typed(NamedTuple):
    """What was sent and not taken: the answers, their faults, and what is said above them."""

    answers: Mapping[str, str]
    faults: list[Fault]
    said: str = ""


@needs(Right.SEE_CENSUS)
def census_form(request: HttpRequest, form_id: int) -> HttpResponse:
    """The form as it stands."""
    account, at = desk(request)
    return _page(request, access_form(account, form_id, Right.SEE_CENSUS, at=at))


def _page(request: HttpRequest, form: CensusForm, typed: Typed | None = None) -> HttpResponse:
    account, at = desk(request)
    rights, exact = rights_of(account, at=at), sees_counts(account, form, at=at)
    writes = Right.ENTER_CENSUS in rights and _is_open(request, form)
    answers, faults, words = typed or (None, [], "")
    who = names_of((form.entered_by, form.checked_by))
    return show(
        request,
        "console/register/census/form.html",
        page_of(form, writes=writes),
        form=form,
        shape=FORMS[form.state],
        sheet=sheet_of(form, exact=exact, writes=writes, answers=answers, faults=faults),
        said=words,
        seen=stale.seal(kept_on(form)),
        address=_address(form),
        entered=who.get(form.entered_by or 0, ""),
        checked=who.get(form.checked_by or 0, ""),
        next=_next(request, form),
        is_done=form.state in DONE,
        closed=form.round.closed_at is not None,
        timeline=history(request, form),
        rights=rights,
        status=422 if typed else 200,
    )


def page_of(form: CensusForm, *, writes: bool) -> Page:
    """A form's page."""
    key = "census.form.lead" if writes else LEADS.get(form.state, "census.form.reads")
    lead = say(key, town=town_named(form.town), closes=full_day(form.round.closes_on))
    return below_round(form.round, firm_of(form), lead, Crumb(gettext("census.forms.title"), listed(form.round_id)))


def url_of(form: CensusForm) -> str:
    """The address of a form."""
    return reverse("console:census_form", args=[form.pk])


def _is_open(request: HttpRequest, form: CensusForm) -> bool:
    """Whether it may be filled in now."""
    return form.state not in DONE and state_of(form.round, asked(request).today) == "open"


def _address(form: CensusForm) -> str:
    """Where the firm is, as the register has it: an enumerator goes there."""
    card = getattr(form.enterprise, "card", None)
    value = card.values.get("address", {}).get("value", "") if card else ""
    return str(value)


def _next(request: HttpRequest, form: CensusForm) -> str:
    """The next form that waits for this account, after this one or from the top; nothing where none does."""
    account, at = desk(request)
    rights = rights_of(account, at=at)
    if Right.RUN_CENSUS in rights:
        rows = visible_forms(account, Right.RUN_CENSUS, at=at).filter(round=form.round_id, state=FormState.HANDED_IN)
    elif Right.ENTER_CENSUS in rights:
        missing = waiting(form.round).values("pk")
        rows = visible_forms(account, Right.ENTER_CENSUS, at=at).filter(pk__in=missing)
    else:
        return ""
    others = rows.exclude(pk=form.pk).order_by("pk").values_list("pk", flat=True)
    found = others.filter(pk__gt=form.pk).first() or others.first()
    return reverse("console:census_form", args=[found]) if found else ""


@needs(Right.ENTER_CENSUS)
def census_form_enter(request: HttpRequest, form_id: int) -> HttpResponse:
    """Save what is there so far, or hand it in; upon what stands on the form now, so that nobody's answer is lost."""
    account, at = desk(request)
    with transaction.atomic():
        form = access_form(account, form_id, Right.ENTER_CENSUS, at=at, lock=True)
        if request.method != "POST":
            return redirect(url_of(form))
        exact = sees_counts(account, form, at=at)
        typed = answers_in(request.POST, form, exact=exact)
        merged = stale.merge(stale.unseal(request.POST.get("seen", "")), kept_on(form), typed)
        answers = {key: str(text) for key, text in merged.values.items() if text}
        if merged.clashes:
            clashes = clashes_told(form, merged.clashes, exact=exact)
            return _page(request, form, Typed(answers, clashes, gettext("census.meanwhile")))
        act = actions.hand_in if "hand_in" in request.POST else actions.save_form
        try:
            with transaction.atomic():
                form = act(actor=account, form_id=form_id, answers=answers, at=at)
        except (Invalid, Refused) as problem:
            return _page(request, form, Typed(answers, faults_in(problem), _told(problem)))
    messages.success(request, gettext("census.form.handed_in" if form.state in DONE else "census.form.saved"))
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware
        return redirect(url_of(form))
    return trigger_client_event(HttpResponseClientRedirect(url_of(form)), SAVED)


def _told(problem: Invalid | Refused) -> str:
    """What is said above the questions; faults stand beside them."""
    return "" if faults_in(problem) else refusal(problem.code, problem.facts)[short_language()]


@needs(Right.RUN_CENSUS)
@require_POST
def census_form_check(request: HttpRequest, form_id: int) -> HttpResponse:
    """Take a form that was handed in, and go on with the next."""
    account, at = desk(request)
    form = actions.check_form(actor=account, form_id=form_id, at=at)
    messages.success(request, say("census.form.checked", firm=firm_of(form)))
    return redirect(_next(request, form) or listed(form.round_id))


SendBackForm = ActForm.of(actions.send_back, words="census_back", given=("form_id",))


@needs(Right.RUN_CENSUS)
def census_form_send_back(request: HttpRequest, form_id: int) -> HttpResponse:
    """Send a form back with a reason that its firm reads."""
    account, at = desk(request)
    form = access_form(account, form_id, Right.RUN_CENSUS, at=at)
    title = say("census_back.title", firm=firm_of(form))
    act = Act(
        page=below_round(form.round, title, gettext("census_back.lead"), Crumb(firm_of(form), url_of(form))),
        form=SendBackForm,
        given={"form_id": form.pk},
        steps=lambda: history(request, form),
        goes=lambda _: url_of(form),
        back=url_of(form),
        said="census_back.done",
        do="census_back.do",
    )
    return act_page(request, act)
