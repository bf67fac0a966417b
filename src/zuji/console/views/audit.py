"""The audit trail: who did what to which thing, in words, with the values before and after."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import django_filters as filters
from django.db.models import QuerySet
from django.forms import DateInput, SearchInput
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from zuji.console.blocks.columns import Code, Moment, Text, Word
from zuji.console.blocks.filters import ListFilters, Words
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.objects import THINGS, called
from zuji.console.blocks.telling import Line, tell
from zuji.console.pages import Desk, desk, entry_page
from zuji.console.verbs import VERBS
from zuji.core.models import AuditEntry
from zuji.people.audit import actors_named, visible_entries
from zuji.people.enums import Right
from zuji.people.guards import needs

Entries = QuerySet[AuditEntry]
ONE_DAY = timedelta(days=1)
LAST_DAY = date.max - ONE_DAY


class ToldTable(ListTable):
    """Entries of the audit trail, each told in words; a file holds the same words."""

    at = Moment("audit.at", css="when")
    who = Text("audit.who", accessor="actor", empty="history.system", orderable=False, css="nb")
    what = Text("audit.verb", accessor="pk", orderable=False, css="told")
    verb = Word("log.verb", prefix="verb", orderable=False, shown=False)
    kind = Word("audit.kind", prefix="kind", orderable=False, shown=False)
    thing = Text("log.thing", accessor="pk", orderable=False, shown=False)
    key = Code("audit.key", orderable=False, shown=False)

    def prepare(self, rows: Sequence[AuditEntry]) -> None:
        self.told: dict[int, Line] = {line.entry.pk: line for line in tell(desk(self.request), rows)}

    def render_who(self, record: AuditEntry) -> str:
        return self.told[record.pk].who

    def render_what(self, record: AuditEntry) -> SafeString:
        return mark_safe(render_to_string("console/blocks/told.html", {"line": self.told[record.pk]}))  # noqa: S308 - a template's own output

    def value_what(self, record: AuditEntry) -> str:
        return self.told[record.pk].text

    def render_thing(self, record: AuditEntry) -> str:
        return self.told[record.pk].thing.name

    value_who, value_thing = render_who, render_thing


class ToldFilters(ListFilters):
    """By thing, person, verb, kind and day."""

    thing = filters.CharFilter(method="by_thing", label=gettext_lazy("log.find"), widget=SearchInput)
    who = filters.CharFilter(method="by_person", label=gettext_lazy("audit.who"))
    verb = Words("log.verb", prefix="verb", keys=VERBS)
    kind = Words("audit.kind", prefix="kind", keys=[thing.kind for thing in THINGS])
    since = filters.DateFilter(method="by_day", label=gettext_lazy("log.since"), widget=DateInput({"type": "date"}))
    until = filters.DateFilter(method="by_day", label=gettext_lazy("log.until"), widget=DateInput({"type": "date"}))

    def by_thing(self, rows: Entries, _: str, value: str) -> Entries:
        """What is so called, or has this key."""
        return rows.filter(called(self._desk, value.strip()))

    def by_person(self, rows: Entries, _: str, value: str) -> Entries:
        """Whoever has this in their name; the home itself under the words for it."""
        if value == gettext("history.system"):
            return rows.filter(actor=None)
        return rows.filter(actor__in=actors_named(self._desk.account, value))

    def by_day(self, rows: Entries, name: str, value: date) -> Entries:
        """From the first instant of a day in the association's time zone, or up to the last one."""
        zone = ZoneInfo(self._desk.account.association.time_zone)
        if name == "since":
            return rows.filter(at__gte=datetime.combine(value, time(), zone))
        return rows.filter(at__lt=datetime.combine(min(value, LAST_DAY) + ONE_DAY, time(), zone))

    @property
    def _desk(self) -> Desk:
        return desk(self.request)


AUDIT = Listing(table=ToldTable, filters=ToldFilters, file="audit", empty="audit.empty", template="console/audit.html")


@needs(Right.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, when."""
    account, at = desk(request)
    return list_page(request, entry_page("settings", "audit"), AUDIT, visible_entries(account, at=at))
