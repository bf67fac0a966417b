"""Accounts and the roles that they hold."""

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

from zuji.console.blocks.columns import Code, Link, Moment, Text, Word
from zuji.console.blocks.filters import ListFilters, Search, YesNo
from zuji.console.blocks.forms import Choices, Form, attempt, words_of
from zuji.console.blocks.history import timeline
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.pages import Crumb, Page, desk, entry_page, show
from zuji.core.errors import Invalid
from zuji.core.templatetags.words import named
from zuji.people import actions
from zuji.people.access import access_account, visible_accounts, visible_grants
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.errors import Refusal
from zuji.people.guards import needs
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import SCOPES, rights_of, scope_of
from zuji.people.scopes import rows_of
from zuji.people.values import NewAccount

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
)


@needs(Right.SEE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    """Who can sign in, and as what."""
    account, at = desk(request)
    held = Prefetch("grants", queryset=visible_grants(account, at=at).filter(during__contains=at), to_attr="now")
    rows = visible_accounts(account, at=at).prefetch_related(held)
    return list_page(request, entry_page("settings", "accounts"), LISTING, rows, rights=rights_of(account, at=at))


class AccountForm(Form):
    """A new account; it signs in by a password or, without one, by a one-time link."""

    keys = {
        "name": "account.name",
        "username": "account.username",
        "password": "account.password",
        "language": "account.language",
    }
    helped = ("name", "username", "password")

    name = forms.CharField(max_length=80)
    username = forms.CharField(max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(required=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    language = forms.ChoiceField(choices=partial(words_of, "language", ["zh-hans", "en"]))


@needs(Right.MANAGE_ACCOUNTS)
def account_add(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    account, at = desk(request)
    form = AccountForm(request.POST or None)
    home = min(scope_of(account, Right.MANAGE_ACCOUNTS, at=at).associations)
    made: list[Account] = []

    def act() -> None:
        data = {**form.cleaned_data, "password": form.cleaned_data["password"] or None}
        made.append(actions.make_account(actor=account, values=NewAccount(association_id=home, **data), at=at))

    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("account.made"))
        return redirect("console:account", made[0].pk)
    page = _below(gettext("account.add.title"), gettext("account.add.lead"))
    back = reverse("console:accounts")
    return show(request, "console/form.html", page, form=form, back=back, status=422 if form.errors else 200)


class GrantForm(Form):
    """A role over one scope."""

    keys = {"role": "account.role", "scope": "account.scope"}
    helped = ("scope",)

    role = forms.ChoiceField(choices=partial(words_of, "role", Role.values))
    scope = forms.ChoiceField()

    def __init__(self, *args: object, scopes: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]

    def scope_id(self) -> int:
        """The key of the scope; refused when a role is not held over that kind of scope."""
        kind, key = self.cleaned_data["scope"].split(":")
        if SCOPES[Role(self.cleaned_data["role"])] != kind:
            raise Invalid(Refusal.SCOPE_NOT_THEIRS, field="scope")
        return int(key)


@needs(Right.SEE_ACCOUNTS)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: its roles now and before, and what was done to it."""
    actor, at = desk(request)
    found = access_account(actor, account_id, Right.SEE_ACCOUNTS, at=at)
    return _record(request, found, GrantForm(scopes=_scopes(found)))


@needs(Right.GRANT_ROLES)
@require_POST
def grant(request: HttpRequest, account_id: int) -> HttpResponse:
    """Grant a role."""
    actor, at = desk(request)
    found = access_account(actor, account_id, Right.GRANT_ROLES, at=at)
    form = GrantForm(request.POST, scopes=_scopes(found))

    def act() -> None:
        role = Role(form.cleaned_data["role"])
        actions.grant_role(actor=actor, account_id=account_id, role=role, scope_id=form.scope_id(), at=at)

    if form.is_valid() and attempt(form, act):
        messages.success(request, gettext("account.granted"))
        return redirect("console:account", account_id)
    return _record(request, found, form)


@needs(Right.GRANT_ROLES)
@require_POST
def grant_end(request: HttpRequest, grant_id: int) -> HttpResponse:
    """End a role."""
    actor, at = desk(request)
    ended = actions.end_role(actor=actor, grant_id=grant_id, at=at)
    messages.success(request, gettext("account.ended"))
    return redirect("console:account", ended.account_id)


@needs(Right.MANAGE_ACCOUNTS)
@require_POST
def account_close(request: HttpRequest, account_id: int) -> HttpResponse:
    """Let nobody in by this account any more."""
    actor, at = desk(request)
    actions.close_account(actor=actor, account_id=account_id, at=at)
    messages.success(request, gettext("account.closed"))
    return redirect("console:account", account_id)


@needs(Right.MANAGE_ACCOUNTS)
@require_POST
def account_link(request: HttpRequest, account_id: int) -> HttpResponse:
    """A one-time link to hand over; shown once, kept nowhere."""
    actor, at = desk(request)
    link = actions.make_sign_in_link(actor=actor, account_id=account_id, at=at)
    found = access_account(actor, account_id, Right.SEE_ACCOUNTS, at=at)
    return _record(request, found, GrantForm(scopes=_scopes(found)), link=link)


def _record(request: HttpRequest, found: Account, form: Form, link: str = "") -> HttpResponse:
    actor, at = desk(request)
    return show(
        request,
        "console/account.html",
        _below(found.name or gettext("account.erased"), gettext("account.lead")),
        found=found,
        grants=[_told(each, at) for each in visible_grants(actor, at=at).filter(account=found)],
        form=form,
        link=link,
        timeline=timeline(found, {}),
        rights=rights_of(actor, at=at),
        status=422 if form.errors else 200,
    )


def _told(held: RoleGrant, at: datetime) -> dict[str, object]:
    return {"grant": held, "over": _scope_name(held), "in_force": at in held.during}


def _scope_name(held: RoleGrant) -> str:
    kind = ScopeKind(held.scope_kind)
    row = rows_of(kind, held.account.association_id).filter(pk=held.scope_id).first()
    return _row_name(row) if row else gettext("core.unknown")


def _scopes(found: Account) -> Choices:
    """Everything that a role of this account may be held over."""
    return [
        (f"{kind}:{row.pk}", gettext("account.scope.of").format(kind=gettext(f"scope.{kind}"), name=_row_name(row)))
        for kind in dict.fromkeys(SCOPES.values())
        for row in rows_of(kind, found.association_id)
    ]


def _row_name(row: object) -> str:
    return named(row) or str(row)


def _below(title: str, lead: str) -> Page:
    crumb = Crumb(gettext("entry.accounts"), reverse("console:accounts"))
    return Page(task="settings", entry="accounts", title=title, lead=lead, crumbs=(crumb,))
