"""What everybody must be able to read and to touch: checked on the pages as they are drawn, in every look."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.phones import Phone, Phones, Walk

pytestmark = pytest.mark.browser

LOOKS = {
    "plain": {"language": "zh", "light": "light"},
    "dark-large": {"language": "zh", "light": "dark", "large": True},
    "english": {"language": "en", "light": "light"},
    "english-large": {"language": "en", "light": "light", "large": True},
}
AUDIT = (Path(__file__).parent / "audit.js").read_text()
Way = Callable[[Phone, Walk], None]


def confirm(phone: Phone, walk: Walk) -> None:
    phone.open(walk.poster())
    phone.join()


def choosing(phone: Phone, walk: Walk) -> None:
    phone.open(walk.poster())
    phone.page.locator(".pick").first.wait_for()


def kept(phone: Phone, walk: Walk) -> None:
    phone.page.route("**/api/v1/checkins", lambda route: route.abort())
    phone.check_in(walk.poster())
    phone.state("kept")


def delivered(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")


def in_need(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster(withdrawn=True))
    phone.state("help")
    phone.page.locator("svg.qr").wait_for()


def afterwards(hash_: str, there: str) -> Way:
    def go(phone: Phone, walk: Walk) -> None:
        delivered(phone, walk)
        phone.open(f"/walk/{walk.campaign}{hash_}")
        phone.page.locator(there).first.wait_for()

    return go


PAGES: dict[str, Way] = {
    "choosing": choosing,
    "confirm": confirm,
    "kept": kept,
    "delivered": delivered,
    "help": in_need,
    "walk": afterwards("", ".route"),
    "here": afterwards("#here", ".text"),
    "mine": afterwards("#mine", ".stamps"),
    "carry": afterwards("#carry", "svg.qr"),
    "short": afterwards("#short", ".six"),
}


def faults(page: Page) -> list[str]:
    """What is too small to read, too faint to see, too small to touch, or wider than the screen."""
    page.wait_for_timeout(350)
    return [str(fault) for fault in page.evaluate(AUDIT)]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_walkers_page_can_be_read_and_touched(phones: Phones, walk: Walk, name: str, look: str) -> None:
    phone = phones(settings=json.dumps(LOOKS[look]))
    PAGES[name](phone, walk)
    assert faults(phone.page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_a_stewards_page_can_be_read_and_touched(phones: Phones, walk: Walk, look: str) -> None:
    steward = phones(settings=json.dumps(LOOKS[look]))
    steward.context.add_cookies(walk.home.browser_cookies(walk.home.cast.guo))
    page = steward.open("/steward/")
    page.locator(".face svg.qr").wait_for()
    for tab in range(4):
        page.locator(".tabs a").nth(tab).click()
        assert faults(page) == [], tab


def test_the_button_and_the_way_without_location_are_both_in_view(phones: Phones, walk: Walk) -> None:
    for look in LOOKS.values():
        phone = phones(settings=json.dumps(look))
        confirm(phone, walk)
        for one in (".go", ".act .alt", ".queue"):
            box = phone.page.locator(one).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 740


def test_each_page_has_one_heading_and_says_news_to_screen_readers(phone: Phone, walk: Walk) -> None:
    delivered(phone, walk)
    page = phone.page
    assert page.locator("h1").count() == 1
    assert "已送达" in page.locator("[role=status].vh").inner_text()
    assert page.locator("svg.seal").get_attribute("aria-label") == "印章：松露小学"
    assert "送达 1" in (page.locator(".queue").get_attribute("aria-label") or "")


def test_a_page_can_be_used_by_keyboard_alone(phone: Phone, walk: Walk) -> None:
    confirm(phone, walk)
    page = phone.page
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "alt":
            break
    page.keyboard.press("Enter")
    phone.state("delivered")
