"""Firms of the register: the list that is searched, narrowed, sorted, saved and exported."""

from collections.abc import Collection
from typing import Any, Final

import django_filters as filters
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from zuji.committee.queries import firms_covered
from zuji.console.blocks.columns import Code, Count, Day, Link, Text, Word
from zuji.console.blocks.filters import ListFilters, Search, Words, YesNo
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.record import asked
from zuji.console.pages import desk, entry_page
from zuji.console.views.register.words import ANSWERS, STATUSES, industry_named, town_named, towns_known
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of, scope_of
from zuji.register import queries
from zuji.register.access import visible_cards
from zuji.register.enums import Answer, EnterpriseStatus, FilingKind
from zuji.register.models import Card, Filing

UNKNOWN, ELSE = "unknown", "else"
COVERED: Final = {"with": "yes", "without": "not"}
"""Whether a firm has an organisation, with the shape of each answer."""
DIVISIONS = ("63", "64", "65")
"""Divisions of GB/T 4754 in which firms of the internet are."""


class Found(Search):
    """Part of a name, pinyin or initials, a code, a domain, a brand."""

    def filter(self, qs: QuerySet[Card], value: str) -> QuerySet[Card]:
        return queries.search(qs, value) if value.strip() else qs


class TownColumn(Text):
    """A town by its name; sorted by its code, which keeps neighbours together."""

    def render(self, value: str) -> str:
        return town_named(value)

    value = render


class IndustryColumn(Text):
    """An industry by its code and name."""

    def render(self, value: str) -> str:
        return industry_named(value)

    value = render


class FirmTable(ListTable):
    name = Link("firm.name", route="console:firm", order_by=("sort_key", "pk"))
    code = Code("firm.code")
    town = TownColumn("firm.town")
    status = Word("firm.status", prefix="enterprise_status", states=STATUSES, css="nb")
    staff = Count("firm.staff")
    internet = Word("firm.internet", prefix="answer", states=ANSWERS, css="nb")
    three_haves = Word("firm.three_haves", prefix="answer", states=ANSWERS, css="nb")
    covered = Word("firm.organisation", prefix="coverage", states=COVERED, css="nb")
    key = Word("firm.key", prefix="answer", states=ANSWERS, css="nb")
    in_district = Word("firm.in_district", prefix="answer", states=ANSWERS, css="nb", shown=False)
    active = Word("firm.active", prefix="answer", states=ANSWERS, css="nb", shown=False)
    industry_code = IndustryColumn("firm.industry", shown=False)
    founded = Day("firm.founded", shown=False)
    rows = Count("firm.rows", shown=False)
    lists = Count("firm.lists", shown=False)


class Towns(filters.ChoiceFilter):
    """A choice among the district's towns, and firms whose town nobody knows."""

    def __init__(self) -> None:
        choices = [*towns_known().items(), (UNKNOWN, gettext_lazy("core.unknown"))]
        super().__init__(label=gettext_lazy("firm.town"), choices=choices, empty_label=gettext_lazy("list.all"))

    def filter(self, qs: QuerySet[Card], value: str) -> QuerySet[Card]:
        return qs.filter(town="" if value == UNKNOWN else value) if value else qs


class Industries(Words):
    """A choice among divisions of the industry code that firms of the district are of."""

    def __init__(self) -> None:
        super().__init__("firm.industry", prefix="industry", keys=(*DIVISIONS, ELSE, UNKNOWN))

    def filter(self, qs: QuerySet[Card], value: str) -> QuerySet[Card]:
        if value == UNKNOWN:
            return qs.filter(industry_code="")
        known = Q()
        for each in DIVISIONS:
            known |= Q(industry_code__startswith=each)
        if value == ELSE:
            return qs.exclude(known).exclude(industry_code="")
        return qs.filter(industry_code__startswith=value) if value else qs


class Counting(YesNo):
    """A choice between firms that count as Internet firms of the district and those that do not."""

    def filter(self, qs: QuerySet[Card], value: str) -> QuerySet[Card]:
        return qs.filter(queries.COUNTS if value == "yes" else ~queries.COUNTS) if value else qs


class Filed(Words):
    """A choice of a kind of filing: firms that have a number of it which is well formed."""

    def filter(self, qs: QuerySet[Card], value: str) -> QuerySet[Card]:
        filed = Filing.objects.filter(enterprise=OuterRef("pk"), kind=value, well_formed=True)
        return qs.filter(Exists(filed)) if value else qs


def _answered(key: str) -> Words:
    return Words(key, prefix="answer", keys=Answer.values)


class FirmFilters(ListFilters):
    q = Found(key="firms.search")
    town = Towns()
    industry = Industries()
    status = Words("firm.status", prefix="enterprise_status", keys=EnterpriseStatus.values)
    counted = Counting("firm.counted")
    internet = _answered("firm.internet")
    in_district = _answered("firm.in_district")
    active = _answered("firm.active")
    three_haves = _answered("firm.three_haves")
    covered = Words("firm.organisation", prefix="coverage", keys=tuple(COVERED))
    key = _answered("firm.key")
    filing = Filed("firm.filed", prefix="filing_kind", keys=FilingKind.values)


LISTING = Listing(
    table=FirmTable,
    filters=FirmFilters,
    file="firms",
    empty="firms.empty",
    template="console/register/firms.html",
)


@needs(Right.SEE_REGISTER)
def firms(request: HttpRequest) -> HttpResponse:
    """The list, exported as shown."""
    account, at = desk(request)
    rows = with_coverage(visible_cards(account, at=at), firms_covered(_whose(request), on=asked(request).today))
    page = entry_page("register", "firms")
    return list_page(request, page, LISTING, rows, rights=rights_of(account, at=at))


def with_coverage(cards: QuerySet[Card], covered: Collection[int]) -> QuerySet[Any]:
    """Firms with `covered`: with or without an organisation."""
    word = Case(When(pk__in=covered, then=Value("with")), default=Value("without"), output_field=CharField())
    return cards.annotate(covered=word)


def _whose(request: HttpRequest) -> Collection[int]:
    account, at = desk(request)
    return scope_of(account, Right.SEE_REGISTER, at=at).associations
