"""Every page by keyboard alone: what can be used is reached in order, is seen when it is, and lets one go on."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.console.sights import Sight
from zuji.people.enums import Role

pytestmark = pytest.mark.browser

KEYS = Path(__file__).parent / "keyboard.js"
MOST = 150
"""How often the tab key is pressed at most; what comes after that is more of the same rows."""
AT_ONCE = 10
LEAD = Role.OFFICE_LEAD
WITHIN = "box => document.activeElement === document.body || document.activeElement.closest(box) !== null"


@pytest.fixture
def keyboard(looking):
    """A browser of somebody without a mouse."""
    looker = looking()
    looker.context.add_init_script(path=KEYS)
    return looker


def tabbed(page: Page) -> list[str]:
    """What is wrong for somebody who presses the tab key until the page is left."""
    page.evaluate("watch()")
    for _ in range(MOST // AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        if page.evaluate("around()"):
            break
    return list(page.evaluate("told(around())"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")).strip()


def go_to(page: Page, words: str) -> None:
    """Press the tab key until something of these words, or of this name, has the focus."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    raise AssertionError(f"{words} is never reached")


def test_everything_on_every_page_is_reached_in_order_and_seen(keyboard, sights):
    faults = [f"{sight}: {fault}" for sight in sights for fault in tabbed(keyboard.open(sight))]
    assert not faults, "\n".join(faults)


def test_the_first_key_leads_past_the_navigation(keyboard):
    page = keyboard.open(Sight("participants", "/organisations/", LEAD))
    page.keyboard.press("Tab")
    assert focused(page) == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(("key", "opened"), [("?", "#keys"), ("Control+k", "#palette")])
def test_what_opens_gives_the_focus_back_when_it_shuts(keyboard, key, opened):
    page = keyboard.open(Sight("participants", "/organisations/", LEAD))
    go_to(page, "xlsx")
    page.keyboard.press(key)
    expect(page.locator(opened)).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(WITHIN, opened)
    page.keyboard.press("Escape")
    expect(page.locator(opened)).to_be_hidden()
    assert focused(page) == "xlsx"


def test_the_menu_of_the_account_opens_and_shuts_by_keys(keyboard):
    page = keyboard.open(Sight("today", "/", LEAD))
    go_to(page, "house-office_lead")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details.menu') !== null")
    page.keyboard.press("Escape")
    assert focused(page).startswith("house-office_lead")


def test_a_form_is_filled_and_sent_by_keyboard_alone(keyboard):
    page = keyboard.open(Sight("participant_add", "/organisations/add/", LEAD))
    go_to(page, "name")
    page.keyboard.type("键盘科技")
    go_to(page, "expected")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("键盘科技")


def test_a_refusal_is_reached_by_keyboard_and_said(keyboard):
    page = keyboard.open(Sight("participant_add", "/organisations/add/", LEAD))
    go_to(page, "name")
    page.keyboard.press("Enter")
    expect(page.locator(".error").first).to_be_visible()
    told = page.locator("[name=name]").get_attribute("aria-describedby") or ""
    assert page.locator(".error").first.get_attribute("id") in told.split()
    assert page.locator("[name=name]").get_attribute("aria-invalid") == "true"
