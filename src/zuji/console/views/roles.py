"""Granting a role and ending it, lending one for a time and taking it back, and the list of what is lent."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.columns import Day, Link, Text, Word
from zuji.console.blocks.forms import attempt
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.pages import desk, entry_page
from zuji.console.role_forms import GrantForm, lend_form
from zuji.console.scopes import last_instant, organisations, scope_name, scope_names
from zuji.console.views.accounts import record
from zuji.core.errors import Refused
from zuji.people import actions
from zuji.people.access import access_account, lent_grants
from zuji.people.enums import Right
from zuji.people.errors import Refusal
from zuji.people.guards import needs
from zuji.people.models import RoleGrant

STATES = {"now": "yes", "over": "gone"}


@needs(Right.GRANT_ROLES)
def account_organisations(request: HttpRequest, account_id: int) -> HttpResponse:
    """Organisations that fit what is being typed."""
    actor, at = desk(request)
    found = access_account(actor, account_id, Right.GRANT_ROLES, at=at)
    rows = organisations(found, request.GET.get("organisation", ""))
    return render(request, "console/organisations.html", {"rows": rows})


@needs(Right.GRANT_ROLES)
@require_POST
def grant(request: HttpRequest, account_id: int) -> HttpResponse:
    """Grant a role."""
    actor, at = desk(request)
    found = access_account(actor, account_id, Right.GRANT_ROLES, at=at)
    form = GrantForm(request.POST, found=found, at=at)

    def act() -> None:
        role, scope_id = form.over()
        actions.grant_role(actor=actor, account_id=account_id, role=role, scope_id=scope_id, at=at)

    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("account.granted"))
        return redirect("console:account", account_id)
    return record(request, found, granting=form)


@needs(Right.GRANT_ROLES)
@require_POST
def grant_end(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End a role."""
    actor, at = desk(request)
    ended = actions.end_role(actor=actor, grant_id=grant_id, at=at)
    messages.success(request, gettext("account.ended"))
    return redirect("console:account", ended.account_id)


@needs(Right.LEND_ROLES)
@require_POST
def lend(request: HttpRequest, account_id: int) -> HttpResponse:
    """Lend a role."""
    actor, at = desk(request)
    found = access_account(actor, account_id, Right.LEND_ROLES, at=at)
    form = lend_form(request, found, data=request.POST)
    if form is None:
        raise Refused(Refusal.ROLE_NOT_THEIRS_TO_LEND)

    def act() -> None:
        keys = {"account_id": account_id, "scope_id": form.scope_id}
        actions.lend_role(actor=actor, role=form.role, until=form.until_day, at=at, **keys)

    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("lending.done"))
        return redirect("console:account", account_id)
    return record(request, found, lending=form)


@needs(Right.LEND_ROLES)
@require_POST
def lent_end(request: HttpRequest, lent_id: int) -> HttpResponse:
    """Take a lent role back."""
    actor, at = desk(request)
    ended = actions.take_back_role(actor=actor, grant_id=lent_id, at=at)
    messages.success(request, gettext("lending.taken_back"))
    return redirect("console:account", ended.account_id)


@dataclass(frozen=True)
class Lent:
    """One role that was lent, as the list shows it."""

    account_id: int
    name: str
    role: str
    over: str
    lender: str
    since: date
    until: date
    state: str


class LentTable(ListTable):
    name = Link("account.name", route="console:account", args=("account_id",))
    role = Word("account.role", prefix="role")
    over = Text("account.scope")
    lender = Text("lending.by", empty="account.erased")
    since = Day("account.since")
    until = Day("lending.until")
    state = Word("account.state", prefix="lent_state", states=STATES)


LENT = Listing(table=LentTable, file="lent", empty="lending.empty")


@needs(Right.SEE_ACCOUNTS)
def lent(request: HttpRequest) -> HttpResponse:
    """Every role that was lent: to whom, by whom, until when."""
    account, at = desk(request)
    grants = list(lent_grants(account, at=at))
    names, zone = scope_names(grants), ZoneInfo(account.association.time_zone)
    rows = [_lent(grant, scope_name(grant, names), at.astimezone(zone)) for grant in grants if grant.during.upper]
    return list_page(request, entry_page("settings", "lent"), LENT, rows)


def _lent(grant: RoleGrant, over: str, at: datetime) -> Lent:
    return Lent(
        account_id=grant.account_id,
        name=grant.account.name or gettext("account.erased"),
        role=grant.role,
        over=over,
        lender=grant.lent_by.name if grant.lent_by else "",
        since=grant.during.lower.astimezone(at.tzinfo).date(),
        until=(last_instant(grant) or at).astimezone(at.tzinfo).date(),
        state="now" if at in grant.during else "over",
    )
