"""Impressions of a campaign: the queue in which they are decided, the list of all, and one with what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.checkin.models import Campaign
from zuji.console.blocks.columns import Link, Moment, Text, Word
from zuji.console.blocks.filters import ListFilters, Rows, Search, Words
from zuji.console.blocks.history import timeline
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.queue import Act, Answer, Queue, queue_page
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.pages import Desk, desk, show
from zuji.core.errors import NotFound
from zuji.core.templatetags.words import named, say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.rights import rights_of
from zuji.trail import actions
from zuji.trail.access import access_impression, visible_impressions, visible_sites
from zuji.trail.enums import DECIDED, DeclineReason, ImpressionState
from zuji.trail.models import Impression, Site
from zuji.trail.queries import approved_at

SHAPES = {"approved": "yes", "declined": "no", "waiting": "wait", "withdrawn": "gone"}
TITLE_CHARS, COMPARED = 14, 3


def approve(at_desk: Desk, key: UUID) -> Impression:
    """It may be shown to everybody."""
    return actions.approve_impression(actor=at_desk.account, impression_id=key, at=at_desk.at)


def declining(reason: DeclineReason) -> Act:
    """It is not shown, for this reason."""
    return lambda at_desk, key: actions.decline_impression(
        actor=at_desk.account, impression_id=key, reason=reason, at=at_desk.at
    )


def reopen(at_desk: Desk, key: UUID) -> Impression:
    """It waits again."""
    return actions.reopen_impression(actor=at_desk.account, impression_id=key, at=at_desk.at)


ANSWERS = (Answer("approve", approve), *(Answer(reason.value, declining(reason)) for reason in DeclineReason))


def of_campaign(at_desk: Desk, campaign: Campaign, right: Right = Right.SEE_IMPRESSIONS) -> QuerySet[Impression]:
    """A campaign's impressions, for whoever has a right over them."""
    return visible_impressions(at_desk.account, right, at=at_desk.at).filter(campaign=campaign)


def shortened(impression: Impression) -> str:
    """By its first words; a withdrawn one has none."""
    text = impression.text or gettext("impression.no_words")
    return text if len(text) <= TITLE_CHARS else f"{text[:TITLE_CHARS]}…"


@needs(Right.DECIDE_IMPRESSIONS)
def impressions(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The queue: one impression after the other."""
    at_desk, campaign = campaign_desk(request, campaign_id, Right.DECIDE_IMPRESSIONS)
    queue = Queue(
        name=f"impressions.{campaign.pk}",
        words="impression_answer",
        empty="impression.none_waits",
        rows=of_campaign(at_desk, campaign, Right.DECIDE_IMPRESSIONS),
        waits=Q(state=ImpressionState.WAITING),
        decided=Q(state__in=DECIDED),
        title=shortened,
        card="console/impressions/card.html",
        answers=ANSWERS,
        undo=reopen,
        beside=lambda card: {"compared": approved_at(card.stop)[:COMPARED]},
    )
    page = campaign_page(campaign, "impressions")
    return queue_page(request, page, queue, template="console/impressions/queue.html", campaign=campaign)


class WordsLink(Link):
    """What was written, leading to its page; of words that are gone it says so."""

    def render(self, value: Any, record: Any) -> SafeString:  # noqa: ANN401 - an impression and its words
        shown = self.linked(value or gettext("impression.no_words"), record)
        return format_html("{} <small>{}</small>", shown, gettext("impression.sample")) if record.sample else shown


class SiteColumn(Text):
    """The site of the stop."""

    def render(self, value: Site) -> str:
        return named(value)

    value = render


class ImpressionTable(ListTable):
    text = WordsLink(
        "impression.text",
        route="console:impression",
        args=("campaign_id", "pk"),
        css="words",
        empty_values=(),
        orderable=False,
    )
    site = SiteColumn("impression.site", accessor="stop__site", order_by=("stop__order",))
    organisation = Text("checkin.organisation", accessor="walk_pass__organisation__name", empty="impression.cut")
    written_at = Moment("impression.written", empty="checkin.no_time")
    state = Word("impression.state", prefix="impression_state", states=SHAPES, css="nb")
    reason = Word("impression.reason", prefix="decline_reason", empty="", shown=False)
    decided_by = Text("impression.by", accessor="decided_by__name", empty="", shown=False)
    decided_at = Moment("impression.decided", empty="", shown=False)


def _sites(request: HttpRequest) -> QuerySet[Site]:
    account, at = desk(request)
    return visible_sites(account, at=at)


class ImpressionFilters(ListFilters):
    search = Search("text")
    state = Words("impression.state", prefix="impression_state", keys=ImpressionState.values)
    reason = Words("impression.reason", prefix="decline_reason", keys=DeclineReason.values)
    site = Rows("impression.site", queryset=_sites, field_name="stop__site")


LISTING = Listing(
    table=ImpressionTable,
    filters=ImpressionFilters,
    file="impressions",
    empty="impression.empty",
    template="console/impressions/list.html",
)


@needs(Right.SEE_IMPRESSIONS)
def impressions_all(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """All of a campaign, newest first."""
    at_desk, campaign = campaign_desk(request, campaign_id, Right.SEE_IMPRESSIONS)
    rows = of_campaign(at_desk, campaign).order_by(F("received_at").desc(nulls_last=True), "-pk")
    waiting = rows.filter(state=ImpressionState.WAITING).count()
    page = campaign_page(campaign, "impressions", title=gettext("impression.all"), lead=gettext("impression.all.lead"))
    return list_page(request, page, LISTING, rows, campaign=campaign, waiting=waiting, rights=_rights(at_desk))


@needs(Right.SEE_IMPRESSIONS)
def impression(request: HttpRequest, campaign_id: int, impression_id: UUID) -> HttpResponse:
    """One, with what became of it."""
    at_desk, campaign = campaign_desk(request, campaign_id, Right.SEE_IMPRESSIONS)
    found = access_impression(at_desk.account, impression_id, Right.SEE_IMPRESSIONS, at=at_desk.at)
    if found.campaign_id != campaign.pk:
        raise NotFound("impression")
    title = say("impression.of", site=named(found.stop.site))
    return show(
        request,
        "console/impressions/impression.html",
        campaign_page(campaign, "impressions", title=title, lead=gettext("impression.lead")),
        campaign=campaign,
        impression=found,
        shape=SHAPES[found.state],
        timeline=timeline(found, {}),
        rights=_rights(at_desk),
    )


@needs(Right.DECIDE_IMPRESSIONS)
@require_POST
def impression_reopen(request: HttpRequest, campaign_id: int, impression_id: UUID) -> HttpResponse:
    """Take a decision back."""
    at_desk, _ = campaign_desk(request, campaign_id, Right.DECIDE_IMPRESSIONS)
    found = reopen(at_desk, impression_id)
    told = "impression.taken_down" if found.state == ImpressionState.WITHDRAWN else "impression.reopened"
    messages.success(request, gettext(told))
    return redirect("console:impression", campaign_id, impression_id)


def _rights(at_desk: Desk) -> set[Right]:
    return rights_of(at_desk.account, at=at_desk.at)
