"""What people and programs send that no page would: every route and every form is tried, and none may fall over.

Routes are read from the resolver and forms from the pages themselves, so that a new one is tried without being named.
Each try is taken back, so that one cannot help or hide another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.console.house import House, furnish
from tests.console.paperwork import Field, Paper, papers
from tests.console.sights import account_of, asked, is_page, openers
from tests.project.test_routes import ROUTES, Route
from zuji.people.enums import Right, Role

NUL, LONG, NONSENSE = "甲\0乙", "长" * 34_000, "no-such-thing"
"""A text that PostgreSQL cannot hold; a hundred kilobytes; a value that no choice offers."""
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 410, 413, 422, 429}
PAGES = ("0", "-1", "99999999999999999999", "x", "\0", "1.5")
DAYS = ("2021-02-30", "9999-12-31", "0001-01-01", "x", "\0", "")
SORTS = ("no-such-thing", "-", "--name", "name,-name", "\0", "pk__password")
COLUMNS = ("", "no-such-thing", ",,,", "name," * 500, "\0", "x")
WORDS = (NUL, "%" * 200, "", "'", "🀄" * 50, "x" * 5000)
OF_ANY = [
    {"page": page, "on": day, "as_of": day, "q": words, "next": "//elsewhere.example"}
    for page, day, words in zip(PAGES, DAYS, WORDS, strict=True)
]
"""What any page may be asked, several at a time."""
OF_LISTS = [
    *({"sort": each} for each in SORTS),
    *({"cols": each} for each in COLUMNS),
    *({"per": each} for each in ("0", "-1", "999999999", "x")),
    *({"format": each} for each in ("", "exe", "xlsx\0", "../csv")),
    *({"page": each} for each in PAGES),
]
"""What a list may be asked, one by one."""
OPEN = {"/switch/", "/sign-in/"}
"""Forms that are for everybody."""
ODD: dict[str, tuple[str, ...]] = {
    "number": ("-1", "99999999999999999999", "1e400", "x", ""),
    "date": ("2021-02-30", "9999-12-31", "0001-01-01", "x", ""),
    "time": ("25:61", "x", ""),
}
"""What is no value of a kind of control; others get nonsense, and every one that can be typed in gets texts."""


@dataclass
class Shown:
    """A page as somebody was shown it."""

    name: str
    path: str
    who: Role | None
    client: Client
    html: str


@pytest.fixture
def house(walked) -> House:  # the own one: nothing of it is served
    return furnish("house")


@pytest.fixture
def shown(house) -> list[Shown]:
    """Every page, as whoever comes first and may is shown it."""
    return list(seen_in(house))


def client_of(house: House, who: Role | None) -> Client:
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(account_of(house, who), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def seen_in(house: House) -> Iterator[Shown]:
    clients: dict[Role | None, Client] = {}
    for route, path in asked(house):
        for who in openers(route):
            client = clients.setdefault(who, client_of(house, who))
            answer = client.get(path)
            if answer.status_code == 200:
                html = "" if answer.streaming else answer.content.decode(errors="replace")
                if is_page(html):
                    yield Shown(route.name, path, who, client, html)
                break


def tried(page: Shown, method: str, path: str, data: dict[str, Any]) -> Any:
    """The answer to one request, and nothing left of what it did."""
    with transaction.atomic():
        answer = getattr(page.client, method)(path, data)
        transaction.set_rollback(True)
    return answer


def rounds(paper: Paper) -> Iterator[dict[str, Any]]:
    """What is sent to a form: nothing; every control odd at once, in every way; and each alone with what hurts most."""
    yield {}
    longest = LONG if paper.method == "post" else LONG[:4000]  # no browser sends a longer address
    for texts, turn in ((NUL, 0), (longest, 1), (NONSENSE, 2), ("", 3), ("-1", 4)):
        odd = {each.name: texts if each.is_text else odd_value(each, turn) for each in paper.fields}
        yield paper.filled(**odd)
    for each in paper.fields if paper.method == "post" else ():
        yield paper.filled(**{each.name: NUL})
        yield paper.filled(**{each.name: odd_value(each, 2)})


def odd_value(field: Field, turn: int) -> str:
    odd = ODD.get(field.kind, ("", LONG, NONSENSE, "-1", "99999999999999999999"))
    return odd[turn % len(odd)]


def forms_of(shown: list[Shown]) -> Iterator[tuple[Shown, Paper, str]]:
    """Each form once, whichever pages it is on, with where it goes."""
    known: set[tuple[str, str, tuple[str, ...]]] = set()
    for page in shown:
        for paper in papers(page.html):
            to = (paper.action or page.path).split("?")[0]
            if to.startswith("#"):  # the gallery's samples lead nowhere
                continue
            route = resolve(to).view_name
            key = (paper.method, route, tuple(sorted({each.name for each in paper.fields})))
            if key not in known and paper.method != "dialog" and route != "account_logout":
                known.add(key)
                yield page, paper, to


def test_no_page_falls_over_an_odd_query(shown):
    fell = []
    for page in shown:
        for query in OF_ANY + OF_LISTS * ("format=xlsx" in page.html):
            status = tried(page, "get", page.path, query).status_code
            if status not in ANSWERS:
                fell.append(f"{page.name} {status} on {query}")
    assert not fell, "\n".join(fell)


def test_no_form_falls_over_an_odd_value(shown):
    fell, count = [], 0
    for page, paper, to in forms_of(shown):
        for data in rounds(paper):
            count += 1
            status = tried(page, paper.method, to, data).status_code
            if status not in ANSWERS:
                fell.append(f"{page.name} → {to} {status}: {str(data)[:200]}")
    assert not fell, "\n".join(fell)
    assert count > 100


PUBLIC = {"slug", "rest", "indicator", "token", "name", "key", "kind"}
"""Parameters that name nothing of one association."""


def mixed(house: House, other: House) -> Iterator[tuple[Route, dict[str, Any]]]:
    """Each route with a key, once for each of its keys: that one is another association's, the others are one's own."""
    for route in ROUTES:
        own = [name for name in route.parameters if name not in PUBLIC]
        if not route.path.startswith("api/") and isinstance(route.needs, Right):
            yield from ((route, house.keys | {name: other.keys[name]}) for name in own)


def test_a_changed_key_in_an_address_leads_nowhere(house):
    other, found, count = furnish("yonder"), [], 0
    clients: dict[Role | None, Client] = {}
    for route, keys in mixed(house, other):
        for who in {*openers(route)[:1], *openers(route)[-1:]}:  # whoever may most, and whoever may least
            client = clients.setdefault(who, client_of(house, who))
            status = client.get(route.url(**keys)).status_code
            status = client.post(route.url(**keys)).status_code if status == 405 else status
            count += 1
            if status != 404:
                found.append(f"{route} {who}: {status}")
    assert not found, "\n".join(found)
    assert count > 50


def test_a_form_whose_session_ended_leads_to_the_sign_in_and_back_to_a_page(shown):
    lost, stranger = [], Client(raise_request_exception=False)
    for page, paper, to in forms_of(shown):
        if paper.method != "post" or page.who is None:
            continue
        answer = stranger.post(to, paper.filled(), headers={"Referer": f"http://testserver{page.path}"})
        back = parse_qs(urlsplit(answer.get("Location", "")).query).get("next", [""])[0]
        if answer.status_code == 302 and answer["Location"].startswith("/sign-in/"):
            if page.client.get(back).status_code != 200:
                lost.append(f"{page.name} → {to}: back to {back}, which is no page")
        elif to not in OPEN:
            lost.append(f"{page.name} → {to}: {answer.status_code}")
    assert not lost, "\n".join(lost)


def test_a_form_with_a_worn_out_token_is_answered_in_words(house, shown):
    rude = []
    for page, paper, to in forms_of(shown):
        if paper.method == "post":
            strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
            strict.cookies = page.client.cookies
            answer = strict.post(to, paper.filled(csrfmiddlewaretoken="x" * 64))
            if answer.status_code != 403 or b"<h1" not in answer.content:
                rude.append(f"{page.name} → {to}: {answer.status_code}")
    assert not rude, "\n".join(rude)
