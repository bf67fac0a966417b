"""Rules about firms: those in force, one with its versions, and its next version, which shows first what it changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.forms import attempt
from zuji.console.blocks.once import once
from zuji.console.blocks.record import asked, histories
from zuji.console.pages import Crumb, Desk, Page, desk, entry_page, show
from zuji.console.views.register.rule_forms import FORMS, RuleForm
from zuji.console.views.register.words import ANSWERS
from zuji.core.errors import NotFound
from zuji.core.templatetags.words import say
from zuji.people.audit import names_of
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of, scope_of
from zuji.register.access import visible_cards
from zuji.register.enums import Answer, RuleKind
from zuji.register.models import RuleVersion
from zuji.register.rules.access import visible_rules
from zuji.register.rules.actions import preview_rule, set_rule, take_back_rule
from zuji.register.rules.queries import Preview
from zuji.register.rules.values import RuleValues

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Ruled:
    """A rule with its version in force, and how many firms it answers what, each number with its firms."""

    kind: str
    version: RuleVersion
    counts: list[tuple[str, str, int, str]]


@dataclass(frozen=True)
class Version:
    """A version of a rule, who made it, and whether it is in force."""

    row: RuleVersion
    who: str
    in_force: bool

    @property
    def last(self) -> date | None:
        """Its last day; None while it has none."""
        return self.row.during.upper - ONE_DAY if self.row.during.upper else None


@needs(Right.SEE_REGISTER)
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force today."""
    at_desk, today = desk(request), asked(request).today
    rows = visible_rules(at_desk.account, at=at_desk.at).filter(during__contains=today)
    counts = _counts(at_desk)
    by_kind = {row.kind: row for row in rows}
    ruled = [Ruled(kind, by_kind[kind], _answers(kind, counts)) for kind in RuleKind.values if kind in by_kind]
    return show(request, "console/register/rules.html", entry_page("register", "rules"), ruled=ruled)


def _counts(at_desk: Desk) -> dict[str, int]:
    """How many firms each rule answers what, in one question."""
    wanted = {f"n_{kind}_{answer}": Count("pk", filter=Q(**{kind: answer})) for kind in RuleKind for answer in Answer}
    return visible_cards(at_desk.account, at=at_desk.at).order_by().aggregate(**wanted)


def _answers(kind: str, counts: dict[str, int]) -> list[tuple[str, str, int, str]]:
    url = reverse("console:firms")
    return [(each, ANSWERS[each], counts[f"n_{kind}_{each}"], f"{url}?{kind}={each}") for each in Answer.values]


@needs(Right.SEE_REGISTER)
def rule(request: HttpRequest, kind: str) -> HttpResponse:
    """One rule: what it asks, and its versions."""
    account, at = desk(request)
    found = _versions(request, kind)
    who = names_of(each.made_by for each in found)
    today = asked(request).today
    return show(
        request,
        "console/register/rule.html",
        _page(gettext(f"rule_kind.{kind}"), gettext(f"rule_lead.{kind}")),
        kind=kind,
        told=list(told_parameters(kind, found[0].parameters)),
        versions=[Version(each, who.get(each.made_by or 0, ""), today in each.during) for each in found],
        timeline=histories(request, found),
        rights=rights_of(account, at=at),
    )


def told_parameters(kind: str, kept: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """What a rule asks, as its form does: the words before each field, and what stands in it."""
    form = FORMS[kind](kept=kept)
    for name in form.base_fields:
        field: Any = form.fields[name]
        yield str(field.label), _shown(field, form.initial.get(name))
    for row in getattr(form, "table", []):
        parts = [_shown(each.field, each.initial)[0] for each in row if each.initial not in ("", None)]
        if row[1].initial:
            yield gettext("criterion.one"), [" ".join(parts)]


def _shown(field: Any, value: object) -> list[str]:  # noqa: ANN401 - a form's field
    words = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, bool):
        return [gettext("yes_no.yes" if value else "yes_no.no")]
    if isinstance(value, dict):
        return list(value.values())
    many = value if isinstance(value, list | tuple) else [value]
    return [words.get(str(each), str(each)) for each in many if each not in ("", None)]


@needs(Right.EDIT_RULES)
def rule_edit(request: HttpRequest, kind: str) -> HttpResponse:
    """Its next version: what it would change is shown first, and done by a second yes."""
    at_desk = desk(request)
    latest = _versions(request, kind)[0]
    name = gettext(f"rule_kind.{kind}")
    form = FORMS[kind](request.POST or None, kept=latest.parameters, initial={"since": asked(request).today})
    previewed: list[Preview] = []
    if form.is_valid():
        if "save" in request.POST and attempt(form, lambda: once(request, lambda: _save(at_desk, latest, form))):
            messages.success(request, gettext("rules.saved"))
            return redirect("console:rule", kind)
        if "save" not in request.POST:
            attempt(form, lambda: previewed.append(_preview(at_desk, latest, form)))
    return show(
        request,
        "console/register/rule_edit.html",
        _page(say("rules.edit.title", name=name), gettext("rules.edit.lead"), Crumb(name, url_of(kind))),
        kind=kind,
        form=form,
        table=getattr(form, "table", None),
        plain=[form[name] for name in (*form.base_fields, "since", "reason")],
        preview=previewed[0] if previewed else None,
        status=422 if form.errors else 200,
    )


def _save(at_desk: Desk, latest: RuleVersion, form: RuleForm) -> object:
    typed = form.cleaned_data
    values = RuleValues(parameters=form.parameters(), since=typed["since"], reason=typed["reason"])
    return set_rule(actor=at_desk.account, **_whose(latest), values=values, at=at_desk.at)


def _preview(at_desk: Desk, latest: RuleVersion, form: RuleForm) -> Preview:
    asked_of = {"parameters": form.parameters(), "on": form.cleaned_data["since"], "at": at_desk.at}
    return preview_rule(actor=at_desk.account, **_whose(latest), **asked_of)


def _whose(version: RuleVersion) -> dict[str, Any]:
    return {"association_id": version.association_id, "kind": RuleKind(version.kind)}


@needs(Right.EDIT_RULES)
@require_POST
def rule_take_back(request: HttpRequest, kind: str) -> HttpResponse:
    """Take the last version back."""
    account, at = desk(request)
    about = _whose(_versions(request, kind)[0])
    once(request, lambda: take_back_rule(actor=account, at=at, **about))
    messages.success(request, gettext("rules.taken_back"))
    return redirect("console:rule", kind)


def _versions(request: HttpRequest, kind: str) -> list[RuleVersion]:
    """The versions of a rule of the association that the account is of, the latest first; NotFound without any."""
    if kind not in RuleKind.values:
        raise NotFound("rule")
    account, at = desk(request)
    own = min(scope_of(account, Right.SEE_REGISTER, at=at).associations, default=None)
    found = list(visible_rules(account, at=at).filter(association=own, kind=kind))
    if not found:
        raise NotFound("rule")
    return found


def url_of(kind: str) -> str:
    """The address of a rule's page."""
    return reverse("console:rule", args=[kind])


def _page(title: str, lead: str, *above: Crumb) -> Page:
    crumb = Crumb(gettext("entry.rules"), reverse("console:rules"))
    return Page(task="register", entry="rules", title=title, lead=lead, crumbs=(crumb, *above))
