"""Writes to one form: by a firm's contact through its link, by an enumerator, by the office."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from zuji.core.audit import audit
from zuji.core.errors import Invalid, Refused
from zuji.core.sheets.folding import clean
from zuji.people.enums import Right
from zuji.people.models import Account
from zuji.register.census import access
from zuji.register.census.answers import faults, tidied
from zuji.register.census.comparing import compare
from zuji.register.census.errors import Refusal
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import DONE, last_answers
from zuji.register.census.questionnaire import Questionnaire, parse
from zuji.register.enums import FormState, Verb
from zuji.register.judging import day_of

LONGEST = 200
Given = Mapping[str, str]


@transaction.atomic
def save_form(*, actor: Account, form_id: int, answers: Given, at: datetime) -> CensusForm:
    """Keep what somebody of the office or an enumerator has entered so far; wrong answers are refused, missing not."""
    form = access.access_form(actor, form_id, Right.ENTER_CENSUS, at=at, lock=True)
    return _save(form, answers, actor=actor, at=at)


@transaction.atomic
def save_by_link(*, token: str, answers: Given, at: datetime) -> CensusForm:
    """The same by whoever has the form's link, without an account."""
    return _save(access.form_by_token(token, lock=True), answers, actor=None, at=at)


@transaction.atomic
def hand_in(*, actor: Account, form_id: int, answers: Given, at: datetime) -> CensusForm:
    """Hand a form in: everything that is required is there, and what is strange beside the last round is marked."""
    form = access.access_form(actor, form_id, Right.ENTER_CENSUS, at=at, lock=True)
    return _hand_in(form, answers, actor=actor, at=at)


@transaction.atomic
def hand_in_by_link(*, token: str, answers: Given, at: datetime) -> CensusForm:
    """The same by whoever has the form's link, without an account."""
    return _hand_in(access.form_by_token(token, lock=True), answers, actor=None, at=at)


@transaction.atomic
def send_back(*, actor: Account, form_id: int, reason: str, at: datetime) -> CensusForm:
    """A form that was handed in or checked goes back with a reason that its firm reads."""
    form = _of_an_open_round(access.access_form(actor, form_id, Right.RUN_CENSUS, at=at, lock=True))
    if not (why := clean(reason)[:LONGEST]):
        raise Invalid(Refusal.CENSUS_REASON_MISSING, field="reason")
    if form.state not in DONE:
        raise Refused(Refusal.CENSUS_FORM_NOT_HANDED_IN)
    form.state, form.reason, form.checked_by = FormState.SENT_BACK, why, None
    form.save(update_fields=["state", "reason", "checked_by"])
    return _told(form, Verb.CENSUS_FORM_SENT_BACK, actor, at, reason=why)


@transaction.atomic
def check_form(*, actor: Account, form_id: int, at: datetime) -> CensusForm:
    """The office has looked at a form that was handed in, and takes it."""
    form = _of_an_open_round(access.access_form(actor, form_id, Right.RUN_CENSUS, at=at, lock=True))
    if form.state != FormState.HANDED_IN:
        raise Refused(Refusal.CENSUS_FORM_NOT_HANDED_IN)
    form.state, form.checked_by = FormState.CHECKED, actor.pk
    form.save(update_fields=["state", "checked_by"])
    return _told(form, Verb.CENSUS_FORM_CHECKED, actor, at)


def _save(form: CensusForm, answers: Given, *, actor: Account | None, at: datetime) -> CensusForm:
    _enter(form, answers, actor=actor, at=at, complete=False)
    if form.state == FormState.OPEN:
        form.state = FormState.BEGUN
    form.save(update_fields=["answers", "state", "saved_at", "entered_by"])
    return _told(form, Verb.CENSUS_FORM_SAVED, actor, at)


def _hand_in(form: CensusForm, answers: Given, *, actor: Account | None, at: datetime) -> CensusForm:
    read = _enter(form, answers, actor=actor, at=at, complete=True)
    strange = compare(read, last_answers(form), form.answers)
    form.anomalies = [{**each._asdict(), "code": str(each.code)} for each in strange]
    form.state, form.handed_in_at, form.reason = FormState.HANDED_IN, at, ""
    form.save(update_fields=["answers", "state", "saved_at", "entered_by", "anomalies", "handed_in_at", "reason"])
    return _told(form, Verb.CENSUS_FORM_HANDED_IN, actor, at)


def _enter(form: CensusForm, answers: Given, *, actor: Account | None, at: datetime, complete: bool) -> Questionnaire:
    """Put answers onto a form that may be written to; Invalid with every fault of them."""
    _of_an_open_round(form)
    today = day_of(form.round.association, at)
    if not form.round.opens_on <= today <= form.round.closes_on:
        raise Refused(Refusal.CENSUS_NOT_OPEN, opens=str(form.round.opens_on), closes=str(form.round.closes_on))
    if form.state in DONE:
        raise Refused(Refusal.CENSUS_FORM_HANDED_IN)
    read = parse(form.round.questionnaire)
    if found := faults(read, answers, complete=complete):
        told = [{"question": each.question, "code": str(each.code), "facts": each.facts} for each in found]
        raise Invalid(Refusal.CENSUS_FAULTS, field=found[0].question, count=len(found), faults=told)
    before, form.answers, form.saved_at = form.answers, tidied(read, answers), at
    if not _keeps_counts(read, before, form.answers):
        form.entered_by = actor.pk if actor else None
    return read


def _keeps_counts(read: Questionnaire, before: Given, after: Given) -> bool:
    """Whether there were small counts, and they are left as they were."""
    kept = [(before.get(each.key), after.get(each.key)) for each in read.questions if each.small]
    return any(was for was, _ in kept) and all(was == now for was, now in kept)


def _of_an_open_round(form: CensusForm) -> CensusForm:
    if form.round.closed_at is not None:
        raise Refused(Refusal.CENSUS_CLOSED)
    return form


def _told(form: CensusForm, verb: Verb, actor: Account | None, at: datetime, **facts: str) -> CensusForm:
    # no answer is told: the trail is kept longer than a form, and a small count is nobody's to read there
    audit(actor, verb, form, association_id=form.round.association_id, at=at, **facts)
    return form
