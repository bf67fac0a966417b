"""The calendar in Chromium: turned by keys, bars over their days, a list where there is little room, and on paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.console.looking import PHONE
from zuji.people.enums import Role

pytestmark = pytest.mark.browser
CALENDAR = "/programme/calendar/"
JULY = f"{CALENDAR}?on=2021-07-26"


@pytest.fixture
def shown(looking):
    """The calendar, as the office lead sees it."""

    def opened(path: str = JULY, **options) -> Page:
        looker = looking(**options)
        looker.become(Role.OFFICE_LEAD)
        looker.page.goto(looker.home.origin + path)
        return looker.page

    return opened


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_arrows_turn_and_letters_choose_the_view(shown):
    page = shown()
    seen = [title(page)]
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft", "w", "d", "ArrowRight", "l", "m"):
        with page.expect_navigation():
            page.keyboard.press(key)
        seen.append(title(page))
    assert seen[:4] == ["2021年7月", "2021年8月", "2021年7月", "2021年6月"]
    assert seen[4:] == [
        "2021年5月31日–6月6日",
        "2021年6月1日，星期二",
        "2021年6月2日，星期三",
        "2021年6月",
        "2021年6月",
    ]


def test_t_goes_back_to_today(shown):
    page = shown(f"{CALENDAR}?on=2020-01-01&view=week")
    with page.expect_navigation():
        page.keyboard.press("t")
    expect(page.locator("[aria-current=date]")).to_have_count(1)
    assert "view=week" in page.url


def test_keys_with_others_held_down_are_the_browsers(shown):
    page = shown()
    for key in ("Control+ArrowRight", "Shift+D"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert title(page) == "2021年7月"


def test_a_bar_lies_over_its_days_and_leads_on_by_tabbing(shown):
    page = shown()
    bar = page.locator(".lasting.is-activity").first
    day = page.locator(".day:has(> a:text-is('26'))").first
    over, under = bar.bounding_box(), day.bounding_box()
    assert under["x"] <= over["x"]
    assert over["x"] + over["width"] <= under["x"] + under["width"] + 1
    bar.locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/overview/")


def test_no_two_things_of_a_day_lie_upon_each_other(shown):
    page = shown(f"{JULY}&view=week")
    boxes = [each.bounding_box() for each in page.locator(".timed").all()]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            apart = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
            assert beside or apart
    assert boxes


def test_on_a_phone_the_list_stands_in_for_the_grid(shown):
    page = shown(viewport=PHONE)
    expect(page.locator(".agenda")).to_be_visible()
    expect(page.locator(".month")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("view", ["month", "week"])
def test_paper_shows_the_grid_in_black_and_no_buttons(shown, view):
    page = shown(f"{JULY}&view={view}")
    page.emulate_media(media="print")
    expect(page.locator(".turns")).to_be_hidden()
    expect(page.locator(".instead-of")).to_be_visible()
    expect(page.locator(".lasting.is-activity a").first).to_have_css("color", "rgb(0, 0, 0)")


def test_it_works_without_scripts(shown):
    page = shown(java_script_enabled=False)
    page.locator("[rel=next]").click()
    assert title(page) == "2021年8月"
