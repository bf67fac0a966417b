"""What every page of the console says about itself, and how it is shown."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zuji.core import clock
from zuji.core.templatetags.words import say
from zuji.people.guards import signed_in
from zuji.people.models import Account


class Desk(NamedTuple):
    """Who asks, and when."""

    account: Account
    at: datetime


class Crumb(NamedTuple):
    """A step above the page: its words and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """Where a page is and what it is for: one title, one first sentence.

    `task` and `entry` are keys of `tasks.TASKS`; `campaign_id` opens that campaign's entries.
    """

    task: str
    entry: str
    title: str
    lead: str
    crumbs: tuple[Crumb, ...] = ()
    campaign_id: int | None = None
    wide: bool = field(default=False)


def desk(request: HttpRequest) -> Desk:
    """The account behind a request and the home's time; the only place where a page asks for the time."""
    return Desk(signed_in(request), clock.now())


def entry_page(task: str, entry: str, *, campaign_id: int | None = None, **facts: object) -> Page:
    """The page of a navigation entry: its words stand under `page.<entry>.title` and `.lead`."""
    return Page(
        task=task,
        entry=entry,
        title=say(f"page.{entry}.title", **facts),
        lead=say(f"page.{entry}.lead", **facts),
        campaign_id=campaign_id,
    )


def show(request: HttpRequest, template: str, page: Page, *, status: int = 200, **context: object) -> HttpResponse:
    """A page in the frame, its times in the time zone of the account's association."""
    with timezone.override(signed_in(request).association.time_zone):
        answer = render(request, template, {"page": page, "title": page.title, **context}, status=status)
    # back leads to the page of now after a change, and to the sign-in after signing out
    answer["Cache-Control"] = "no-store"
    return answer
