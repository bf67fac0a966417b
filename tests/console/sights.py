"""Every page that there is, with somebody who may open it: read from the resolver, so that a new one is walked too."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

import httpx

from tests.console.house import House
from tests.live import LiveHome
from tests.project.test_routes import ROUTES, Route
from zuji.console.views.gallery import SAMPLES
from zuji.people.enums import Right, Role
from zuji.people.models import Account
from zuji.people.rights import RIGHTS

ORDER = (
    *(Role.OFFICE_LEAD, Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR, Role.OFFICE, Role.STEWARD, Role.CONTACT),
    *(Role.COMMITTEE_MEMBER, Role.VIEWER),
)
"""Whoever comes first and may, opens a page; the others' pages are shorter ones of the same making."""
FIRST = {"steward": Role.STEWARD}
LEAVES = {"account_logout", "viewing_end"}
"""Addresses that end what the walk needs."""
OK, NOT_BY_GET = 200, 405
EACH = {"gallery_sample": [{"key": key} for key in SAMPLES]}
"""Addresses of which each is a page of its own making."""
PHONE = {"code": "{poster}", "pass": "{pass_token}", "join": "{join_code}", "walk": "{campaign_id}"}


@dataclass(frozen=True)
class Sight:
    """A page: its route's name, its address, and who looks at it; None is anybody."""

    name: str
    path: str
    who: Role | None

    def __str__(self) -> str:
        return self.path if self.name in EACH else self.name


def asked(house: House) -> Iterator[tuple[Route, str]]:
    """Each address outside of the JSON face that answers to GET, its parameters filled in."""
    for route in ROUTES:
        if not route.path.startswith("api/") and route.name not in LEAVES:
            yield from ((route, address(route, house, **keys)) for keys in EACH.get(route.name, [{}]))


def address(route: Route, house: House, **keys: str) -> str:
    """An address, its parameters filled in with these keys and with what is in the house."""
    rest = PHONE.get(route.name, "{rest}").format(**house.keys)
    return route.url(**house.keys | {"rest": rest} | keys)


def openers(route: Route) -> list[Role | None]:
    """Who is let in by a route, in the order in which they are tried."""
    if route.name in FIRST:
        return [FIRST[route.name]]
    if isinstance(route.needs, Right):
        return [role for role in ORDER if route.needs in RIGHTS[role]]
    return [None, Role.OFFICE_LEAD]


def is_page(text: str) -> bool:
    """Whether an answer is a whole page, not a part of one."""
    return re.match(r"\s*<!doctype html", text, re.IGNORECASE) is not None


def account_of(house: House, who: Role | None) -> Account | None:
    """The account that looks."""
    return house.people[who] if who else None


def found(home: LiveHome, house: House) -> list[Sight]:
    """Every page that somebody is shown, asked for over HTTP once by whoever comes first and may."""
    with ExitStack() as stack:
        clients: dict[Role | None, httpx.Client] = {}
        for who in (None, *ORDER):
            clients[who] = stack.enter_context(home.client(account_of(house, who)))
        tries = ((route, path, shown(clients, route, path)) for route, path in asked(house))
        return [Sight(route.name, path, who[0]) for route, path, who in tries if who]


def shown(clients: Mapping[Role | None, httpx.Client], route: Route, path: str) -> list[Role | None]:
    """Whoever is shown a page first, in a list; nobody is an empty one."""
    for who in openers(route):
        with clients[who].stream("GET", path) as answer:
            if answer.status_code == NOT_BY_GET:
                return []
            if answer.status_code != OK:
                continue
            kind = answer.headers.get("content-type", "")
            return [who] if kind.startswith("text/html") and is_page(answer.read().decode(errors="replace")) else []
    return []
