"""In Chromium: what is typed survives a lost connection, a lost session, an old token and somebody who was quicker."""

import json
import re
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cast import participant
from tests.live import LiveHome
from zuji.committee.enums import ParticipantKind

pytestmark = pytest.mark.browser
ADD = "/organisations/add/"
NUMBERS = count(1)
KEPT = re.compile(r"草稿在本机，\d\d:\d\d")


@pytest.fixture
def page(beside_playwright, live_home: LiveHome, browser: Browser):
    """Mei's browser, at a page of the home."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    context.add_cookies(live_home.browser_cookies(live_home.cast.mei))
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def name() -> str:
    """A name that no other test takes."""
    return f"草稿单位{next(NUMBERS)}"


@pytest.fixture
def begin(page: Page, live_home: LiveHome, name: str):
    """Opens the form and types into it; returns once the draft is kept."""

    def begun(path: str = ADD, expected: str = "12") -> Page:
        page.goto(live_home.origin + path)
        page.fill("[name=name]", name)
        page.fill("[name=expected]", expected)
        page.select_option("[name=kind]", "institution")
        expect(page.locator("[data-kept]")).to_have_text(KEPT)
        return page

    return begun


@pytest.fixture
def firm(live_home: LiveHome, name: str):
    """An organisation that is on the list."""
    with live_home.database():
        made = participant(live_home.cast.panyu, f"{name}原名", ParticipantKind.FIRM, f"ZZ{next(NUMBERS):04}")
        return made.pk


def drafts(page: Page) -> dict[str, object]:
    kept = page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([k]) => k.startsWith('zuji.draft:')))"
    )
    return {key: json.loads(value) for key, value in kept.items()}


def filled(page: Page) -> list[str]:
    return [page.input_value(f"[name={field}]") for field in ("name", "expected", "kind")]


def rows(live_home: LiveHome, name: str) -> int:
    from zuji.committee.models import ParticipantOrganisation

    with live_home.database():
        return ParticipantOrganisation.objects.filter(name=name).count()


def save(page: Page) -> None:
    page.locator("form[data-draft] button.main").click()


# --- kept, offered, dropped


def test_what_was_typed_is_offered_again_with_its_hour(begin, name):
    page = begin()
    page.reload()
    expect(page.locator("[data-note]")).to_have_text(re.compile(r"已恢复您在 \d\d:\d\d 填的内容，还没有保存。"))
    assert filled(page) == [name, "12", "institution"]


def test_a_discarded_draft_leaves_the_form_as_it_opens(begin):
    page = begin()
    page.reload()
    page.get_by_role("button", name="不要这份草稿").click()
    assert filled(page) == ["", "", "firm"]
    assert drafts(page) == {}
    page.reload()
    expect(page.locator("[data-note]")).to_have_count(0)


def test_cancelling_drops_the_draft(begin, live_home):
    page = begin()
    page.get_by_role("link", name="取消").click()
    page.wait_for_url("**/organisations/")
    assert drafts(page) == {}


def test_a_saved_form_leaves_no_draft(begin, name):
    page = begin()
    save(page)
    expect(page.locator("h1")).to_have_text(name)
    assert drafts(page) == {}


def test_a_draft_is_kept_by_account_and_page(begin, live_home, page):
    begin()
    assert list(drafts(page)) == [f"zuji.draft:{live_home.cast.mei.pk}:{ADD}"]
    page.context.add_cookies(live_home.browser_cookies(live_home.cast.tao))
    page.goto(live_home.origin + ADD)
    expect(page.locator("[data-note]")).to_have_count(0)
    assert filled(page)[0] == ""
    page.context.add_cookies(live_home.browser_cookies(live_home.cast.mei))
    page.goto(live_home.origin + ADD)
    expect(page.locator("[data-note]")).to_be_visible()


def test_a_draft_of_more_than_a_week_ago_is_gone(begin):
    page = begin()
    page.evaluate(
        """() => { const name = Object.keys(localStorage).find((each) => each.startsWith("zuji.draft:"));
        const draft = JSON.parse(localStorage.getItem(name)); draft.at -= 8 * 86400e3;
        localStorage.setItem(name, JSON.stringify(draft)); }"""
    )
    page.reload()
    assert filled(page)[0] == ""
    assert drafts(page) == {}


def test_who_signs_out_leaves_no_draft_on_the_computer(begin):
    page = begin()
    page.locator(".menu summary", has_text="Mei").click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in/**")
    assert drafts(page) == {}


def test_a_password_is_never_kept(begin):
    page = begin()
    secret = "<input type=password name=secret>"
    page.locator("form[data-draft]").evaluate("(form, html) => form.insertAdjacentHTML('beforeend', html)", secret)
    page.fill("[name=secret]", "walk offline 2021")
    page.wait_for_timeout(600)
    (draft,) = drafts(page).values()
    assert "walk offline" not in json.dumps(draft)
    assert "csrf" not in json.dumps(draft)


# --- a lost connection


def test_a_form_that_is_sent_without_connection_waits_and_goes_by_itself(begin, live_home, name):
    page = begin()
    page.context.set_offline(True)
    save(page)
    expect(page.locator("[data-note]")).to_contain_text("您填的都还在本机，接通后自动提交")
    assert filled(page) == [name, "12", "institution"]
    assert rows(live_home, name) == 0
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text(name)
    assert rows(live_home, name) == 1
    assert drafts(page) == {}


def test_one_can_go_on_typing_while_the_connection_is_gone(begin, name):
    page = begin()
    page.context.set_offline(True)
    expect(page.locator("[data-note]")).to_contain_text("可以继续填写")
    page.fill("[name=expected]", "13")
    save(page)
    page.fill("[name=expected]", "14")
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("dl.record")).to_contain_text("14")


def test_a_lost_answer_does_not_make_it_twice(begin, live_home, name):
    page = begin()

    def lose(route):
        route.fetch()  # the server does it, and nobody hears of it
        route.abort()

    page.route(f"**{ADD}", lose)
    save(page)
    expect(page.locator("[data-note]")).to_contain_text("连接断开")
    assert rows(live_home, name) == 1
    page.unroute(f"**{ADD}")
    expect(page.locator("h1")).to_have_text(name, timeout=15_000)  # tried again by itself
    assert rows(live_home, name) == 1


def test_a_window_that_was_shut_without_connection_has_everything_next_time(begin, live_home, name):
    page = begin()
    page.context.set_offline(True)
    save(page)
    expect(page.locator("[data-note]")).to_be_visible()
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(live_home.origin + ADD)
    expect(again.locator("[data-note]")).to_contain_text("已恢复")
    assert filled(again) == [name, "12", "institution"]


# --- a lost session, an old token


def test_a_lost_session_leads_through_sign_in_back_to_everything(begin, live_home, name):
    page = begin()
    page.context.clear_cookies(name="sessionid")
    save(page)
    page.wait_for_url("**/sign-in/?next=%2Forganisations%2Fadd%2F")
    page.fill("[name=login]", "mei")
    page.fill("[name=password]", "walk offline 2021")
    page.locator("main button.main").click()
    page.wait_for_url(f"**{ADD}")
    expect(page.locator("[data-note]")).to_contain_text("已恢复")
    assert filled(page) == [name, "12", "institution"]
    save(page)
    expect(page.locator("h1")).to_have_text(name)
    assert (rows(live_home, name), drafts(page)) == (1, {})


def test_who_types_after_the_session_was_lost_is_not_led_away(begin):
    page = begin()
    page.context.clear_cookies(name="sessionid")
    with page.expect_response("**/organisations/add/?check=*"):
        page.fill("[name=expected]", "13")
    page.wait_for_timeout(500)
    assert page.url.endswith(ADD)
    assert page.input_value("[name=expected]") == "13"


def test_an_old_token_says_what_to_do_and_the_draft_is_there(begin, live_home, name):
    page = begin()
    page.context.add_cookies([{"name": "csrftoken", "value": "b" * 32, "url": live_home.origin}])
    save(page)
    expect(page.locator("h1")).to_have_text("现在不能这样做")
    expect(page.locator("main")).to_contain_text("填的内容留在本机")
    assert rows(live_home, name) == 0
    page.get_by_role("button", name="回到刚才的页面").click()
    expect(page.locator("[data-note]")).to_contain_text("已恢复")
    save(page)
    expect(page.locator("h1")).to_have_text(name)


# --- while one types, and somebody who was quicker


def test_what_is_wrong_is_said_while_one_types_and_goes_when_it_is_mended(begin, page):
    begin()
    field = page.locator("[name=name]")
    field.fill("木棉数科")
    expect(page.locator(".field", has=field).locator(".error")).to_contain_text("名单里已有“木棉数科”")
    assert field.get_attribute("aria-invalid") == "true"
    said = page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")
    expect(said).to_contain_text("名单里已有")
    field.press_sequentially("二")
    expect(page.locator(".field", has=field).locator(".error")).to_have_count(0)
    assert field.get_attribute("aria-invalid") is None
    assert page.evaluate("document.activeElement.name") == "name"


def test_a_refused_form_comes_back_in_place_with_the_focus_on_what_is_wrong(begin, page):
    begin()
    page.fill("[name=name]", "")
    save(page)
    expect(page.locator(".error")).to_have_text("请填写这一项。")
    assert page.evaluate("document.activeElement.name") == "name"
    assert page.input_value("[name=expected]") == "12"


def change(live_home: LiveHome, firm: int, **changes: object) -> None:
    """Tao is quicker."""
    from dataclasses import replace

    from zuji.committee.actions import change_participant
    from zuji.committee.models import ParticipantOrganisation
    from zuji.committee.queries import participant_values
    from zuji.core import clock

    with live_home.database():
        values = replace(participant_values(ParticipantOrganisation.objects.get(pk=firm)), **changes)
        change_participant(actor=live_home.cast.tao, participant_id=firm, values=values, at=clock.now())


def test_the_second_of_two_chooses_field_by_field_and_loses_nothing(begin, live_home, firm, name):
    page = begin(f"/organisations/{firm}/edit/")
    change(live_home, firm, expected=9)
    save(page)
    expect(page.locator("#stale")).to_contain_text("Tao 在")
    assert page.evaluate("document.activeElement.id") == "stale"
    assert filled(page) == [name, "12", "institution"]
    page.get_by_label("用 Tao 的 9").check()
    save(page)
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("dl.record")).to_contain_text("9")
    assert drafts(page) == {}


def test_a_restored_draft_still_knows_what_it_was_opened_with(begin, live_home, firm):
    page = begin(f"/organisations/{firm}/edit/")
    change(live_home, firm, expected=9)
    page.reload()
    expect(page.locator("[data-note]")).to_contain_text("已恢复")
    save(page)
    expect(page.locator("#stale")).to_contain_text("Tao 在")


def test_without_scripts_a_form_is_sent_and_comes_back(browser, beside_playwright, live_home, name):
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    context.add_cookies(live_home.browser_cookies(live_home.cast.mei))
    page = context.new_page()
    page.goto(live_home.origin + ADD)
    save(page)
    expect(page.locator(".error").first).to_have_text("请填写这一项。")
    page.fill("[name=name]", name)
    save(page)
    expect(page.locator("h1")).to_have_text(name)
    context.close()
