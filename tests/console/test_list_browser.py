"""Lists in Chromium: rows picked by keys, what would happen said at once, columns and views where they are shown; and
the same by plain forms where there are no scripts.
"""

import pytest
from playwright.sync_api import Page, expect

from zuji.people.enums import Role

pytestmark = pytest.mark.browser
LIST = "/organisations/"
ROW = "[data-rows] tbody tr"


@pytest.fixture
def listed(looking):
    """The list of organisations, as the office lead sees it."""

    def opened(path: str = LIST, **options) -> Page:
        looker = looking(**options)
        looker.become(Role.OFFICE_LEAD)
        looker.page.goto(looker.home.origin + path)
        return looker.page

    return opened


def picked(page: Page) -> list[bool]:
    return page.locator("input[name=pick]").evaluate_all("boxes => boxes.map((box) => box.checked)")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_x_picks_the_row_under_the_keys_and_shift_x_up_to_here(listed):
    page = listed()
    press(page, "j", "x", "j", "j", "Shift+X")
    rows = picked(page)
    assert (rows[:3], any(rows[3:])) == ([True] * 3, False)
    expect(page.locator("[data-picked]")).to_have_text("已选 3 条")
    expect(page.locator(f"{ROW}.chosen")).to_have_count(3)
    press(page, "x")
    assert picked(page)[:3] == [True, True, False]
    press(page, "Escape")
    assert not any(picked(page))
    expect(page.locator("#bulk")).to_be_hidden()


def test_a_letter_typed_into_a_box_picks_nothing(listed):
    page = listed()
    press(page, "/", "x", "X")
    expect(page.locator("[data-search]")).to_be_focused()
    assert not any(picked(page))


def test_a_shifted_click_picks_what_lies_between(listed):
    page = listed()
    boxes = page.locator("input[name=pick]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert picked(page)[:3] == [True] * 3
    boxes.nth(2).click()
    assert picked(page)[:3] == [True, True, False]


def test_the_head_picks_the_page_and_says_when_it_is_part_of_it(listed):
    page = listed()
    head = page.locator("[data-pick-page]")
    head.check()
    assert all(picked(page))
    page.locator("input[name=pick]").first.uncheck()
    assert head.evaluate("box => box.indeterminate")


def test_what_would_happen_is_said_beside_the_list_and_follows_every_change(listed):
    page = listed()
    press(page, "j", "x")
    page.locator("#bulk_kind").select_option("institution")
    expect(page.locator("#bulk .counts")).to_contain_text("1 条")
    press(page, "Escape")
    page.locator("input[name=pick]").nth(0).click()
    page.locator("input[name=pick]").nth(1).click()
    expect(page.locator("#bulk .counts")).to_contain_text("不动")
    assert page.locator("[id]").evaluate_all("all => all.length - new Set(all.map((each) => each.id)).size") == 0


def test_an_act_is_done_and_taken_back(listed):
    page = listed()
    kinds = page.locator(f"{ROW} td[data-th='单位性质']")
    before = kinds.all_inner_texts()
    press(page, "j", "x")
    page.locator("#bulk_kind").select_option("institution" if before[0] == "企业" else "firm")
    page.locator("#bulk .main").click()
    expect(page.locator(".note")).to_contain_text("已改 1 条")
    assert page.locator(f"{ROW} td[data-th='单位性质']").all_inner_texts() != before
    page.get_by_role("link", name="看结果或撤销").click()
    page.get_by_role("button", name="撤销这 1 条").click()
    expect(page.locator("h1")).to_have_text("撤销：改性质、身份")
    page.goto(page.url.split("/works/")[0] + LIST)
    assert page.locator(f"{ROW} td[data-th='单位性质']").all_inner_texts() == before


def test_a_filter_draws_the_list_anew_and_keeps_the_words_that_were_typed(listed):
    page = listed()
    total = page.locator(ROW).count()
    press(page, "/")
    page.keyboard.type("zzzz")
    expect(page.locator(".empty")).to_contain_text("没有符合条件的记录")
    expect(page.locator("[data-search]")).to_be_focused()
    assert page.url.endswith("?q=zzzz")
    page.get_by_role("link", name="清除条件").click()
    expect(page.locator(ROW)).to_have_count(total)


def test_columns_are_hidden_and_moved_while_their_form_stays_open(listed):
    page = listed()
    heads = page.locator("thead th[aria-sort], thead th:not(.pick)")
    page.locator("#column-drop summary").click()
    page.locator("#col-kind").uncheck()
    expect(heads.filter(has_text="单位性质")).to_have_count(0)
    expect(page.locator("#column-drop")).to_have_attribute("open", "")
    page.locator("#up-contact_name").click()
    expect(heads.nth(1)).to_have_text("联系人姓名")
    assert "cols=contact_name%2Cjoins_as" in page.url
    expect(page.locator("#col-contact_name")).to_be_focused()
    press(page, "Escape")
    expect(page.locator("#column-drop")).not_to_have_attribute("open", "")


def test_a_view_is_saved_renamed_and_deleted(listed):
    page = listed(f"{LIST}?kind=institution")
    page.locator("#view-drop summary").click()
    page.get_by_label("名称", exact=True).fill("浏览器里的机构")
    page.get_by_role("button", name="保存").click()
    tab = page.locator(".views a", has_text="浏览器里的机构")
    expect(tab).to_have_attribute("aria-current", "page")
    page.locator("#view-drop summary").click()
    page.get_by_role("button", name="删除视图").click()
    expect(page.locator(".views a", has_text="浏览器里的机构")).to_have_count(0)


def test_without_scripts_boxes_bar_and_preview_are_plain_forms(listed):
    page = listed(java_script_enabled=False)
    page.locator("input[name=pick]").first.check()
    page.get_by_role("button", name="逐条看").click()
    expect(page.locator("h1")).to_have_text("改性质、身份")
    page.get_by_label("单位性质").select_option("institution")
    page.get_by_role("button", name="重新预览").click()
    expect(page.locator("main h2").last).to_contain_text("1 条")
    page.get_by_role("button", name="返回名单").click()
    expect(page.locator("h1")).to_have_text("参加单位")


def test_without_scripts_columns_are_chosen_by_a_form(listed):
    page = listed(java_script_enabled=False)
    page.locator("#column-drop summary").click()
    page.locator("#col-kind").uncheck()
    page.locator("#column-drop").get_by_role("button", name="筛选").click()
    expect(page.locator("thead th", has_text="单位性质")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280, 1920])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_bar_fits_at_every_width(listed, width, language):
    page = listed(viewport={"width": width, "height": 800}, language=language)
    page.locator("input[name=pick]").first.check()
    expect(page.locator("#bulk_kind")).to_be_visible()
    page.locator("#bulk_kind").select_option("institution")
    expect(page.locator("#bulk .counts")).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    assert page.locator("#bulk").evaluate("bar => bar.getBoundingClientRect().height") < 320


def test_a_phone_can_order_what_it_cannot_click(listed):
    page = listed(viewport={"width": 360, "height": 740})
    expect(page.locator("thead")).to_be_hidden()
    page.locator("#list-order").select_option("-expected")
    page.wait_for_url("**sort=-expected**")
    expect(page.locator(ROW).first).to_be_visible()
