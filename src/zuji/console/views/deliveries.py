"""The delivery log, and the texts that are sent."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.bulk import BulkAct, Turn, changed
from zuji.console.blocks.columns import Count, Moment, MomentLink, Text, Word
from zuji.console.blocks.filters import ListFilters, Words
from zuji.console.blocks.history import timeline
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.messaging import STATES
from zuji.console.pages import Crumb, Desk, Page, desk, entry_page, show
from zuji.core.templatetags.words import named
from zuji.core.works import Ended
from zuji.people.audit import names_of
from zuji.people.enums import Right, ScopeKind
from zuji.people.guards import needs
from zuji.people.messages import actions
from zuji.people.messages.access import access_delivery, visible_deliveries
from zuji.people.messages.enums import OFFERED, OPEN, RETRIABLE, Channel, DeliveryState, Topic
from zuji.people.messages.models import Delivery, Destination
from zuji.people.messages.texts import Told, told_in
from zuji.people.rights import rights_of
from zuji.people.scopes import rows_of

LANGUAGES = ("zh-hans", "en")
SAMPLE: dict[str, Any] = {
    "role": "office",
    "over": {"zh": "示例主办方", "en": "Sample association"},
    "organisation": {"zh": "示例单位", "en": "Sample organisation"},
    "campaign": {"zh": "示例徒步", "en": "Sample walk"},
    "firm": {"zh": "示例企业", "en": "Sample firm"},
    "census": {"zh": "示例普查", "en": "Sample census"},
    "closes": "2021-07-31",
    "channel": "wecom",
    "trouble": "hook_gone",
    "work": "work.bulk",
    "state": "done",
    "done": 120,
    "count": 3,
    "who": None,
}
"""What the templates are shown with."""


class DeliveryTable(ListTable):
    made_at = MomentLink("delivery.made_at", route="console:delivery")
    topic = Word("delivery.topic", prefix="topic")
    channel = Word("delivery.channel", prefix="channel")
    to = Text("delivery.to", accessor="destination", empty="delivery.gone", orderable=False)
    state = Word("delivery.state", prefix="delivery_state", states=STATES)
    trouble = Word("delivery.trouble", prefix="trouble", empty="delivery.no_trouble")
    tries = Count("delivery.tries")
    next_try_at = Moment("delivery.next_try_at", shown=False)
    ended_at = Moment("delivery.ended_at", shown=False)

    def prepare(self, rows: Sequence[Delivery]) -> None:
        self.owners = owners_of(each.destination for each in rows)

    def render_to(self, value: Destination) -> str:
        return gettext("delivery.to.who").format(who=self.owners.get(value.pk, ""), shown=value.shown)

    value_to = render_to


class DeliveryFilters(ListFilters):
    state = Words("delivery.state", prefix="delivery_state", keys=DeliveryState.values)
    channel = Words("delivery.channel", prefix="channel", keys=Channel.values)
    topic = Words("delivery.topic", prefix="topic", keys=Topic.values)


def _names(at_desk: Desk, keys: Sequence[int]) -> dict[int, str]:
    rows = visible_deliveries(at_desk.account, at=at_desk.at).filter(pk__in=keys)
    return {row.pk: gettext(f"topic.{row.topic}") for row in rows}


def _send_again(turn: Turn) -> Ended:
    actions.send_again(actor=turn.desk.account, delivery_id=turn.key, at=turn.desk.at)
    return changed()


def _stop(turn: Turn) -> Ended:
    actions.stop_delivery(actor=turn.desk.account, delivery_id=turn.key, at=turn.desk.at)
    return changed()


_act = partial(BulkAct, right=Right.RESEND_MESSAGES, names=_names)
LISTING = Listing(
    table=DeliveryTable,
    filters=DeliveryFilters,
    file="deliveries",
    empty="delivery.empty",
    template="console/deliveries.html",
    acts=(_act(key="deliveries_again", act=_send_again), _act(key="deliveries_stop", act=_stop)),
)


@needs(Right.SEE_MESSAGES)
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was sent, what waits, and what did not arrive."""
    account, at = desk(request)
    return list_page(request, entry_page("settings", "deliveries"), LISTING, visible_deliveries(account, at=at))


@needs(Right.SEE_MESSAGES)
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One delivery: its text, where it stands, and what was done to it."""
    account, at = desk(request)
    found = access_delivery(account, delivery_id, Right.SEE_MESSAGES, at=at)
    language = found.destination.language if found.destination else account.language
    (text,) = told_in(language, found.association.time_zone, [found])
    return show(
        request,
        "console/delivery.html",
        _below(gettext(f"topic.{found.topic}"), gettext("delivery.lead")),
        found=found,
        text=text,
        written=language,
        owner=owners_of([found.destination]).get(found.destination_id or 0),
        can_stop=found.state in OPEN,
        can_send=found.state in RETRIABLE and found.destination is not None,
        timeline=timeline(found, {}),
        rights=rights_of(account, at=at),
    )


@needs(Right.RESEND_MESSAGES)
@require_POST
def delivery_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Try it once more."""
    account, at = desk(request)
    actions.send_again(actor=account, delivery_id=delivery_id, at=at)
    messages.success(request, gettext("delivery.again.done"))
    return redirect("console:delivery", delivery_id)


@needs(Right.RESEND_MESSAGES)
@require_POST
def delivery_stop(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Do not send it."""
    account, at = desk(request)
    actions.stop_delivery(actor=account, delivery_id=delivery_id, at=at)
    messages.success(request, gettext("delivery.stop.done"))
    return redirect("console:delivery", delivery_id)


class Sample(NamedTuple):
    """A topic's template, filled in, in both languages."""

    topic: Topic
    zh: Told
    en: Told


@needs(Right.SEE_MESSAGES)
def texts(request: HttpRequest) -> HttpResponse:
    """Every template in both languages, with invented facts."""
    account, at = desk(request)
    moments = dict.fromkeys(("since", "until"), at.isoformat())
    rows = [Delivery(topic=topic, facts=SAMPLE | moments, link="/notices/") for topic in (*OFFERED, Topic.TEST)]
    both = (told_in(language, account.association.time_zone, rows) for language in LANGUAGES)
    samples = [Sample(Topic(row.topic), *each) for row, *each in zip(rows, *both, strict=True)]
    page = _below(gettext("texts.title"), gettext("texts.lead"))
    return show(request, "console/messages_texts.html", page, samples=samples)


def owners_of(destinations: Iterable[Destination | None]) -> dict[int, str]:
    """Whose each destination is, by its key, in a query for each kind of owner."""
    found = [each for each in destinations if each is not None]
    people = names_of(each.account_id for each in found)
    scopes = {
        (kind, row.pk): named(row) or str(row)
        for kind, association in {(each.scope_kind, each.association_id) for each in found if each.scope_kind}
        for row in rows_of(ScopeKind(kind), association).filter(pk__in=[each.scope_id for each in found])
    }
    return {
        each.pk: people.get(each.account_id or 0) or scopes.get((each.scope_kind, each.scope_id or 0), "")
        for each in found
    }


def _below(title: str, lead: str) -> Page:
    crumb = Crumb(gettext("entry.deliveries"), reverse("console:deliveries"))
    return Page(task="settings", entry="deliveries", title=title, lead=lead, crumbs=(crumb,))
