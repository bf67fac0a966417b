"""Random faults upon a phone that checks in: what the page calls delivered is there once, and nothing is lost.

`ZUJI_FAULT_RUNS=200 pytest tests/web/test_faults.py` is the long run; what went wrong can be had again by its number.
"""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Error, Page, Route
from psycopg import sql

from tests.live import LiveHome
from tests.web.phones import Phone, Phones, Walk

pytestmark = pytest.mark.browser

RUNS = int(os.environ.get("ZUJI_FAULT_RUNS", "4"))
FIRST = int(os.environ.get("ZUJI_FAULT_FIRST", "0"))
STEPS = 7
INTAKE = "**/api/v1/checkins"
MINUTES_LATE, DAYS_BACK = 11 * 60_000, -2 * 86_400_000
CLOCK = """(() => { const real = Date.now.bind(Date), set = Number(sessionStorage['clock'] ?? 0);
    window.shift = set; Date.now = () => real() + window.shift; })()"""
REFUSING = "Object.defineProperty(window, 'indexedDB', { value: { open() { throw new Error('refused') } } })"
ON_SHELF = """() => Object.keys(localStorage).filter(key => key.startsWith('zuji.items.'))
    .map(key => JSON.parse(localStorage[key]))"""


class Run:
    """One phone on its way, and all that befalls it; `tapped` counts the check-ins that its holder made."""

    def __init__(self, phones: Phones, walk: Walk, number: int) -> None:
        self.walk, self.number, self.dice = walk, number, random.Random(number)  # repeatable, not secret
        self.refused = self.dice.random() < 0.15
        self.phone: Phone = phones()
        self.phone.context.add_init_script(CLOCK + (";" + REFUSING if self.refused else ""))
        self.ahead = [walk.poster(stop) for stop in walk.stops]
        self.tapped, self.full, self.befell = 0, False, Counter[str]()

    def page(self) -> Page:
        return self.phone.page

    def begin(self) -> None:
        """The page is open and the organisation chosen; how the join fares is left to the faults as well."""
        self.phone.open(self.ahead[0])
        self.page().locator(".pick").first.wait_for()
        self.phone.join()

    def check_in(self) -> None:
        if not self.ahead:
            return
        self.phone.open_in_place(self.ahead.pop(0))
        button = self.page().locator(".act .alt")
        button.wait_for()
        button.click()
        self.page().locator("h1.state").wait_for()
        self.tapped += 1

    def cut(self) -> None:
        self.phone.online(False)

    def mend(self) -> None:
        self.phone.online(True)

    def before(self) -> None:
        self._once(_abort)

    def during(self) -> None:
        self._once(_bad_gateway)

    def after(self) -> None:
        self._once(_answer_lost)

    def killed(self) -> None:
        """Between commit and answer: the server has written, and is gone before it can say so."""

        def kill(route: Route) -> None:
            _answer_lost(route)
            self.walk.home.stop(signal.SIGKILL)

        self._once(kill)

    def started(self) -> None:
        if self.walk.home.process is None:
            self.walk.home.start()

    def quota(self) -> None:
        """No byte more; nothing that was said to be safe may go, so this page is not closed until there is room."""
        if not self.refused:
            self.full = True
            self._quota(1)

    def room(self) -> None:
        self._quota(None)
        if self.full:
            self.page().evaluate("dispatchEvent(new Event('pageshow'))")
            self.page().wait_for_timeout(300)
        self.full = False

    def late(self) -> None:
        self._clock(MINUTES_LATE)

    def back(self) -> None:
        self._clock(DAYS_BACK)

    def tab(self) -> None:
        """Another tab of the same phone, opened beside this one."""
        if not self.full and self._reachable():
            self.phone.context.new_page().goto(f"{self.phone.origin}/walk/{self.walk.campaign}")

    def reopened(self) -> None:
        if not self.full and self._reachable():
            self.page().goto("about:blank")
            self.phone.open(f"/walk/{self.walk.campaign}#mine")
            self.page().locator(".tabs").wait_for()

    def settle(self) -> None:
        """All is well again: everything goes out by itself, or is told to need help."""
        self.page().unroute_all(behavior="ignoreErrors")
        self.started()
        self.mend()
        self.room()
        self.phone.context.set_offline(False)
        for _ in range(60):
            self.page().evaluate("dispatchEvent(new Event('pageshow'))")
            self.page().wait_for_timeout(250)
            if all(item["state"] != "kept" for item in self.items()):
                return
        raise AssertionError((self.number, self.befell, self.items()))

    def items(self) -> list[dict[str, Any]]:
        if self.refused:
            return [item for item in self.page().evaluate(ON_SHELF) if item["kind"] == "checkin"]
        return self.phone.items()

    def held(self) -> None:
        """Whatever stands on the phone as delivered stands in the database, once."""
        for item in self.items():
            if item["state"] == "delivered":
                stored = [row for row in self.walk.items_of(item["pass"]) if row.checkpoint_id == item["checkpoint"]]
                assert [row.outcome for row in stored].count("accepted") == 1, (self.number, self.befell)
                assert self.walk.item(item["id"]) is not None, (self.number, self.befell)

    def _once(self, handle: Callable[[Route], None]) -> None:
        self.page().unroute_all(behavior="ignoreErrors")
        self.page().route(INTAKE, handle, times=1)

    def _reachable(self) -> bool:
        return self.walk.home.process is not None and self.page().evaluate("navigator.onLine") is True

    def _clock(self, shift: int) -> None:
        self.page().evaluate("shift => { sessionStorage['clock'] = shift; window.shift = shift }", shift)

    def _quota(self, size: int | None) -> None:
        session = self.phone.context.new_cdp_session(self.page())
        limit = {} if size is None else {"quotaSize": size}
        session.send("Storage.overrideQuotaForOrigin", {"origin": self.phone.origin, **limit})


def _answer_lost(route: Route) -> None:
    """The server takes it; the phone never hears. Where there is no server to take it, the phone hears as little."""
    with suppress(Error):
        route.fetch()
    _abort(route)


def _abort(route: Route) -> None:
    # weather that clears meanwhile has let it through already
    with suppress(Error):
        route.abort()


def _bad_gateway(route: Route) -> None:
    with suppress(Error):
        route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")


FAULTS = (
    "cut",
    "mend",
    "before",
    "during",
    "after",
    "killed",
    "started",
    "quota",
    "room",
    "late",
    "back",
    "tab",
    "reopened",
)


def go(run: Run) -> None:
    """A walk of so many steps, a check-in about every third, and then fair weather."""
    run.begin()
    for _ in range(STEPS):
        step = "check_in" if run.dice.random() < 0.35 else run.dice.choice(FAULTS)
        run.befell[step] += 1
        getattr(run, step)()
        run.held()
    run.settle()
    while run.ahead:
        run.check_in()
    run.settle()


@pytest.mark.parametrize("number", range(FIRST, FIRST + RUNS))
def test_what_is_called_delivered_is_there_once_and_nothing_is_lost(phones: Phones, walk: Walk, number: int) -> None:
    run = Run(phones, walk, number)
    try:
        go(run)
    finally:
        run.started()
    items = run.items()
    assert len(items) == run.tapped == len(walk.stops), (number, run.befell, items)
    assert {item["state"] for item in items} == {"delivered"}, (number, run.befell, items)
    run.held()


def test_a_server_restored_to_an_earlier_moment_gets_back_what_it_lost(phones: Phones, walk: Walk) -> None:
    home, phone = walk.home, phones()
    posters = [walk.poster(stop) for stop in walk.stops]
    phone.check_in(posters[0])
    phone.state("delivered")
    home.stop()
    _copy(home, home.database_name, _kept(home))
    home.start()
    phone.check_in(posters[1])
    phone.state("delivered")
    home.stop()
    _copy(home, _kept(home), home.database_name)
    _begin_epoch(home)
    home.start()
    lost = phone.items()[1]["id"]
    assert walk.item(lost) is None
    phone.page.evaluate("dispatchEvent(new Event('pageshow'))")
    for _ in range(80):
        phone.page.wait_for_timeout(100)
        if walk.item(lost) is not None:
            break
    assert [item.outcome for item in walk.items_of(phone.items()[0]["pass"])] == ["accepted", "accepted"]


def _kept(home: LiveHome) -> str:
    return f"{home.database_name}_kept"


def _copy(home: LiveHome, source: str, target: str) -> None:
    """One database as the other; nobody may be connected to either."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        names = {"target": sql.Identifier(target), "source": sql.Identifier(source)}
        admin.execute(sql.SQL("drop database if exists {target} with (force)").format(**names))
        admin.execute(sql.SQL("create database {target} template {source}").format(**names))
        if source == _kept(home):
            admin.execute(sql.SQL("drop database {source} with (force)").format(**names))


def _begin_epoch(home: LiveHome) -> None:
    from zuji.checkin.actions import begin_epoch
    from zuji.core import clock

    with home.database():
        begin_epoch(at=clock.now())
