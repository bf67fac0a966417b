"""What people and programs send that no page would: every route and every form is tried, and none may fall over.

Routes are read from the resolver and forms from the pages themselves, so that a new one is tried without being named.
Each try is taken back, so that one cannot help or hide another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.console.house import House, furnish
from tests.console.paperwork import Field, Paper, papers
from tests.console.sights import account_of, asked, is_page, openers
from zuji.people.enums import Role

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
    for texts, turn in ((NUL, 0), (LONG, 1), (NONSENSE, 2), ("", 3), ("-1", 4)):
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
