"""Whose value wins: by field the order of authorities in force, and its next one, which shows first what it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.forms import Form, attempt
from zuji.console.blocks.once import once
from zuji.console.blocks.record import asked, histories
from zuji.console.pages import Crumb, Desk, Page, desk, show
from zuji.console.views.register.fields import words_of_value
from zuji.console.views.register.words import field_named
from zuji.core.errors import NotFound
from zuji.core.templatetags.words import say, short_language
from zuji.core.texts import say as refused
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of, scope_of
from zuji.register import actions
from zuji.register.access import visible_authorities, visible_precedences
from zuji.register.errors import Refusal
from zuji.register.fields import Field
from zuji.register.models import Precedence
from zuji.register.precedence import ORDERED, Ordered, Swap

EDIT = Right.EDIT_REGISTER
ONE_DAY: Final = timedelta(days=1)
PLACES: Final = 12
"""As many authorities as an order names at most."""
SHOWN: Final = 100
"""As many firms as a preview names; their number is told in full."""


@dataclass(frozen=True)
class Version:
    """An order: its authorities by name, first to last, and its days; `last` is None while it has no end."""

    names: list[str]
    since: date
    last: date | None


@dataclass
class OfField:
    """Whose value wins for a field, "" being every field without its own: now, from some day on, and before."""

    of: str
    label: str
    now: Version | None = None
    then: Version | None = None
    before: list[Version] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the next order is set."""
        return f"{reverse('console:precedence_edit')}?field={self.of}"


@dataclass(frozen=True)
class Swapped:
    """A firm whose value in force would change, in words."""

    enterprise: int
    name: str
    label: str
    before: str
    after: str


@needs(Right.SEE_REGISTER)
def precedence(request: HttpRequest) -> HttpResponse:
    """The orders in force, those to come, and those before; then the fields that have none of their own."""
    account, at = desk(request)
    rows = _orders(request)
    told = _by_field(rows, _names(request), asked(request).today)
    own = [each for name, each in told.items() if name and (each.now or each.then)]
    return show(
        request,
        "console/register/precedence.html",
        _page(gettext("precedence.title"), gettext("precedence.lead")),
        orders=[told[""], *own],
        others=[each for name, each in told.items() if name and not (each.now or each.then)],
        timeline=histories(request, rows),
        rights=rights_of(account, at=at),
    )


def _own(request: HttpRequest, right: Right = Right.SEE_REGISTER) -> int:
    account, at = desk(request)
    return min(scope_of(account, right, at=at).associations, default=0)


def _orders(request: HttpRequest) -> list[Precedence]:
    account, at = desk(request)
    return list(visible_precedences(account, at=at).filter(association=_own(request)).order_by("field", "-during"))


def _names(request: HttpRequest) -> dict[int, str]:
    account, at = desk(request)
    rows = visible_authorities(account, at=at).filter(association=_own(request))
    return dict(rows.order_by("pk").values_list("pk", "name"))


def _by_field(rows: Sequence[Precedence], names: Mapping[int, str], today: date) -> dict[str, OfField]:
    """Every field, the one for all first, with its orders; `rows` of a field come the latest first."""
    told = {name: OfField(name, label_of(name)) for name in ("", *(each.value for each in ORDERED))}
    for row in rows:
        until = row.during.upper
        last = until - ONE_DAY if until else None
        version = Version([names[key] for key in row.authorities if key in names], row.during.lower, last)
        if today in row.during:
            told[row.field].now = version
        elif row.during.lower > today:
            told[row.field].then = version
        else:
            told[row.field].before.append(version)
    return told


def label_of(name: str) -> str:
    """What a field is called; "" is every field without its own order."""
    return field_named(name) if name else gettext("list_field.all")


class OrderForm(Form):
    """Authorities from first to last, and since when; a place that is left empty ends nothing, but counts for none."""

    keys: ClassVar = {"since": "precedence.since"}

    since = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, names: Mapping[int, str], kept: Sequence[int], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.places = min(len(names), PLACES)
        choices = [("", "—"), *names.items()]
        for place in range(self.places):
            self.fields[f"place-{place}"] = forms.TypedChoiceField(
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=kept[place] if place < len(kept) else "",
                label=say("precedence.place", place=place + 1),
            )
        self.order_fields([*(f"place-{place}" for place in range(self.places)), "since"])

    def clean(self) -> None:
        """An authority named twice is told beside its second place."""
        seen: set[int] = set()
        for place in range(self.places):
            chosen = self.cleaned_data.get(f"place-{place}")
            if chosen in seen:
                self.add_error(f"place-{place}", refused(Refusal.PRECEDENCE_AUTHORITIES, {})[short_language()])
            seen |= {chosen} if chosen else set()

    def authorities(self) -> list[int]:
        """Those chosen, first to last."""
        chosen = (self.cleaned_data[f"place-{place}"] for place in range(self.places))
        return [each for each in chosen if each is not None]


@needs(EDIT)
def precedence_edit(request: HttpRequest) -> HttpResponse:
    """A field's next order: whose values it would change is shown first, and it is set by a second yes."""
    name, names, at_desk = _field(request.GET.get("field", "")), _names(request), desk(request)
    latest = next((each for each in _orders(request) if each.field == name), None)
    kept = latest.authorities if latest else []
    form = OrderForm(request.POST or None, names=names, kept=kept, initial={"since": asked(request).today})
    swaps: list[list[Swap]] = []
    if form.is_valid():
        about = {"field": name, "authority_ids": form.authorities(), "since": form.cleaned_data["since"]}
        if "save" in request.POST:
            made: list[Ordered] = []
            if attempt(form, lambda: once(request, lambda: made.append(_set(request, at_desk, about)))):
                return _gone(request, made, "precedence.saved")
        else:
            attempt(form, lambda: swaps.append(actions.preview_precedence(**_whose(request, at_desk), **about)))
    return show(
        request,
        "console/register/precedence_edit.html",
        _page(
            say("precedence.edit.title", field=label_of(name)),
            gettext("precedence.edit.lead"),
            Crumb(gettext("precedence.title"), reverse("console:precedence")),
        ),
        form=form,
        preview=_told(swaps[0]) if swaps else None,
        status=422 if form.errors else 200,
    )


def _set(request: HttpRequest, at_desk: Desk, about: dict[str, Any]) -> Ordered:
    return actions.set_precedence(**_whose(request, at_desk), **about)


def _whose(request: HttpRequest, at_desk: Desk) -> dict[str, Any]:
    return {"actor": at_desk.account, "association_id": _own(request, EDIT), "at": at_desk.at}


def _told(swaps: Sequence[Swap]) -> dict[str, Any]:
    """How many firms change, and the first of them in words."""
    rows = [
        Swapped(
            each.enterprise,
            each.name,
            field_named(each.field),
            *(words_of_value(Field(each.field), text) for text in (each.before, each.after)),
        )
        for each in swaps[:SHOWN]
    ]
    return {"firms": len({each.enterprise for each in swaps}), "rows": rows, "more": max(0, len(swaps) - SHOWN)}


def _field(text: str) -> str:
    if text and text not in ORDERED:
        raise NotFound("field")
    return text


@needs(EDIT)
@require_POST
def precedence_take_back(request: HttpRequest) -> HttpResponse:
    """Take a field's last order back."""
    name, at_desk, made = _field(request.POST.get("field", "")), desk(request), list[Ordered]()
    once(request, lambda: made.append(actions.take_back_precedence(**_whose(request, at_desk), field=name)))
    return _gone(request, made, "precedence.taken_back")


def _gone(request: HttpRequest, made: Sequence[Ordered], said: str) -> HttpResponse:
    """To the work that brings the firms in line, else back to the orders."""
    messages.success(request, gettext(said))
    work = made[0].work if made else None
    return redirect("console:work", work.pk) if work else redirect("console:precedence")


def _page(title: str, lead: str, *above: Crumb) -> Page:
    crumb = Crumb(gettext("entry.rules"), reverse("console:rules"))
    return Page(task="register", entry="rules", title=title, lead=lead, crumbs=(crumb, *above))
