"""The row of saved views above a list: everything first, then what this account saved of it."""

from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest, QueryDict

from zuji.console.pages import desk
from zuji.people.saving import own_views

PASSING = ("page", "format", "msg")
"""What an address may say that is no part of a view."""


class Tab(NamedTuple):
    """A saved view as a link; `current` when the page shows just that."""

    key: int
    name: str
    query: str
    current: bool


@dataclass(frozen=True)
class ViewRow:
    """The tabs of a list. `query` is what the page shows now, `page` the list's route."""

    page: str
    query: str
    tabs: list[Tab]

    @property
    def current(self) -> Tab | None:
        """The saved view that the page shows, if it is one."""
        return next((tab for tab in self.tabs if tab.current), None)

    @property
    def can_save(self) -> bool:
        """Whether the page shows something else than everything and what is saved already."""
        return bool(self.query) and self.current is None


def of(request: HttpRequest) -> ViewRow | None:
    """The row of a list's page; None for a list without a route of its own."""
    if request.resolver_match is None:
        return None
    page, query = request.resolver_match.view_name, settled(request.GET)
    saved = own_views(desk(request).account, page)
    return ViewRow(page, query, [Tab(each.pk, each.name, each.query, each.query == query) for each in saved])


def settled(query: QueryDict) -> str:
    """An address's query in one spelling: what is empty or passing left out, the rest in order of its names."""
    kept = QueryDict(mutable=True)
    for name in sorted(query):
        values = [value for value in query.getlist(name) if value]
        if values and name not in PASSING:
            kept.setlist(name, values)
    return kept.urlencode()
