"""Where people and their organisations want to be told, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from zuji.committee.access import access_participant
from zuji.console.blocks.forms import attempt
from zuji.console.messaging import DestinationForm, HabitsForm
from zuji.console.pages import Crumb, Page, desk, entry_page, show
from zuji.core.templatetags.words import named
from zuji.people.enums import Right, ScopeKind
from zuji.people.guards import needs
from zuji.people.messages import actions, receiver
from zuji.people.messages.access import Owner, access_destination, access_owner, destinations_of, owner_of
from zuji.people.messages.audience import topics_of
from zuji.people.messages.enums import Channel
from zuji.people.messages.mail import can_mail
from zuji.people.messages.models import Destination
from zuji.people.messages.queries import with_last
from zuji.people.messages.values import Habits
from zuji.people.models import Account
from zuji.people.rights import rights_of, scope_of
from zuji.people.scopes import rows_of

LATEST = 8


@dataclass(frozen=True)
class Group:
    """One owner's destinations, as a section of the page."""

    title: str
    note: str
    add: str
    rows: list[Destination]


@needs(Right.SEE_FRAME)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own destinations, and those of what one looks after."""
    account, at = desk(request)
    groups = list(_groups(account, at))
    return _page(request, entry_page("settings", "messages"), groups)


@needs(Right.SEE_FRAME)
def mine_add(request: HttpRequest) -> HttpResponse:
    """A destination of one's own."""
    account, _ = desk(request)
    return _add(request, owner_of(account), reverse("console:messages"), account.email)


@needs(Right.MANAGE_DESTINATIONS)
def office_add(request: HttpRequest) -> HttpResponse:
    """A destination of one's association."""
    account, _ = desk(request)
    return _add(request, _association(account), reverse("console:messages"))


@needs(Right.MANAGE_DESTINATIONS)
def participant_messages(request: HttpRequest, participant_id: int) -> HttpResponse:
    """A participant organisation's destinations."""
    account, at = desk(request)
    found = access_participant(account, participant_id, Right.MANAGE_DESTINATIONS, at=at)
    group = _group(account, at, _organisation(found.association_id, found.pk), found.name)
    crumb = Crumb(found.name, reverse("console:participant", args=[participant_id]))
    title, lead = gettext("destination.of_organisation"), gettext("destination.of_organisation.lead")
    return _page(
        request, Page(task="organisations", entry="participants", title=title, lead=lead, crumbs=(crumb,)), [group]
    )


@needs(Right.MANAGE_DESTINATIONS)
def participant_add(request: HttpRequest, participant_id: int) -> HttpResponse:
    """A destination of a participant organisation."""
    account, at = desk(request)
    found = access_participant(account, participant_id, Right.MANAGE_DESTINATIONS, at=at)
    back = reverse("console:participant_messages", args=[participant_id])
    return _add(request, _organisation(found.association_id, found.pk), back)


@needs(Right.SEE_FRAME)
def destination(request: HttpRequest, destination_id: int) -> HttpResponse:
    """One destination: how it wants to be told, what came lately, and its end."""
    account, at = desk(request)
    found = access_destination(account, destination_id, at=at)
    topics = topics_of(found, at=at)
    known = {
        "language": found.language,
        "quiet_from": found.quiet_from,
        "quiet_until": found.quiet_until,
        "topics": [topic for topic in topics if topic not in found.muted],
    }
    form = HabitsForm(request.POST or None, initial=known, topics=topics)
    if form.is_valid() and attempt(form, lambda: _change(account, found, form.habits(), at)):
        messages.success(request, gettext("destination.changed"))
        return redirect("console:destination", destination_id)
    return show(
        request,
        "console/destination.html",
        _below(gettext(f"channel.{found.channel}"), gettext("destination.lead")),
        found=found,
        form=form,
        latest=found.deliveries.all()[:LATEST],
        rights=rights_of(account, at=at),
        status=422 if form.errors else 200,
    )


@needs(Right.SEE_FRAME)
@require_POST
def destination_test(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Send a test there."""
    account, at = desk(request)
    actions.send_test(actor=account, destination_id=destination_id, at=at)
    messages.success(request, gettext("destination.tested"))
    return redirect("console:destination", destination_id)


@needs(Right.SEE_FRAME)
@require_GET
def destination_latest(request: HttpRequest, destination_id: int) -> HttpResponse:
    """What came there lately, asked for again while something is on its way."""
    account, at = desk(request)
    found = access_destination(account, destination_id, at=at)
    latest, rights = found.deliveries.all()[:LATEST], rights_of(account, at=at)
    page = _below(gettext(f"channel.{found.channel}"), "")
    return show(request, "console/destination_latest.html", page, found=found, latest=latest, rights=rights)


@needs(Right.SEE_FRAME)
@require_POST
def destination_stop(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Send nothing there any more."""
    account, at = desk(request)
    actions.stop_destination(actor=account, destination_id=destination_id, at=at)
    messages.success(request, gettext("destination.stopped"))
    return redirect("console:destination", destination_id)


@needs(Right.SEE_FRAME)
@require_POST
def destination_start(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Send there again."""
    account, at = desk(request)
    actions.start_destination(actor=account, destination_id=destination_id, at=at)
    messages.success(request, gettext("destination.started"))
    return redirect("console:destination", destination_id)


@needs(Right.SEE_FRAME)
@require_POST
def destination_drop(request: HttpRequest, destination_id: int) -> HttpResponse:
    """Forget a destination."""
    account, at = desk(request)
    actions.drop_destination(actor=account, destination_id=destination_id, at=at)
    messages.success(request, gettext("destination.dropped"))
    return redirect("console:messages")


def _change(account: Account, found: Destination, habits: Habits, at: datetime) -> None:
    actions.change_destination(actor=account, destination_id=found.pk, habits=habits, at=at)


def _page(request: HttpRequest, page: Page, groups: list[Group]) -> HttpResponse:
    stays = receiver.stays_here()
    return show(request, "console/messages.html", page, groups=groups, stays=stays, no_mail=not can_mail())


def _add(request: HttpRequest, owner: Owner, back: str, address: str = "") -> HttpResponse:
    account, at = desk(request)
    access_owner(account, owner, at=at)
    usual = Habits(language=account.language)
    known = {"language": usual.language, "quiet_from": usual.quiet_from, "quiet_until": usual.quiet_until}
    form = DestinationForm(request.POST or None, initial=known | _mail(address))
    made: list[Destination] = []

    def act() -> None:
        made.append(actions.add_destination(actor=account, owner=owner, values=form.values(), at=at))

    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("destination.added"))
        return redirect("console:destination", made[0].pk)
    page = _below(gettext("destination.add"), gettext("destination.add.lead"))
    return show(request, "console/form.html", page, form=form, back=back, status=422 if form.errors else 200)


def _mail(address: str) -> dict[str, str]:
    """An account's own mail address, offered where it has one."""
    return {"channel": Channel.EMAIL, "address": address} if address else {}


def _groups(account: Account, at: datetime) -> Iterator[Group]:
    """One's own, one's association's, and those of the organisations whose contact one is."""
    yield _group(account, at, owner_of(account), gettext("destination.own"))
    scope = scope_of(account, Right.MANAGE_DESTINATIONS, at=at)
    if account.association_id in scope.associations:
        yield _group(account, at, _association(account), named(account.association))
    theirs = rows_of(ScopeKind.ORGANISATION, account.association_id).filter(pk__in=scope.organisations)
    for organisation in theirs:
        yield _group(account, at, _organisation(account.association_id, organisation.pk), str(organisation))


def _group(account: Account, at: datetime, owner: Owner, title: str) -> Group:
    kind = owner.scope_kind or "account"
    adding = {
        "account": reverse("console:message_add"),
        ScopeKind.ASSOCIATION: reverse("console:message_office_add"),
        ScopeKind.ORGANISATION: reverse("console:participant_message_add", args=[owner.scope_id or 0]),
    }
    rows = list(with_last(destinations_of(account, owner, at=at)))
    return Group(title, gettext(f"destination.group.{kind}"), adding[kind], rows)


def _association(account: Account) -> Owner:
    key = account.association_id
    return Owner(association_id=key, scope_kind=ScopeKind.ASSOCIATION, scope_id=key)


def _organisation(association_id: int, key: int) -> Owner:
    return Owner(association_id=association_id, scope_kind=ScopeKind.ORGANISATION, scope_id=key)


def _below(title: str, lead: str) -> Page:
    crumb = Crumb(gettext("entry.messages"), reverse("console:messages"))
    return Page(task="settings", entry="messages", title=title, lead=lead, crumbs=(crumb,))
