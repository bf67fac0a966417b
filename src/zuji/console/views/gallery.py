"""Pages for developers: every block of the console in every state. Demo homes have them, and others while debugging."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from zuji.console.gallery import forms, lists, pieces, records, wizards
from zuji.console.pages import Crumb, Page, show
from zuji.core.enums import HomeKind, WorkState
from zuji.core.errors import Busy, CoreRefusal, Forbidden, NotFound, Refused
from zuji.core.models import Home
from zuji.core.templatetags.words import word
from zuji.people.enums import Right
from zuji.people.guards import needs

Shows = Callable[[HttpRequest, Page], HttpResponse]


@dataclass(frozen=True)
class Group:
    """A block, with what shows it in each state by the state's key; words stand under `gallery.<block>.<state>`."""

    key: str
    samples: dict[str, Shows]


GROUPS = (
    Group(
        "list",
        {
            "empty": lists.empty,
            "narrowed": lists.narrowed,
            "one": lists.one,
            "many": lists.many,
            "preview": lists.preview,
        },
    ),
    Group("record", {"now": records.record, "past": records.past, "absent": records.absent}),
    Group(
        "form",
        {
            "fresh": forms.fresh,
            "wrong": forms.wrong,
            "refused": forms.refused,
            "clashing": forms.clashing,
            "restored": forms.restored,
            "waiting": forms.waiting,
        },
    ),
    Group(
        "wizard",
        {
            "choose": wizards.choose,
            "unreadable": wizards.unreadable,
            "confirm": wizards.confirm,
            "done": wizards.done,
        },
    ),
    Group("calendar", {view: partial(pieces.calendar, view=view) for view in ("month", "week", "day", "list")}),
    Group(
        "queue",
        {
            "card": pieces.queue,
            "last": partial(pieces.queue, is_last=True),
            "conflict": partial(pieces.queue, told=str(CoreRefusal.CHANGED_MEANWHILE)),
            "empty": pieces.queue_empty,
        },
    ),
    Group("chart", {"all": pieces.charts}),
    Group("work", {state.value: partial(pieces.work, state=state) for state in WorkState}),
    Group(
        "refusal",
        {
            "absent": partial(pieces.refusal, problem=NotFound),
            "forbidden": partial(pieces.refusal, problem=Forbidden),
            "refused": partial(pieces.refusal, problem=partial(Refused, CoreRefusal.CHANGED_MEANWHILE)),
            "busy": partial(pieces.refusal, problem=Busy),
        },
    ),
)
SAMPLES: dict[str, Shows] = {f"{group.key}-{key}": shows for group in GROUPS for key, shows in group.samples.items()}


@needs(Right.SEE_FRAME)
def gallery(request: HttpRequest) -> HttpResponse:
    """The small pieces themselves, and the way to a page of each of the others."""
    _only_for_developers()
    for level in (messages.INFO, messages.SUCCESS, messages.WARNING, messages.ERROR):
        messages.add_message(request, level, gettext("gallery.why"))
    page = Page(task="settings", entry="gallery", title=gettext("gallery.title"), lead=gettext("gallery.lead"))
    shown: dict[str, Any] = {"groups": GROUPS, "buttons": pieces.BUTTONS, "states": lists.SHAPES}
    return show(request, "console/gallery/gallery.html", page, **shown)


@needs(Right.SEE_FRAME)
def sample(request: HttpRequest, key: str) -> HttpResponse:
    """One block in one state, on a page of its own; whatever it answers, a developer is shown it."""
    _only_for_developers()
    shows = SAMPLES.get(key)
    if shows is None:
        raise NotFound("sample")
    block, state = key.split("-")
    crumb = Crumb(gettext("gallery.title"), reverse("console:gallery"))
    title = word(f"{block}.{state}", "gallery")
    lead = gettext("gallery.lead")
    answer = shows(request, Page(task="settings", entry="gallery", title=title, lead=lead, crumbs=(crumb,)))
    if request.method == "GET":
        answer.status_code = 200
    return answer


def _only_for_developers() -> None:
    if not settings.DEBUG and not Home.objects.filter(kind=HomeKind.DEMO).exists():
        raise NotFound("gallery")
