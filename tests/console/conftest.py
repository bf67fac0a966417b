"""Pages on the morning of the walk: clients of the cast, a trail, and a few check-ins."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.api.conftest import as_, morning  # noqa: F401  (what others made serves here too)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.console.house import House
    from tests.console.living import Living
    from tests.console.looking import Looker
    from tests.console.sights import Sight
    from tests.console.walks import Pages, Walked
    from tests.live import LiveHome
    from zuji.people.models import Account


@pytest.fixture(autouse=True)
def staged_here(settings, tmp_path) -> None:
    """Uploads of a test lie in its own folder."""
    settings.STAGED_ROOT = tmp_path / "staged"


@pytest.fixture
def pages(as_) -> "Callable[[Account], Pages]":  # noqa: F811
    """Pages as an account sees them."""
    from tests.console.walks import Pages

    return lambda account: Pages(as_(account))


@pytest.fixture
def demo(cast) -> None:
    """A demo home, where no second factor is asked for."""
    from zuji.core.enums import HomeKind
    from zuji.core.models import Home

    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.DEMO})


@pytest.fixture
def long_before(db) -> None:
    """Whatever is made from here on, the cast too, was written five days before the walk; name it first."""
    from tests.cast import DAY
    from tests.console.standing import stand

    stand(DAY - timedelta(days=5))


@pytest.fixture
def walked(cast, demo, morning) -> "Walked":  # noqa: F811
    """The cast's walk with a trail, two walkers of the firm, one of the unit, and what they handed in."""
    from tests.console.walks import walk

    return walk(cast)


@pytest.fixture(scope="session")
def beside_playwright() -> None:
    """Playwright leaves its event loop running in this thread to the end, which Django takes for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def house(beside_playwright: None, live_home: "LiveHome") -> "House":
    """A furnished association in the served home."""
    from tests.console.house import furnish

    with live_home.database():
        return furnish("house")


@pytest.fixture(scope="session")
def sights(live_home: "LiveHome", house: "House") -> "list[Sight]":
    """Every page of the served home, each with somebody who may open it."""
    from tests.console.sights import found

    return found(live_home, house)


@pytest.fixture
def looking(house: "House", live_home: "LiveHome", browser: "Browser") -> "Iterator[Callable[..., Looker]]":
    """Makes browsers that open pages as whoever may; keywords go to the context, `look` to its cookies."""
    from tests.console.looking import Looker

    made: list[Looker] = []

    def make(**options: Any) -> "Looker":
        made.append(Looker(browser, live_home, house, options))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="session")
def walk(beside_playwright: None, live_home: "LiveHome") -> "Living":
    """A campaign of its own in the live home: two checkpoints, two organisations, and a first check-in of each."""
    from tests.console.living import make

    with live_home.database():
        return make(live_home)


@pytest.fixture
def open_page(browser: "Browser", walk: "Living") -> "Iterator[Callable[..., Page]]":
    """Opens pages of that campaign as an account sees them; keywords go to the browser's context."""
    from tests.console.looking import DESK

    contexts = []

    def opened(path: str, who: str = "mei", **options: Any) -> "Page":
        context = browser.new_context(**{"viewport": DESK, "locale": "zh-CN", **options})
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_cookies(walk.home.browser_cookies(getattr(walk.home.cast, who)))
        page = context.new_page()
        page.goto(walk.home.origin + path.format(walk=walk.campaign))
        return page

    yield opened
    for context in contexts:
        context.close()
