"""A record with what is known and what is not, where values came from, its timeline, and the same on a day gone by."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse

from zuji.console.blocks.history import Change, Offer, Step
from zuji.console.blocks.record import Origin, Shown, Then, asked
from zuji.console.gallery.sending import as_asked
from zuji.console.pages import Page, desk, show
from zuji.core.templatetags.words import full_moment, say, word


def steps(at: datetime, who: str) -> list[Step]:
    """One that can be taken back, one that cannot any more, and more than a page shows at first."""
    changed = Change(say("sample.seats"), "7", "9", "seats")
    first = Step(at, word("participant_changed", "verb"), who, why=say("gallery.why"), changes=[changed])
    second = Step(at, word("participant_changed", "verb"), who, unsaid=[say("sample.name")])
    first.offer, second.offer = Offer(url="#undo"), Offer(why_not=say("gallery.why"))
    older = [Step(at - timedelta(days=n), word("participant_added", "verb"), who) for n in range(1, 12)]
    return [first, second, *older]


def fields(at: datetime, who: str) -> list[Shown]:
    """From a file, by hand, not known, and told with a note."""
    return [
        Shown("sample.name", say("gallery.long_row", number=3), origin=Origin("list.xlsx", "Sheet1 › B9")),
        Shown("sample.seats", "9", origin=Origin(who, full_moment(at))),
        Shown("sample.since", ""),
        Shown("sample.work_state", word("done", "work_state"), note=say("gallery.why")),
    ]


def record(request: HttpRequest, page: Page) -> HttpResponse:
    """As it is now."""
    return _shown(request, page, asked(request))


def past(request: HttpRequest, page: Page) -> HttpResponse:
    """As it was on a day."""
    _, at = desk(request)
    day = at.date() - timedelta(days=3)
    return _shown(request, page, asked(as_asked(request, {"on": day.isoformat()})))


def absent(request: HttpRequest, page: Page) -> HttpResponse:
    """On a day before it was there, and without anything that happened."""
    _, at = desk(request)
    then = asked(as_asked(request, {"on": (at.date() - timedelta(days=30)).isoformat()}))
    return show(request, "console/gallery/record.html", page, record=[], timeline=[], then=then, since=at)


def _shown(request: HttpRequest, page: Page, then: Then) -> HttpResponse:
    account, at = desk(request)
    shown = fields(at, account.name)
    return show(
        request, "console/gallery/record.html", page, record=shown, timeline=then.of(steps(at, account.name)), then=then
    )
