"""Accounts and the roles that they hold."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks.acting import act_page
from zuji.console.blocks.acts import ActForm
from zuji.console.blocks.columns import Code, Link, Moment, Text, Word
from zuji.console.blocks.filters import ListFilters, Search, YesNo
from zuji.console.blocks.forms import words_of
from zuji.console.blocks.history import timeline
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.blocks.sending import Act
from zuji.console.bulk_acts import CLOSE
from zuji.console.pages import Crumb, Page, desk, entry_page, show
from zuji.console.role_forms import GrantForm, LendForm, lend_form
from zuji.console.scopes import last_instant, scope_name, scope_names
from zuji.core.templatetags.words import say
from zuji.people import actions
from zuji.people.access import access_account, is_overseer, visible_accounts, visible_grants
from zuji.people.enums import Right
from zuji.people.errors import Refusal
from zuji.people.guards import needs
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import rights_of, scope_of

STATES = {"True": "yes", "False": "gone"}


class AccountTable(ListTable):
    name = Link("account.name", route="console:account", empty="account.erased")
    username = Code("account.username")
    roles = Text("account.roles", accessor="now", empty="account.no_role", orderable=False)
    is_active = Word("account.state", prefix="account_state", states=STATES)
    last_login = Moment("account.last_login", empty="account.never")

    def render_roles(self, value: list[RoleGrant]) -> str:
        return gettext("list.comma").join(dict.fromkeys(gettext(f"role.{grant.role}") for grant in value))

    value_roles = render_roles


class AccountFilters(ListFilters):
    q = Search("name", "username")
    active = YesNo("account.active", field_name="is_active")


LISTING = Listing(
    table=AccountTable,
    filters=AccountFilters,
    file="accounts",
    empty="account.empty",
    template="console/accounts.html",
    acts=(CLOSE,),
)


@needs(Right.SEE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    """Who can sign in, and as what."""
    account, at = desk(request)
    held = Prefetch("grants", queryset=visible_grants(account, at=at).filter(during__contains=at), to_attr="now")
    rows = visible_accounts(account, at=at).prefetch_related(held)
    return list_page(request, entry_page("settings", "accounts"), LISTING, rows, rights=rights_of(account, at=at))


AddForm = ActForm.of(
    actions.make_account,
    words="account",
    given=("association_id",),
    fields={
        "name": forms.CharField(max_length=actions.NAME_CHARS),
        "username": forms.CharField(
            max_length=actions.USERNAME_CHARS, widget=forms.TextInput(attrs={"autocomplete": "off"})
        ),
        "password": forms.CharField(
            required=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False)
        ),
        "language": forms.ChoiceField(choices=partial(words_of, "language", ["zh-hans", "en"])),
    },
    beside={Refusal.USERNAME_TAKEN: "username"},
)


@needs(Right.MANAGE_ACCOUNTS)
def account_add(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    account, at = desk(request)
    act = Act(
        page=_below(gettext("account.add.title"), gettext("account.add.lead")),
        form=AddForm,
        given={"association_id": min(scope_of(account, Right.MANAGE_ACCOUNTS, at=at).associations)},
        goes=lambda made: reverse("console:account", args=[made.pk]),
        back=reverse("console:accounts"),
        said="account.made",
        do="account.add",
    )
    return act_page(request, act)


@needs(Right.SEE_ACCOUNTS)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: its roles now and before, and what was done to it."""
    actor, at = desk(request)
    return record(request, access_account(actor, account_id, Right.SEE_ACCOUNTS, at=at))


@needs(Right.MANAGE_ACCOUNTS)
def account_close(request: HttpRequest, account_id: int) -> HttpResponse:
    """Let nobody in by this account any more, once that is meant."""
    actor, at = desk(request)
    if request.method == "POST":
        actions.close_account(actor=actor, account_id=account_id, at=at)
        messages.success(request, gettext("account.closed"))
        return redirect("console:account", account_id)
    found = access_account(actor, account_id, Right.MANAGE_ACCOUNTS, at=at)
    page = below_account(found, say("account.close.title", name=found.name), gettext("account.close.lead"))
    return show(request, "console/account_close.html", page, found=found, back=page.crumbs[-1].url)


@needs(Right.MANAGE_ACCOUNTS)
@require_POST
def account_link(request: HttpRequest, account_id: int) -> HttpResponse:
    """A one-time link to hand over; shown once, kept nowhere."""
    actor, at = desk(request)
    link = actions.make_sign_in_link(actor=actor, account_id=account_id, at=at)
    return record(request, access_account(actor, account_id, Right.SEE_ACCOUNTS, at=at), link=link)


def record(
    request: HttpRequest,
    found: Account,
    *,
    granting: GrantForm | None = None,
    lending: LendForm | None = None,
    link: str = "",
) -> HttpResponse:
    """An account's page, with the form that was sent and could not be done, or with a link just made."""
    actor, at = desk(request)
    rights = rights_of(actor, at=at)
    may_grant = Right.GRANT_ROLES in rights and found.is_active and found != actor
    return show(
        request,
        "console/account.html",
        _below(found.name or gettext("account.erased"), gettext("account.lead")),
        found=found,
        grants=grants_told(request, found),
        granting=granting or (GrantForm(found=found, at=at) if may_grant else None),
        lending=lending or lend_form(request, found),
        may_view=Right.VIEW_AS in rights and found.is_active and found != actor and not is_overseer(found, at=at),
        link=link,
        timeline=timeline(found, {}),
        rights=rights,
        is_own=found == actor,
        status=422 if (granting or lending) else 200,
    )


def grants_told(request: HttpRequest, found: Account) -> list[dict[str, object]]:
    """The roles of an account, those in force first."""
    actor, at = desk(request)
    held = list(visible_grants(actor, at=at).filter(account=found).select_related("lent_by"))
    names = scope_names(held)
    told = [_told(one, scope_name(one, names), at) for one in held]
    return sorted(told, key=lambda one: not one["in_force"])


def _told(held: RoleGrant, over: str, at: datetime) -> dict[str, object]:
    return {"grant": held, "over": over, "in_force": at in held.during, "until": last_instant(held)}


def below_account(found: Account, title: str, lead: str) -> Page:
    """A page below an account's."""
    above = _below(title, lead)
    crumb = Crumb(found.name or gettext("account.erased"), reverse("console:account", args=[found.pk]))
    return replace(above, crumbs=(*above.crumbs, crumb))


def _below(title: str, lead: str) -> Page:
    crumb = Crumb(gettext("entry.accounts"), reverse("console:accounts"))
    return Page(task="settings", entry="accounts", title=title, lead=lead, crumbs=(crumb,))
