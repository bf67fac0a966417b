"""Every route of both faces says what it needs, and keeps to it.

The routes are read from the resolver, so that one that is added later is tried without being named here.
"""

import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import DAY, Cast, account
from tests.people.test_rights_table import Ground, Things, ground, holder  # noqa: F401  (the ground is theirs)
from zuji.api.by_pass import PassHolder
from zuji.core import clock
from zuji.core.enums import HomeKind
from zuji.core.models import Home
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.guards import Needs
from zuji.people.rights import RIGHTS

LIBRARY = {
    *("account_login", "account_logout", "account_reauthenticate", "account_change_password", "account_set_password"),
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
}
"""Views of the sign-in library: for everybody, or for whoever's own account it is."""
OWN_TO_NINJA = {"api-root", "openapi-json"}
ANYTHING = {"int": 1, "str": "x", "slug": "x", "path": "x", "uuid": UUID(int=1)}
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
UNDECLARED = object()


@dataclass(frozen=True)
class Route:
    """One method of one address, and what it says that it needs: a right, a pass, nothing, or UNDECLARED."""

    method: str
    path: str
    name: str
    needs: object

    def url(self, **keys: object) -> str:
        """The address with its parameters filled in, by these values where they are named."""
        return "/" + PARAMETER.sub(
            lambda found: str(keys.get(found["name"], ANYTHING[found["kind"] or "str"])), self.path
        )

    @property
    def parameters(self) -> list[str]:
        """What the address leaves open."""
        return [found["name"] for found in PARAMETER.finditer(self.path)]

    def __str__(self) -> str:
        return f"{self.method} /{self.path}"


def patterns(within: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in within.url_patterns:
        path = prefix + str(each.pattern).lstrip("^")
        if isinstance(each, URLResolver):
            yield from patterns(each, path)
        else:
            yield path, each


def routes() -> Iterator[Route]:
    for path, pattern in patterns(get_resolver()):
        view, name = pattern.callback, pattern.name or ""
        if name in OWN_TO_NINJA:
            continue
        operations = getattr(inspect.getclosurevars(view).nonlocals.get("self"), "operations", None)
        if operations is None:
            needs = None if name in LIBRARY and view.__module__.startswith("allauth.") else UNDECLARED
            yield Route("GET", path, name, getattr(view, "right", needs))
        else:
            yield from (Route(operation.methods[0], path, name, of_operation(operation)) for operation in operations)


def of_operation(operation: Any) -> object:
    match list(operation.auth_callbacks):
        case [Needs() as guard]:
            return guard.right
        case [PassHolder() as guard]:
            return guard
        case []:
            return getattr(operation.view_func, "right", UNDECLARED)
    return UNDECLARED


ROUTES = list(routes())
GUARDED = [route for route in ROUTES if isinstance(route.needs, Right)]
BY_RIGHT = [route for route in GUARDED if route.needs is not Right.SEE_FRAME]


def ask(client: Client, route: Route, **keys: object) -> Any:
    with clock.frozen(DAY):
        return client.generic(route.method, route.url(**keys), b"{}", content_type="application/json")


def client_of(who: Any) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_every_route_names_a_right_or_says_that_it_is_for_everybody():
    assert [str(route) for route in ROUTES if route.needs is UNDECLARED] == []
    assert len(ROUTES) > 40


def test_what_writes_is_for_everybody_in_two_cases_only():
    open_writes = {route.path for route in ROUTES if route.method != "GET" and route.needs is None}
    assert open_writes == {"api/v1/checkins", "api/v1/passes"}


@pytest.mark.parametrize("route", GUARDED, ids=str)
def test_nobody_is_let_in_where_a_right_is_needed(db: None, client: Client, route: Route):
    answer = ask(client, route)
    if route.path.startswith("api/"):
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_right_is_refused_by_every_route_that_needs_it(ground: Ground, role: Role):  # noqa: F811
    client = client_of(holder(role, ground.own))
    refused = [route for route in GUARDED if ask(client, route).status_code == 403]
    assert {str(route) for route in refused} == {str(route) for route in GUARDED if route.needs not in RIGHTS[role]}


def keys_of(on: Things) -> dict[str, object]:
    """What the routes' parameters are called, and one key of each."""
    return {
        "campaign": on.campaign.pk,
        "campaign_id": on.campaign.pk,
        "checkpoint": on.checkpoint.pk,
        "checkpoint_id": on.checkpoint.pk,
        "serial": on.serial.pk,
        "serial_id": on.serial.pk,
        "item": on.item.id,
        "item_id": on.item.id,
        "pass_id": on.walk_pass.pk,
        "other_id": on.walk_pass.pk,
        "trail_id": on.trail.pk,
        "stop_id": on.trail.stops.earliest("order").pk,
        "participant_id": on.participant.pk,
        "organisation_id": on.party.pk,
        "account_id": on.account.pk,
        "grant_id": on.account.grants.get(lent_by=None).pk,
        "lent_id": on.lent.pk,
        "delivery_id": on.delivery.pk,
        "activity_id": on.checkpoint.activity_id,
        "impression_id": on.impression.pk,
        "list_id": on.source.pk,
        "enterprise_id": on.form.enterprise_id,
        "round_id": on.form.round_id,
        "form_id": on.form.pk,
    }


NO_OBJECTS = {"indicator", "token", "work_id", "view_id", "kind"}
"""Parameters that name nothing of an association: an indicator and a kind of rule are everybody's; a staged file, a
long work and a saved view are their maker's own.
"""
OBJECTS = [route for route in BY_RIGHT if route.parameters and not NO_OBJECTS & set(route.parameters)]
BODIES: dict[str, dict[str, object]] = {
    "location": {"lat": 22.95, "lon": 113.43, "accuracy": 10},
    "roll": {"id": str(UUID(int=7)), "reason": "手机没电", "passes": [1]},
    "take_back": {"reason": "误扫"},
}
"""What an operation must be sent before it looks for its object."""
ALSO_NEEDS = dict.fromkeys(("withdraw", "serial_withdraw"), Right.WITHDRAW_CODES)
"""What an operation needs for a thing that somebody else made, beyond what its route says."""
SEEN = {200, 302, 409, 422}
"""Answered, acted on, refused by its state, or in want of what the act needs."""


def ask_about(client: Client, route: Route, on: Things) -> int:
    """The status for these things; a page that only takes a form is sent an empty one."""
    body = BODIES.get(route.name, {}) | ({"passes": [on.walk_pass.pk]} if route.name == "roll" else {})
    with clock.frozen(DAY):
        url = route.url(**keys_of(on))
        answer = client.generic(route.method, url, json.dumps(body), content_type="application/json")
        return client.post(url).status_code if answer.status_code == 405 else answer.status_code


@pytest.mark.parametrize("route", OBJECTS, ids=str)
def test_whoever_has_the_right_finds_the_own_and_not_another_associations(
    ground: Ground,  # noqa: F811
    route: Route,
):
    Home.objects.update(kind=HomeKind.DEMO)  # where no second factor is asked for
    for role in (role for role in Role if route.needs in RIGHTS[role]):
        client = client_of(holder(role, ground.own))
        assert ask_about(client, route, ground.foreign) == 404, role
        is_allowed = ALSO_NEEDS.get(route.name, route.needs) in RIGHTS[role]
        assert ask_about(client, route, ground.own) in (SEEN if is_allowed else {403}), role


@pytest.mark.parametrize("path", ["/", "/organisations/", "/figures/", "/settings/accounts/", "/settings/audit/"])
def test_qin_sees_nothing_of_the_first_association_on_any_list(cast: Cast, path: str):
    qin = account(cast.other, "Auditing Qin", Role.AUDITOR, ScopeKind.ASSOCIATION, cast.other.pk)
    with clock.frozen(DAY):
        texts = [client_of(who).get(path).content.decode() for who in (cast.qin, qin)]
    for name in (cast.firm.name, cast.unit.name, "panyu", "Mei", "Guo"):
        assert not any(name in text for text in texts), name
