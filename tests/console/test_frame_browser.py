"""The frame in Chromium: the palette by keyboard, the menu, light and dark, a phone's rows, and through whose eyes."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.console.looking import PHONE
from zuji.people.enums import Role

pytestmark = pytest.mark.browser
NO_LIST = "/settings/me/"
CHOSEN = "#found [aria-selected=true]"


@pytest.fixture
def at_desk(looking):
    """A page as the office lead sees it."""

    def opened(path: str = NO_LIST, who: Role = Role.OFFICE_LEAD, **options) -> Page:
        looker = looking(**options)
        looker.become(who)
        looker.page.goto(looker.home.origin + path)
        return looker.page

    return opened


def ask(page: Page, text: str) -> None:
    page.keyboard.press("Control+k")
    page.locator("#palette input").press_sequentially(text)


def focused(page: Page) -> str:
    return page.evaluate(
        "document.activeElement.className || document.activeElement.id || document.activeElement.tagName"
    )


# --- the palette


def test_it_is_asked_walked_and_opened_by_keyboard_alone(at_desk):
    page = at_desk()
    with page.expect_response("**/find/?q=danwei&*"):
        ask(page, "danwei")
    expect(page.locator("#found b").first).to_be_visible()
    first = page.locator(CHOSEN).get_attribute("id")
    assert page.locator("#palette input").get_attribute("aria-activedescendant") == first
    page.keyboard.press("ArrowDown")
    second = page.locator(CHOSEN).get_attribute("id")
    assert (first, second) == ("hit-1", "hit-2")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    last = page.locator("#found [role=option]").last
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    target = page.locator(CHOSEN).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_enter_waits_for_what_was_typed_and_opens_nothing_that_stood_there_before(at_desk):
    page = at_desk()
    page.keyboard.press("Control+k")
    expect(page.locator(CHOSEN)).to_have_count(1)
    page.locator("#palette input").press_sequentially("mulu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures/")


def test_what_was_found_is_told_to_who_cannot_see_it(at_desk):
    page = at_desk()
    ask(page, "juzhen")
    expect(page.locator("#palette [data-count]")).to_contain_text("项")
    page.locator("#palette input").fill("zzzzzz")
    expect(page.locator("#found")).to_contain_text("没有找到")
    expect(page.locator("#palette [data-count]")).to_have_text("0 项")
    assert page.locator("#palette input").get_attribute("aria-activedescendant") is None


def test_escape_puts_it_away_and_the_focus_is_where_it_was(at_desk):
    page = at_desk()
    page.locator(".menu summary").focus()
    ask(page, "")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    assert focused(page) == "SUMMARY"


def test_a_slash_opens_it_where_a_page_has_no_search_of_its_own(at_desk):
    page = at_desk()
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_visible()
    page.goto(page.url.replace(NO_LIST, "/organisations/"))
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_hidden()
    assert page.evaluate("document.activeElement.hasAttribute('data-search')")


def test_what_was_chosen_comes_first_the_next_time_and_only_its_key_is_kept(at_desk):
    page = at_desk()
    ask(page, "mulu")
    expect(page.locator(CHOSEN)).to_contain_text("目录")
    page.keyboard.press("Enter")
    page.wait_for_url("**/figures/")
    ask(page, "")
    expect(page.locator("#found [role=group]").first).to_contain_text("最近用过")
    expect(page.locator(CHOSEN)).to_contain_text("目录")
    kept = page.evaluate("Object.entries(localStorage).filter(([name]) => name.startsWith('zuji-palette'))")
    assert [json.loads(value) for _, value in kept] == [["page:figures"]]


def test_whoever_signs_out_leaves_nothing_behind(at_desk):
    page = at_desk("/figures/", Role.VIEWER)
    ask(page, "wodezhanghao")
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/me/")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('zuji-palette'))") == []


def test_a_lost_connection_is_told_and_mended(at_desk):
    page = at_desk()
    page.keyboard.press("Control+k")
    expect(page.locator(CHOSEN)).to_have_count(1)
    page.context.set_offline(True)
    page.locator("#palette input").fill("juzhen")
    expect(page.locator("#found")).to_contain_text("连接断开")
    page.context.set_offline(False)
    page.locator("#palette input").fill("juzhe")
    expect(page.locator("#found")).to_contain_text("到达矩阵")


def test_keys_belong_to_the_input_method_while_it_composes(at_desk):
    page = at_desk()
    ask(page, "juzhen")
    before = page.url
    expect(page.locator(CHOSEN)).to_have_count(1)
    page.evaluate(
        """document.querySelector('#palette input').dispatchEvent(
        new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"""
    )
    page.wait_for_timeout(200)
    assert page.url == before


def test_without_scripts_the_same_is_a_page(at_desk):
    page = at_desk(java_script_enabled=False)
    page.locator("[data-palette]").click()
    page.locator("#find-q").fill("juzhen")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("link", name="到达矩阵").first).to_be_visible()


# --- the bar


def test_the_menu_opens_and_shuts_and_gives_the_focus_back(at_desk):
    page = at_desk()
    box = page.locator(".menu .float-box")
    page.locator(".menu summary").press("Enter")
    expect(box).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert focused(page) == "SUMMARY"
    page.locator(".menu summary").click()
    page.locator("h1").click()
    expect(box).to_be_hidden()


def expect_paper(page: Page, colour: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", colour)


LIGHT, DARK = "rgb(251, 250, 247)", "rgb(23, 22, 19)"


@pytest.mark.parametrize(("device", "left", "other"), [("light", LIGHT, "深色"), ("dark", DARK, "浅色")])
def test_light_and_dark_follow_the_device_until_somebody_chooses(at_desk, device, left, other):
    page = at_desk(color_scheme=device)
    expect_paper(page, left)
    page.locator(".menu summary").click()
    page.get_by_role("button", name=other).click()
    expect_paper(page, ({LIGHT, DARK} - {left}).pop())
    page.locator(".menu summary").click()
    page.get_by_role("button", name="跟随系统").click()
    expect_paper(page, left)


def test_the_dark_of_a_device_is_the_dark_that_is_chosen(at_desk):
    page = at_desk(color_scheme="dark")
    names = ["ink", "ink-soft", "paper", "line", "line-strong", "seal", "moss", "amber", "amber-wash", "slate", "focus"]
    read = f"{names}.map((name) => getComputedStyle(document.documentElement).getPropertyValue(`--${{name}}`))"
    followed = page.evaluate(read)
    page.evaluate("document.documentElement.className = 'dark'")
    assert page.evaluate(read) == followed


def test_on_a_phone_the_row_of_tasks_begins_at_where_one_is(at_desk):
    page = at_desk(viewport=PHONE)
    page.wait_for_load_state("networkidle")
    for here in page.locator(".tasks [aria-current]").all():
        box = here.bounding_box()
        assert box["x"] >= 0, box
        assert box["x"] + box["width"] <= PHONE["width"] + 1, box
    expect(page.locator(".place")).to_be_visible()


# --- through somebody's eyes


def test_looking_as_somebody_is_announced_at_a_phones_width_and_is_only_looking(at_desk, house):
    lan = house.people[Role.CONTACT]
    page = at_desk(f"/settings/accounts/{lan.pk}/view/", Role.ADMINISTRATOR, viewport=PHONE)
    page.get_by_label("原因").fill("看一眼")
    page.get_by_role("button", name="开始查看").click()
    banner = page.locator("form.viewing")
    for path in ("/", "/organisations/", "/help/", "/nothing-here/"):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + path)
        expect(banner).to_contain_text(lan.name)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(banner).to_be_in_viewport()
    page.goto(page.url.replace("/nothing-here/", "/organisations/"))
    expect(page.locator(".switches")).to_have_count(0)
    banner.get_by_role("button", name="结束查看").click()
    expect(page.locator("[role=status]").first).to_contain_text("您又是自己了")
    expect(banner).to_have_count(0)
