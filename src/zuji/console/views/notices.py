"""What an account was told."""

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from zuji.console.pages import desk, entry_page, show
from zuji.core.templatetags.words import say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.messages.access import visible_notices
from zuji.people.messages.actions import read_all, read_notice
from zuji.people.messages.models import Notice
from zuji.people.messages.queries import unread_count
from zuji.people.messages.texts import Told, names_in, told

PER_PAGE = 40


class Shown(NamedTuple):
    """A notice and its words."""

    notice: Notice
    told: Told


@needs(Right.SEE_FRAME)
def notices(request: HttpRequest) -> HttpResponse:
    """Everything that one was told, latest first; with `?unread=1` what one has not read."""
    account, _ = desk(request)
    rows = visible_notices(account)
    only_unread = request.GET.get("unread") == "1"
    shown = Paginator(rows.filter(read_at=None) if only_unread else rows, PER_PAGE).get_page(request.GET.get("page"))
    with timezone.override(account.association.time_zone):
        found = in_words(list(shown.object_list))
    return show(
        request,
        "console/notices.html",
        entry_page("today", "notices"),
        notices=found,
        turn=shown,
        only_unread=only_unread,
        unread=unread_count(account),
    )


@needs(Right.SEE_FRAME)
@require_POST
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Open what a notice is about; it is read then."""
    account, at = desk(request)
    read = read_notice(actor=account, notice_id=notice_id, at=at)
    return redirect(read.link or "console:notices")


@needs(Right.SEE_FRAME)
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    account, at = desk(request)
    messages.success(request, say("notices.read", n=read_all(actor=account, at=at)))
    return redirect("console:notices")


def in_words(rows: Sequence[Notice]) -> list[Shown]:
    """Notices with their words, in the reader's language."""
    names = names_in(rows)
    return [Shown(each, told(each, names)) for each in rows]
