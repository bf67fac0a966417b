"""Lists that authorities sent: all of them, and one with its columns, its rows and what was made of them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count as CountOf
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.columns import Count, Day, Link, Moment, Text, Word
from zuji.console.blocks.filters import ListFilters, Rows, Search, Words, YesNo
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.once import once
from zuji.console.blocks.record import history
from zuji.console.pages import Crumb, Page, desk, entry_page
from zuji.console.views.register.words import field_named, problems_told
from zuji.core.models import Work
from zuji.core.sheets.places import letters
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.register import actions
from zuji.register.access import access_list, visible_authorities, visible_lists
from zuji.register.enums import ListState
from zuji.register.models import Authority, SourceList, SourceRow

STATES = {"staged": "wait", "taken_in": "yes", "taken_back": "gone", "dropped": "gone"}


class SourceTable(ListTable):
    file = Link("list.file", route="console:list")
    authority = Text("list.authority", accessor="authority__name")
    as_of = Day("list.as_of")
    state = Word("list.state", prefix="list_state", states=STATES, css="nb")
    rows_count = Count("list.rows")
    refused_count = Count("list.refused")
    staged_at = Moment("list.staged", shown=False)
    taken_in_at = Moment("list.taken_in", empty="list.not_taken", shown=False)


def _authorities(request: HttpRequest) -> QuerySet[Authority]:
    account, at = desk(request)
    return visible_authorities(account, at=at)


class SourceFilters(ListFilters):
    q = Search("file")
    state = Words("list.state", prefix="list_state", keys=ListState.values)
    authority = Rows("list.authority", queryset=_authorities, label_of=str)


LISTING = Listing(
    table=SourceTable,
    filters=SourceFilters,
    file="lists",
    empty="lists.empty",
    template="console/register/lists.html",
)


def counted(rows: QuerySet[SourceList]) -> QuerySet[SourceList]:
    """Lists with how many rows each has, and how many of them count for nothing; the latest first."""
    return (
        rows.select_related("authority")
        .annotate(rows_count=_rows_of(), refused_count=_rows_of(refused=True))
        .order_by("-as_of", "-pk")
    )


def _rows_of(**narrowed: bool) -> Coalesce:
    """How many rows a list has, counted for those lists alone that a page shows."""
    rows = SourceRow.objects.filter(source=OuterRef("pk"), **narrowed).order_by().values("source")
    return Coalesce(Subquery(rows.annotate(n=CountOf("pk")).values("n")), 0)


@needs(Right.SEE_REGISTER)
def lists(request: HttpRequest) -> HttpResponse:
    """What authorities sent, the latest first."""
    account, at = desk(request)
    rows = counted(visible_lists(account, at=at))
    return list_page(request, entry_page("register", "lists"), LISTING, rows, rights=rights_of(account, at=at))


class FirmColumn(Text):
    """The firm that a row is about, leading to it."""

    def render(self, value: str, record: Any) -> SafeString:  # noqa: ANN401 - a row with what `_linked` adds
        return format_html('<a href="{}">{}</a>', reverse("console:firm", args=[record.firm_id]), value)

    def value(self, value: str) -> str:
        return value


class ProblemColumn(Text):
    """What is doubtful about a row's cells."""

    def render(self, value: Sequence[dict[str, Any]]) -> SafeString:
        return format_html_join("", "<div>{}</div>", ((each,) for each in problems_told(value)))

    def value(self, value: Sequence[dict[str, Any]]) -> str:
        return gettext("list.comma").join(problems_told(value))


class RowTable(ListTable):
    number = Text("list.row", css="n")
    name = Text("firm.name", accessor="values__name", orderable=False, css="words")
    code = Text("firm.code", accessor="values__code", orderable=False, css="code")
    firm = FirmColumn("list.firm", accessor="firm_name", empty="list.no_firm", orderable=False)
    problems = ProblemColumn("list.problems", empty="", orderable=False)


class RowFilters(ListFilters):
    q = Search("values__name", "values__code")
    refused = YesNo("list.is_refused")


ROWS = Listing(
    table=RowTable,
    filters=RowFilters,
    file="rows",
    empty="list.no_rows",
    template="console/register/list.html",
    saved=False,
)


@needs(Right.SEE_REGISTER)
def source(request: HttpRequest, list_id: int) -> HttpResponse:
    """One list: its columns, its rows, and what is doubtful about them."""
    account, at = desk(request)
    found = access_list(account, list_id, Right.SEE_REGISTER, at=at)
    return list_page(
        request,
        page_of(found.file, gettext("list.record.lead")),
        ROWS,
        _linked(found),
        found=found,
        shape=STATES[found.state],
        columns=columns_of(found),
        bad=found.rows.exclude(problems=[]).exists(),
        timeline=history(request, found),
        rights=rights_of(account, at=at),
    )


def _linked(found: SourceList) -> QuerySet[SourceRow]:
    """A list's rows, each with its firm while it has one; the refused and doubtful first."""
    in_force = FilteredRelation("links", condition=Q(links__ended_at=None))
    firm = {"firm_id": F("in_force__enterprise"), "firm_name": F("in_force__enterprise__card__name")}
    return found.rows.annotate(in_force=in_force).annotate(**firm).order_by("-refused", "number")


def columns_of(found: SourceList) -> list[tuple[str, str, str]]:
    """The columns of a list that are read: letters, heading, and what they were read as."""
    places = sorted((int(place), field) for place, field in found.columns.items())
    headings = dict(enumerate(found.header))
    return [(letters(place + 1), str(headings.get(place, "")), field_named(field)) for place, field in places]


def page_of(title: str, lead: str) -> Page:
    """A page below the lists."""
    crumb = Crumb(gettext("entry.lists"), reverse("console:lists"))
    return Page(task="register", entry="lists", title=title, lead=lead, crumbs=(crumb,))


@needs(Right.IMPORT_LISTS)
@require_POST
def list_take_in(request: HttpRequest, list_id: int) -> HttpResponse:
    """Take a staged list in, as a long work."""
    account, at = desk(request)
    return _follow(request, list_id, lambda: actions.take_in(actor=account, list_ids=[list_id], at=at))


@needs(Right.IMPORT_LISTS)
@require_POST
def list_take_back(request: HttpRequest, list_id: int) -> HttpResponse:
    """Take a whole list back."""
    account, at = desk(request)
    return _follow(request, list_id, lambda: actions.take_back(actor=account, list_id=list_id, at=at))


def _follow(request: HttpRequest, list_id: int, act: Callable[[], Work]) -> HttpResponse:
    """To the work that does it; sent a second time, to the list."""
    made: list[Work] = []
    once(request, lambda: made.append(act()))
    return redirect("console:work", made[0].pk) if made else redirect("console:list", list_id)


@needs(Right.IMPORT_LISTS)
@require_POST
def list_drop(request: HttpRequest, list_id: int) -> HttpResponse:
    """Drop a list that was only looked at."""
    account, at = desk(request)
    once(request, lambda: actions.drop_list(actor=account, list_id=list_id, at=at))
    messages.success(request, gettext("list.dropped"))
    return redirect("console:lists")
