"""Figures: the catalogue at a cut-off, one figure with the records that it counts, and what was published."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.briefing import actions, queries
from zuji.briefing.access import visible_associations, visible_entries
from zuji.briefing.definitions import Definition
from zuji.briefing.figures import Figure
from zuji.briefing.ledger import Entry
from zuji.console.blocks.columns import Code, Count, Link, Moment, Text, Word
from zuji.console.blocks.files import workbook_or_csv
from zuji.console.blocks.lists import FORMATS, Listing, ListTable, list_page
from zuji.console.pages import Crumb, Page, desk, entry_page, show
from zuji.core.errors import Forbidden
from zuji.core.models import Association
from zuji.core.sheets import Heading, Kind
from zuji.core.templatetags.words import named, say, word
from zuji.people.audit import names_of
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of

PER_PAGE = 40
TELLING = ("grade", "late", "checkpoint_id", "organisation_id", "site_id")
LARGEST = 8
NARROWED_BY = {
    "campaign_id": "campaign",
    "organisation_id": "organisation",
    "person_id": "person",
    "checkpoint_id": "checkpoint",
    "site_id": "site",
    "activity_id": "activity",
}
"""A dimension of a counted row, and what narrows the list of check-ins to it."""


class CutOff(NamedTuple):
    """Until when is counted: a day as chosen, or this instant."""

    chosen: date | None
    at: date | datetime


def cut_off(request: HttpRequest, at: datetime, zone: str) -> CutOff:
    """The day that the address names, a bad one or one ahead counting as none; without it this instant."""
    try:
        chosen = date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return CutOff(None, at)
    today = timezone.localtime(at, ZoneInfo(zone)).date()
    return CutOff(chosen, chosen) if chosen <= today else CutOff(None, at)


class FigureTable(ListTable):
    id = Link("figures.id", route="console:figure", args=("id",), orderable=False)
    name = Text("figures.name", orderable=False)
    printed = Text("figures.printed", css="n", orderable=False)
    value = Count("figures.value", orderable=False)
    qualifier = Word("figures.qualifier", prefix="qualifier", orderable=False)
    digest = Code("figures.digest", orderable=False)

    def render_name(self, value: dict[str, str]) -> str:
        return named(value)

    def render_printed(self, value: dict[str, str]) -> str:
        return named(value)

    def render_digest(self, value: str) -> str:
        return value[:12]

    value_name, value_printed = render_name, render_printed

    def value_digest(self, value: str) -> str:
        return value


CATALOGUE = Listing(table=FigureTable, file="figures", empty="figures.empty", template="console/figures.html")


@needs(Right.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure at a cut-off."""
    _, at = desk(request)
    association = _association(request)
    until = cut_off(request, at, association.time_zone)
    rows = queries.all_figures(association=association, as_of=until.at)
    page = entry_page("figures", "figures")
    return list_page(request, page, CATALOGUE, rows, until=until, today=timezone.localtime(at).date())


@needs(Right.SEE_FIGURES)
def figure(request: HttpRequest, indicator: str) -> HttpResponse:
    """One figure: the value as printed and exact, its definition, its rows, and what was published of it."""
    account, at = desk(request)
    association = _association(request)
    until = cut_off(request, at, association.time_zone)
    definition = queries.definition_of(indicator)
    counted = queries.trace(indicator, association=association, as_of=until.at)
    if request.GET.get("format") in FORMATS:
        return _export(request, definition, counted, at)
    computed = queries.compute(indicator, association=association, as_of=until.at)
    rows = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "console/figure.html",
        _page(definition, computed),
        figure=computed,
        definition=definition,
        until=until,
        today=timezone.localtime(at).date(),
        entries=rows,
        columns=_columns(counted),
        rows=_rows(list(rows.object_list), until),
        breakdown=_breakdown(counted),
        largest=LARGEST,
        published=list(queries.history(association=association, indicator=indicator)[:12]),
        rights=rights_of(account, at=at),
    )


@needs(Right.PUBLISH_FIGURES)
@require_POST
def publish(request: HttpRequest, indicator: str) -> HttpResponse:
    """Write the figure to the ledger."""
    account, at = desk(request)
    association = _association(request, Right.PUBLISH_FIGURES)
    chosen = request.POST.get("as_of", "")
    as_of = date.fromisoformat(chosen) if chosen else at
    actions.publish(actor=account, association_id=association.pk, indicator=indicator, as_of=as_of, at=at)
    messages.success(request, gettext("figures.published"))
    query = f"?{urlencode({'as_of': chosen})}" if chosen else ""
    return redirect(reverse("console:figure", args=[indicator]) + query)


class LedgerTable(ListTable):
    number = Count("ledger.number")
    indicator = Link("ledger.indicator", route="console:figure", args=("indicator",))
    value = Count("ledger.value")
    qualifier = Word("ledger.qualifier", prefix="qualifier")
    as_of = Moment("ledger.as_of")
    published_at = Moment("ledger.published_at")
    published_by = Text("ledger.by", empty="history.system", orderable=False)
    digest = Code("ledger.digest", orderable=False)

    def render_published_by(self, value: int) -> str:
        return names_of([value]).get(value) or gettext("account.erased")

    def render_digest(self, value: str) -> str:
        return value[:12]

    def value_digest(self, value: str) -> str:
        return value


LEDGER = Listing(table=LedgerTable, file="ledger", empty="ledger.empty")


@needs(Right.SEE_FIGURES)
def ledger(request: HttpRequest) -> HttpResponse:
    """What was published, newest first."""
    account, at = desk(request)
    return list_page(request, entry_page("figures", "ledger"), LEDGER, visible_entries(account, at=at))


def _association(request: HttpRequest, right: Right = Right.SEE_FIGURES) -> Association:
    account, at = desk(request)
    found = visible_associations(account, right, at=at).order_by("pk").first()
    if found is None:
        raise Forbidden(right)
    return found


def _page(definition: Definition, computed: Figure) -> Page:
    crumb = Crumb(gettext("entry.figures"), reverse("console:figures"))
    lead = say("figures.lead", name=named(computed.name))
    return Page(task="figures", entry="figures", title=named(computed.name), lead=lead, crumbs=(crumb,))


def _columns(counted: Sequence[Entry]) -> list[str]:
    return [gettext(f"dimension.{name}") for name in (counted[0].dimensions if counted else ())]


def _rows(counted: Sequence[Entry], until: CutOff) -> list[dict[str, object]]:
    """Counted rows in words, each with the address of the check-ins behind it."""
    names = queries.named(counted)
    return [
        {
            "cells": [_said(name, value, known) for name, value in entry.dimensions.items()],
            "weight": entry.weight,
            "url": _records(entry, until),
        }
        for entry, known in zip(counted, names, strict=True)
    ]


def _said(name: str, value: object, known: Mapping[str, dict[str, str]]) -> str:
    if name in known:
        return named(known[name])
    if name == "grade":
        return word(value, "grade")
    if name == "late":
        return word("yes" if value else "no", "yes_no")
    return str(value)


def _records(entry: Entry, until: CutOff) -> str:
    narrowed = {NARROWED_BY[name]: str(value) for name, value in entry.dimensions.items() if name in NARROWED_BY}
    if until.chosen:
        narrowed["until"] = until.chosen.isoformat()
    return f"{reverse('console:all_checkins')}?{urlencode(narrowed)}"


def _breakdown(counted: Sequence[Entry]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Shares by each dimension that tells something, in words; the smaller ones of many are left to the table."""
    shown = [name for name in TELLING if counted and name in counted[0].dimensions]
    names = queries.named(counted) if shown else []
    parts = []
    for name in shown:
        shares: Counter[str] = Counter()
        for entry, known in zip(counted, names, strict=True):
            shares[_said(name, entry.dimensions[name], known)] += entry.weight
        parts.append((gettext(f"dimension.{name}"), shares.most_common(LARGEST)))
    return parts


def _export(request: HttpRequest, definition: Definition, counted: Sequence[Entry], at: datetime) -> HttpResponse:
    names = queries.named(counted)
    headings = [
        Heading(gettext("figures.key"), Kind.CODE),
        *(Heading(column) for column in _columns(counted)),
        Heading(gettext("figures.weight"), Kind.COUNT),
    ]
    rows = (
        [entry.key, *(_said(name, value, known) for name, value in entry.dimensions.items()), entry.weight]
        for entry, known in zip(counted, names, strict=True)
    )
    return workbook_or_csv(request.GET["format"], headings, rows, file=definition.id, made_at=at)
