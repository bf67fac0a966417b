"""The calendar of the programme."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from zuji.console import programme
from zuji.console.blocks.calendar import calendar_page
from zuji.console.pages import desk, entry_page
from zuji.people.enums import Right
from zuji.people.guards import needs


@needs(Right.SEE_CAMPAIGNS)
def calendar(request: HttpRequest) -> HttpResponse:
    """Campaigns, activities and when one can check in where, by month, week or day, or as a list."""
    events = partial(programme.events, desk(request))
    return calendar_page(request, entry_page("programme", "calendar"), events, file="programme")
