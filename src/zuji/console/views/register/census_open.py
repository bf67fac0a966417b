"""A round is opened: what it is called, its days, its questionnaire, and for which firms; first looked at, then done.
And it is closed: what that does is said before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from zuji.console.blocks.forms import Form, attempt
from zuji.console.blocks.once import once
from zuji.console.blocks.record import asked
from zuji.console.pages import Desk, desk, show
from zuji.console.views.register.census_questions import in_language
from zuji.console.views.register.census_words import UNKNOWN, below_round, below_rounds, listed, round_page
from zuji.console.views.register.rule_forms import Ticks
from zuji.console.views.register.words import town_named, towns_known
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.register.access import visible_cards
from zuji.register.census.access import access_round
from zuji.register.census.actions import ask_close, open_round
from zuji.register.census.models import CensusRound
from zuji.register.census.queries import counted, in_scope
from zuji.register.census.questionnaire import MOST_BYTES, decode, default, parse
from zuji.register.census.values import InScope, RoundValues
from zuji.register.enums import Answer, FormState, RuleKind
from zuji.register.queries import counts_by_town


class TownTicks(forms.MultipleChoiceField):
    """Some of the district's towns, or firms whose town nobody knows."""

    def __init__(self) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "options"})
        super().__init__(choices=self._offered, required=False, widget=widget)

    @staticmethod
    def _offered() -> list[tuple[str, str]]:
        return [*towns_known().items(), (UNKNOWN, gettext("core.unknown"))]


class Definition(forms.FileField):
    """A questionnaire as a JSON file; read and looked through at once."""

    widget = forms.ClearableFileInput(attrs={"accept": "application/json,.json"})


def _day() -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class OpenForm(Form):
    """What is said of a round; `kept` carries an uploaded questionnaire from the first look to the yes."""

    keys = {
        "name": "census.name",
        "opens_on": "census.opens_on",
        "closes_on": "census.closes_on",
        "towns": "census.towns",
        "questionnaire": "census.questionnaire",
        "kept": "census.questionnaire",
        **{str(kind): f"rule_kind.{kind}" for kind in RuleKind},
    }
    helped = ("towns", "questionnaire")

    name = forms.CharField(max_length=80)
    opens_on = _day()
    closes_on = _day()
    in_district = Ticks("answer", Answer.values)
    active = Ticks("answer", Answer.values)
    internet = Ticks("answer", Answer.values)
    three_haves = Ticks("answer", Answer.values)
    key = Ticks("answer", Answer.values)
    towns = TownTicks()
    questionnaire = Definition(required=False)
    kept = forms.CharField(required=False, max_length=MOST_BYTES, widget=forms.HiddenInput)

    def clean(self) -> None:
        """Read the questionnaire, so that its faults stand beside its field."""
        self.definition = default()
        attempt(self, self._read)

    def _read(self) -> None:
        sent, kept = self.cleaned_data.get("questionnaire"), self.cleaned_data.get("kept", "")
        if sent is None and not kept:
            return
        # a byte more than may be is enough to see that it is too large
        self.definition = decode(sent.read(MOST_BYTES + 1) if sent is not None else kept.encode())
        parse(self.definition)

    @property
    def scope(self) -> InScope:
        """Which firms get a form."""
        answers = {str(kind): tuple(self.cleaned_data[kind]) for kind in RuleKind if self.cleaned_data[kind]}
        towns = frozenset("" if each == UNKNOWN else each for each in self.cleaned_data["towns"])
        return InScope(answers=answers, towns=towns)

    @property
    def values(self) -> RoundValues:
        """What is said of the round."""
        days = {name: self.cleaned_data[name] for name in ("opens_on", "closes_on")}
        return RoundValues(name=self.cleaned_data["name"], questionnaire=self.definition, **days)


@dataclass(frozen=True)
class Look:
    """What a round would be: how many firms get a form, in which towns most, and what is asked."""

    firms: int
    towns: list[tuple[str, int]]
    asks: list[tuple[str, int]]
    kept: str


@needs(Right.RUN_CENSUS)
def census_open(request: HttpRequest) -> HttpResponse:
    """Say what a round is to be, see for how many firms, and open it by a second yes."""
    at_desk = desk(request)
    form = OpenForm(request.POST or None, request.FILES or None, initial=_first(request))
    look: Look | None = None
    if form.is_valid():
        made: list[CensusRound] = []
        if "open" in request.POST and attempt(form, lambda: once(request, lambda: made.append(_open(at_desk, form)))):
            return redirect(round_page(made[0]) if made else reverse("console:census"))
        look = _look(at_desk, form) if not form.errors else None
    page = below_rounds(gettext("census.open.title"), gettext("census.open.lead"))
    shown = {"form": form, "look": look, "rules": [form[str(kind)] for kind in ORDER], "most": MOST_TOWNS}
    return show(request, "console/register/census/open.html", page, **shown, status=422 if form.errors else 200)


ORDER: Final = (RuleKind.IN_DISTRICT, RuleKind.ACTIVE, RuleKind.INTERNET, RuleKind.THREE_HAVES, RuleKind.KEY)
MOST_TOWNS: Final = 20


def _first(request: HttpRequest) -> Mapping[str, Any]:
    """What the form opens with: the firms of the register, from today on."""
    return {"opens_on": asked(request).today, **{kind: list(answers) for kind, answers in InScope().answers.items()}}


def _open(at_desk: Desk, form: OpenForm) -> CensusRound:
    account, at = at_desk
    return open_round(actor=account, association_id=account.association_id, values=form.values, scope=form.scope, at=at)


def _look(at_desk: Desk, form: OpenForm) -> Look:
    account, at = at_desk
    cards = visible_cards(account, Right.RUN_CENSUS, at=at).filter(association=account.association_id)
    counts = counts_by_town(in_scope(cards, form.scope))
    towns = sorted(((town_named(each.town), each.firms) for each in counts), key=lambda pair: -pair[1])
    read = parse(form.definition)
    asks = [(in_language(part.words), len(part.questions)) for part in read.sections]
    is_own = form.definition != default()
    kept = msgspec.json.encode(form.definition).decode() if is_own else ""
    return Look(sum(count for _, count in towns), towns, asks, kept)


@needs(Right.RUN_CENSUS)
def census_close(request: HttpRequest, round_id: int) -> HttpResponse:
    """What closing does, and the yes; it is done as a long work."""
    account, at = desk(request)
    held = access_round(account, round_id, Right.RUN_CENSUS, at=at)
    if request.method == "POST":
        ask_close(actor=account, round_id=held.pk, at=at)
        return redirect(round_page(held))
    states = counted(held.forms.all(), [held.pk])[held.pk]
    left = states["forms"] - states["handed_in"] - states["checked"]
    page = below_round(held, say("census.close.title", name=held.name), gettext("census.close.lead"))
    return show(
        request,
        "console/register/census/close.html",
        page,
        held=held,
        checked=(states["checked"], listed(held.pk, state=FormState.CHECKED)),
        handed_in=(states["handed_in"], listed(held.pk, state=FormState.HANDED_IN)),
        left=(left, listed(held.pk, done="no")),
        back=round_page(held),
    )
