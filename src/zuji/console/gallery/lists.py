"""A list in every state: empty, narrowed to nothing, of one row, of many, and before an act on the rows picked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar

import django_filters as filters
from django.forms import SearchInput
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from zuji.console.blocks.bulk import BulkAct, Turn, changed, same
from zuji.console.blocks.columns import Count, Day, Link, Word
from zuji.console.blocks.filters import ListFilters, Words
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.gallery.sending import as_asked, as_sent
from zuji.console.pages import Desk, Page
from zuji.core.enums import WorkState
from zuji.core.errors import CoreRefusal, Refused
from zuji.core.templatetags.words import say
from zuji.core.works import Ended
from zuji.people.enums import Right

MANY, FIRST_DAY = 64, date(2021, 7, 1)
SHAPES = {"waiting": "wait", "running": "live", "done": "yes", "stopped": "gone", "failed": "no"}
EVERY_THIRD, EVERY_FIFTH = 3, 5


@dataclass(frozen=True)
class Row:
    """A row that no table holds."""

    pk: int
    state: str
    seats: int | None
    since: date

    @property
    def page(self) -> str:
        """The sample that shows a work in this state."""
        return f"work-{self.state}"

    @property
    def name(self) -> str:
        """What it is called; one of them is longer than its column."""
        return say("gallery.long_row" if self.pk == EVERY_THIRD else "gallery.row", number=self.pk)


class Fixed(list[Row]):
    """Rows as filters and orders want them, without a database."""

    model: ClassVar[None] = None

    def all(self) -> "Fixed":
        """Filters begin with this."""
        return self


def rows(count: int) -> Fixed:
    """So many of them, of every state, some with a number that is not known."""
    states = list(WorkState.values)
    return Fixed(
        Row(n, states[n % len(states)], None if n % EVERY_FIFTH == 0 else 7 * n, FIRST_DAY + timedelta(days=n))
        for n in range(1, count + 1)
    )


class SampleTable(ListTable):
    name = Link("gallery.column.name", route="console:gallery_sample", args=("page",), orderable=False)
    state = Word("gallery.column.state", prefix="work_state", states=SHAPES, orderable=False)
    seats = Count("gallery.column.seats")
    since = Day("gallery.column.since")

    class Meta:
        orderable = True


class SampleFilters(ListFilters):
    q = filters.CharFilter(method="by_name", label=gettext_lazy("list.search"), widget=SearchInput)
    state = Words("gallery.column.state", prefix="work_state", keys=WorkState.values, method="by_state")

    def filter_queryset(self, queryset: Fixed) -> Fixed:
        """The same without a database."""
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def by_name(self, found: Fixed, _: str, value: str) -> Fixed:
        """Whose name has this."""
        return Fixed(row for row in found if value in row.name)

    def by_state(self, found: Fixed, _: str, value: str) -> Fixed:
        """Which are in this state."""
        return Fixed(row for row in found if row.state == value)


def mark(turn: Turn) -> Ended:
    """Every third is so already, every fifth is refused, the others would change."""
    if turn.key % EVERY_THIRD == 0:
        return same()
    if turn.key % EVERY_FIFTH == 0:
        raise Refused(CoreRefusal.CHANGED_MEANWHILE)
    return changed()


def names(_: Desk, keys: Sequence[int]) -> Mapping[int, str]:
    """What rows are called."""
    return {row.pk: row.name for row in rows(MANY) if row.pk in set(keys)}


MARK = BulkAct(key="gallery_mark", right=Right.SEE_FRAME, act=mark, names=names)
PLAIN = Listing(table=SampleTable, filters=SampleFilters, file="gallery", empty="gallery.empty", saved=False)
PICKED = replace(PLAIN, acts=(MARK,), saved=True)


def listed(request: HttpRequest, page: Page, found: Iterable[Row], listing: Listing = PLAIN) -> HttpResponse:
    """A list page of these rows."""
    return list_page(request, page, listing, found)  # type: ignore[arg-type]  # like rows of a table in all that is asked


def empty(request: HttpRequest, page: Page) -> HttpResponse:
    return listed(request, page, Fixed())


def narrowed(request: HttpRequest, page: Page) -> HttpResponse:
    return listed(as_asked(request, {"q": "?", "state": WorkState.FAILED}), page, rows(MANY))


def one(request: HttpRequest, page: Page) -> HttpResponse:
    return listed(request, page, rows(1))


def many(request: HttpRequest, page: Page) -> HttpResponse:
    """Acts on all rows are told their keys, which a table would be asked for."""
    if "all" in request.POST:
        sent = {name: value for name, value in request.POST.items() if name != "all"}
        request = as_sent(request, sent | {"pick": [row.pk for row in rows(MANY)]})
    return listed(request, page, rows(MANY), PICKED)


def preview(request: HttpRequest, page: Page) -> HttpResponse:
    picked: dict[str, Any] = {"act": MARK.key, "pick": list(range(1, EVERY_FIFTH * EVERY_THIRD))}
    return listed(as_sent(request, picked), page, rows(MANY), PICKED)
