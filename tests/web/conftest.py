"""Fixtures of the browser tests: a served walk, walkers' phones, a steward's phone."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.live import LiveHome
from tests.web.phones import Phone, Phones, Walk, handed_in, make_walk

VIEWPORT = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def beside_playwright() -> None:
    """Playwright leaves its event loop running in this thread to the end, which Django takes for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def walk(beside_playwright: None, live_home: LiveHome) -> Walk:
    """The cast's walk with a trail, joined by list."""
    with live_home.database():
        return make_walk(live_home)


@pytest.fixture
def phones(browser: Browser, walk: Walk) -> Iterator[Phones]:
    """Makes phones; keywords go to the browser context, `settings` to the page's own."""
    opened: list[BrowserContext] = []

    def make(*, settings: str = "{}", **options: Any) -> Phone:
        context = browser.new_context(**{"viewport": VIEWPORT, "locale": "zh-CN", **options})
        opened.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(f"localStorage['zuji.settings'] ??= '{settings}'")
        phone = Phone(walk.home.origin, context, context.new_page())
        context.on("request", lambda request: phone.posted.extend(handed_in(request)))
        return phone

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def phone(phones: Phones) -> Phone:
    """One walker's phone."""
    return phones()


@pytest.fixture
def steward(phones: Phones, walk: Walk) -> Phone:
    """Guo's phone, signed in, standing at the entrance."""
    from tests.cast import PLACE  # Django is set up after this file is read

    here = {"latitude": PLACE[0], "longitude": PLACE[1], "accuracy": 9}
    made = phones(permissions=["geolocation"], geolocation=here)
    made.context.add_cookies(walk.home.browser_cookies(walk.home.cast.guo))
    return made
