"""Figures: the catalogue at a cut-off, one figure with the records that it counts, and what was published."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from zuji.briefing.models import LedgerEntry
from zuji.briefing.queries import Computed
from zuji.console.blocks.chart import Chart, chart_file
from zuji.console.blocks.columns import Code, Count, Link, Moment, Text, Word
from zuji.console.blocks.files import workbook_or_csv
from zuji.console.blocks.lists import FORMATS, Listing, ListTable, list_page
from zuji.console.blocks.once import once
from zuji.console.figure_charts import Asked, Span, course, shares
from zuji.console.figure_rows import called, columns, rows, said
from zuji.console.pages import Crumb, Page, desk, entry_page, show
from zuji.core.errors import CoreRefusal, Forbidden, Invalid
from zuji.core.models import Association
from zuji.core.sheets import Heading, Kind
from zuji.core.templatetags.words import named, say
from zuji.people.audit import names_of
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of

PER_PAGE = 20
EARLIEST = date(1990, 1, 1)
"""No record is older, and the calendar must have a year before any day that is counted."""


class CutOff(NamedTuple):
    """Until when is counted: a day as chosen, or this instant."""

    chosen: date | None
    at: date | datetime


def cut_off(request: HttpRequest, at: datetime, zone: str) -> CutOff:
    """The day that the address names. A bad one, one ahead or one before all records counts as none: this instant."""
    try:
        chosen = date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return CutOff(None, at)
    today = timezone.localtime(at, ZoneInfo(zone)).date()
    return CutOff(chosen, chosen) if EARLIEST <= chosen <= today else CutOff(None, at)


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
    """One figure: the value as printed and exact, its course and shares, its rows, and what was published of it."""
    account, at = desk(request)
    association = _association(request)
    until = cut_off(request, at, association.time_zone)
    asked = Asked(association, queries.definition_of(indicator), until.at)
    history = queries.history(association=association, indicator=indicator)
    with timezone.override(association.time_zone):
        drawn = _course(request, asked, history) if "course" in request.GET else None
        if drawn and (answer := chart_file(request, [drawn.chart], at=at)):
            return answer
        if drawn and request.headers.get("HX-Request"):
            return render(request, "console/figures/course.html", {"drawn": drawn})
        found = queries.computed(indicator, association=association, as_of=until.at)
        counted = found.rows.entries
        parts = shares(asked, counted)
        if Right.SEE_CHECKINS not in rights_of(account, at=at):
            parts = [part.unlinked() for part in parts]
    if answer := chart_file(request, parts, at=at):
        return answer
    if request.GET.get("format") in FORMATS:
        return _export(request, asked.definition, counted, at)
    page = Paginator(counted, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "console/figure.html",
        _page(asked.definition, found.figure),
        figure=found.figure,
        definition=asked.definition,
        until=until,
        today=timezone.localtime(at).date(),
        entries=page,
        columns=columns(counted),
        rows=rows(list(page.object_list), until.chosen),
        drawn=drawn,
        parts=parts,
        published=list(history[:12]),
        difference=_difference(found, asked.definition, history),
        rights=rights_of(account, at=at),
    )


class Drawn(NamedTuple):
    """A figure's course as it is drawn, and the spans that can be chosen."""

    chart: Chart
    span: Span
    spans: tuple[Span, ...] = tuple(Span)


def _course(request: HttpRequest, asked: Asked, history: QuerySet[LedgerEntry]) -> Drawn:
    """Over the span that the address names; else by the hour on the day of an activity, and by the day on any other."""
    wanted = request.GET["course"]
    walks = queries.has_activity(asked.association, asked.end.date())
    span = Span(wanted) if wanted in list(Span) else Span.HOURS if walks else Span.DAYS
    return Drawn(course(asked, span, history.order_by("number")), span)


class Part(NamedTuple):
    """One reason why a figure is not what was published: in words, which rows, how many of them, and by how much."""

    why: str
    which: str
    rows: int
    change: int


class Since(NamedTuple):
    """What was published last, and what makes the figure another one now."""

    entry: LedgerEntry
    parts: list[Part]
    total: int


def _difference(found: Computed, definition: Definition, history: QuerySet[LedgerEntry]) -> Since | None:
    entry = history.select_related("evidence").filter(as_of__lte=found.figure.as_of).first()
    if entry is None:
        return None
    parted = queries.difference(entry, found.rows, definition)
    reasons = (("came", parted.came, 1), ("went", parted.went, -1), ("weighed", parted.weighed, 1))
    parts = [
        Part(gettext(f"figures.{why}"), called(some), len(some), sign * sum(each.weight for each in some))
        for why, some, sign in reasons
        if some
    ]
    if parted.definition_changed:
        parts.append(Part(gettext("figures.other_definition"), "", 0, 0))
    return Since(entry, parts, parted.total)


@needs(Right.PUBLISH_FIGURES)
@require_POST
def publish(request: HttpRequest, indicator: str) -> HttpResponse:
    """Write the figure to the ledger."""
    account, at = desk(request)
    association = _association(request, Right.PUBLISH_FIGURES)
    chosen = request.POST.get("as_of", "")
    as_of = _day(chosen) if chosen else at

    def act() -> None:
        actions.publish(actor=account, association_id=association.pk, indicator=indicator, as_of=as_of, at=at)

    once(request, act)
    messages.success(request, gettext("figures.published"))
    query = f"?{urlencode({'as_of': chosen})}" if chosen else ""
    return redirect(reverse("console:figure", args=[indicator]) + query)


def _day(text: str) -> date:
    """A day as the page sends it; the calendar's last one is taken for the one before, which has an end."""
    try:
        return min(date.fromisoformat(text), date.max - timedelta(days=1))
    except ValueError as error:
        raise Invalid(CoreRefusal.INVALID, field="as_of") from error


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
    lead = say("figures.lead", what=gettext(definition.counts[0]))
    return Page(task="figures", entry="figures", title=named(computed.name), lead=lead, crumbs=(crumb,))


def _export(request: HttpRequest, definition: Definition, counted: Sequence[Entry], at: datetime) -> HttpResponse:
    names = queries.named(counted)
    headings = [
        Heading(gettext("figures.key"), Kind.CODE),
        *(Heading(column) for column in columns(counted)),
        Heading(gettext("figures.weight"), Kind.COUNT),
    ]
    rows = (
        [entry.key, *(said(name, value, known) for name, value in entry.dimensions.items()), entry.weight]
        for entry, known in zip(counted, names, strict=True)
    )
    return workbook_or_csv(request.GET["format"], headings, rows, file=definition.id, made_at=at)
