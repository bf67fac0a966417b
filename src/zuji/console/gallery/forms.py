"""A form in every state: fresh, with errors beside its fields, refused, saved by somebody else in the meantime, with
a draft that came back, and sent without a connection.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from msgspec import Meta

from zuji.console.blocks import stale
from zuji.console.blocks.acting import Act, act_page
from zuji.console.blocks.acts import ActForm
from zuji.console.blocks.history import Change, Step
from zuji.console.gallery.sending import as_sent
from zuji.console.pages import Page, desk
from zuji.core.enums import WorkState
from zuji.core.errors import CoreRefusal, Refused
from zuji.core.templatetags.words import say
from zuji.people.models import Account

MOST_SEATS = 500


@dataclass(frozen=True, kw_only=True)
class SampleValues:
    """What the sample form asks for: one field of each kind."""

    name: Annotated[str, Meta(max_length=40)]
    work_state: WorkState
    seats: Annotated[int, Meta(ge=0, le=MOST_SEATS)] | None = None
    since: date
    sure: bool = False


def enter(*, actor: Account, values: SampleValues, at: datetime, seen: object = None) -> SampleValues:
    """Takes anything, but refuses who is not sure."""
    if not values.sure:
        raise Refused(CoreRefusal.INVALID)
    return values


SampleForm = ActForm.of(enter, words="sample")
DAY = date(2021, 7, 26)
GOOD = {"name": "a", "work_state": WorkState.DONE, "seats": 7, "since": DAY.isoformat(), "sure": "on"}


def act_of(request: HttpRequest, page: Page) -> Act:
    """The sample's page; saving leads back to it."""
    return Act(page=page, form=SampleForm, goes=lambda _: request.path, back=request.path)


def fresh(request: HttpRequest, page: Page) -> HttpResponse:
    return act_page(request, act_of(request, page))


def restored(request: HttpRequest, page: Page) -> HttpResponse:
    """What was typed half an hour ago and never sent is there again."""
    return _noted(request, page, "draft.restored")


def waiting(request: HttpRequest, page: Page) -> HttpResponse:
    """Sent while there was no connection; it goes by itself later."""
    return _noted(request, page, "draft.waits")


def _noted(request: HttpRequest, page: Page, key: str) -> HttpResponse:
    at = timezone.localtime(desk(request).at - timedelta(minutes=30))
    messages.info(request, say(key, at=f"{at:%H:%M}"))
    return act_page(request, replace(act_of(request, page), initial=GOOD))


def wrong(request: HttpRequest, page: Page) -> HttpResponse:
    """Errors stand beside their fields."""
    values = GOOD | {"name": "", "seats": MOST_SEATS + 1, "since": "x"}
    return act_page(as_sent(request, values), act_of(request, page))


def refused(request: HttpRequest, page: Page) -> HttpResponse:
    """The action itself says no, to the form as a whole."""
    values = {name: value for name, value in GOOD.items() if name != "sure"}
    return act_page(as_sent(request, values), act_of(request, page))


def clashing(request: HttpRequest, page: Page) -> HttpResponse:
    """Somebody else saved another name and another number; the name was typed anew here too."""
    account, at = desk(request)
    before = SampleValues(name=say("gallery.row", number=1), work_state=WorkState.DONE, seats=7, since=DAY, sure=True)
    now = replace(before, name=say("gallery.row", number=2), seats=9)
    changes = [Change("", before.name, now.name, "name"), Change("", "7", "9", "seats")]
    step = Step(at - timedelta(minutes=2), "", account.name, changes=changes)
    act = replace(act_of(request, page), read=lambda: now, steps=lambda: [step])
    seen = stale.seal(vars(before))
    return act_page(as_sent(request, GOOD | {"name": say("gallery.row", number=3), "seen": seen}), act)
