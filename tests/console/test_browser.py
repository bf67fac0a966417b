"""The console in Chromium: the matrix by keyboard and live, lists that follow their filters, pages at their sizes."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.console.looking import DESK, PHONE, WIDE

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.dataset.cell ?? ''")


def cell(walk, organisation: int, checkpoint: int) -> str:
    return f"{walk.organisations[organisation]}.{walk.checkpoints[checkpoint]}"


def test_one_cell_takes_part_in_tabbing_and_arrows_move_it(open_page, walk):
    page = open_page("/walk/{walk}/matrix/")
    assert page.locator("[data-cell][tabindex='0']").count() == 1
    page.locator("[data-cell][tabindex='0']").focus()
    seen = [focused(page)]
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "End", "Home", "PageDown", "PageUp"):
        page.keyboard.press(key)
        seen.append(focused(page))
    first, right = cell(walk, 0, 0), cell(walk, 0, 1)
    below_right, below = cell(walk, 1, 1), cell(walk, 1, 0)
    assert seen == [first, right, below_right, below, first, right, first, below, first]
    assert page.locator("[data-cell][tabindex='0']").count() == 1


def test_an_arrow_at_the_edge_stays(open_page, walk):
    page = open_page("/walk/{walk}/matrix/")
    page.locator("[data-cell][tabindex='0']").focus()
    for key in ("ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        assert focused(page) == cell(walk, 0, 0)


def test_the_panel_says_what_the_focused_cell_holds_and_enter_opens_its_records(open_page, walk):
    page = open_page("/walk/{walk}/matrix/")
    page.locator(f"[data-cell='{cell(walk, 0, 0)}']").focus()
    expect(page.locator("[data-cell-title]")).to_have_text("甲单位")
    expect(page.locator("[data-panel='delivered']")).to_have_text("1")
    expect(page.locator("[data-panel='gradeC']")).to_have_text("1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkins/?*")
    expect(page.locator("h1")).to_have_text("打卡记录")
    assert page.locator("tbody tr").count() == 1


def test_an_acknowledged_check_in_stands_in_the_open_page(open_page, walk):
    page = open_page("/walk/{walk}/matrix/")
    expect(page.locator("[data-live]")).to_be_visible()
    spot = page.locator(f"[data-cell='{cell(walk, 1, 1)}']")
    expect(spot).to_contain_text("未到")
    walk.hand_in(organisation=1, checkpoint=1)
    expect(spot.locator("b")).to_have_text("1", timeout=5_000)
    expect(page.locator(f"[data-foot='{walk.checkpoints[1]}'] b")).to_have_text("1")


def test_an_organisation_that_comes_in_anew_gets_its_line(open_page, walk):
    page = open_page("/walk/{walk}/matrix/")
    expect(page.locator("[data-live]")).to_be_visible()
    before = page.locator("tbody tr").count()
    walk.join("新来的单位")
    expect(page.locator("tbody tr")).to_have_count(before + 1, timeout=5_000)


def test_a_lost_connection_is_told_and_mended(open_page, walk):
    page = open_page("/walk/{walk}/matrix/")
    expect(page.locator("[data-live]")).to_be_visible()
    walk.home.stop()
    try:
        expect(page.locator("[data-live]")).to_contain_text("连接断开", timeout=10_000)
    finally:
        walk.home.start()
    expect(page.locator("[data-live]")).to_contain_text("实时", timeout=20_000)


def test_without_scripts_the_matrix_is_a_table_of_links(open_page, walk):
    page = open_page("/walk/{walk}/matrix/", java_script_enabled=False)
    assert page.locator("tbody tr").count() >= 2
    page.locator(f"[data-cell='{cell(walk, 0, 0)}']").click()
    expect(page.locator("h1")).to_have_text("打卡记录")


def test_a_list_follows_its_filters_without_leaving_the_page(open_page, walk):
    page = open_page("/organisations/")
    page.keyboard.press("/")
    page.keyboard.type("乙单位")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "q=" in page.url
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Tab")
    exported = page.get_by_role("link", name="xlsx").get_attribute("href")
    assert exported.startswith("?q=%E4%B9%99%E5%8D%95%E4%BD%8D&")
    assert exported.endswith("format=xlsx")


def test_without_scripts_a_list_is_filtered_by_its_button(open_page, walk):
    page = open_page("/organisations/", java_script_enabled=False)
    page.locator("#id_q").fill("乙单位")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_rows_are_walked_by_j_and_k_and_opened_by_enter(open_page, walk):
    page = open_page("/organisations/")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    name = page.locator("tr.here th").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


def test_a_question_mark_tells_the_keys_and_escape_puts_them_away(open_page):
    page = open_page("/organisations/")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()
    page.locator("#id_q").fill("?")
    expect(page.locator("dialog#keys")).to_be_hidden()


PAGES = [
    *("/", "/organisations/", "/organisations/add/", "/organisations/import/", "/walk/", "/walk/{walk}/overview/"),
    *(
        "/walk/{walk}/matrix/",
        "/walk/{walk}/checkins/",
        "/walk/{walk}/corrections/",
        "/walk/{walk}/passes/",
        "/walk/{walk}/passes/add/",
    ),
    *("/walk/{walk}/trail/", "/walk/{walk}/posters/", "/walk/{walk}/rolls/", "/figures/", "/figures/T3/"),
    *("/figures/ledger/", "/settings/audit/", "/settings/keys/", "/settings/me/", "/help/", "/check/"),
]
LOOKS = {
    "desk": {"viewport": DESK},
    "phone": {"viewport": PHONE},
    "wide": {"viewport": WIDE},
    "large type on a phone": {"viewport": PHONE},
    "dark": {"viewport": DESK},
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_is_wider_than_its_window(open_page, walk, look):
    page = open_page("/", **LOOKS[look])
    name = {"large type on a phone": "zuji_large", "dark": "zuji_dark"}.get(look)
    if name:
        page.context.add_cookies([{"name": name, "value": "1", "url": walk.home.origin}])
    wide = []
    for path in PAGES:
        page.goto(walk.home.origin + path.format(walk=walk.campaign))
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wide.append((path, over))
    assert wide == []


CONTRASTS = """() => {
  const number = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (at) => {
    for (let each = at; each; each = each.parentElement) {
      const colour = number(getComputedStyle(each).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !at.checkVisibility()) continue;
    if (at.closest("svg, [disabled], .skip, .unseen, option")) continue;
    const [one, two] = [light(number(getComputedStyle(at).color)), light(ground(at))].sort((a, b) => b - a);
    const ratio = (one + .05) / (two + .05);
    if (ratio < 4.5) weak.push(`${walker.currentNode.data.trim().slice(0, 20)} ${ratio.toFixed(1)}`);
  }
  return [...new Set(weak)];
}"""


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_every_word_stands_out_from_its_ground(open_page, walk, is_dark):
    page = open_page("/")
    if is_dark:
        page.context.add_cookies([{"name": "zuji_dark", "value": "1", "url": walk.home.origin}])
    weak = {}
    for path in PAGES:
        page.goto(walk.home.origin + path.format(walk=walk.campaign))
        if found := page.evaluate(CONTRASTS):
            weak[path] = found
    assert weak == {}


def test_controls_are_large_enough_for_a_thumb_on_a_phone(open_page, walk):
    page = open_page("/", viewport=PHONE)
    small = []
    for path in PAGES:
        page.goto(walk.home.origin + path.format(walk=walk.campaign))
        sizes = page.eval_on_selector_all(
            "main :is(button:not(.quiet), [role=button], select, input:not([type=hidden], [type=checkbox]))",
            "all => all.filter(e => e.checkVisibility()).map(e => [e.outerHTML.slice(0, 60), e.offsetHeight])",
        )
        small += [(path, html, height) for html, height in sizes if height < 34]
    assert small == []


def test_nothing_is_asked_of_another_host(open_page, walk):
    page = open_page("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES[:9]:
        page.goto(walk.home.origin + path.format(walk=walk.campaign))
    assert asked
    assert [url for url in asked if not url.startswith((walk.home.origin, "data:"))] == []


def test_paper_has_the_content_and_not_the_frame(open_page):
    page = open_page("/walk/{walk}/matrix/")
    page.emulate_media(media="print")
    expect(page.locator("nav.tasks")).to_be_hidden()
    expect(page.locator("header.bar")).to_be_hidden()
    expect(page.locator("table.matrix")).to_be_visible()


def test_the_demo_clock_runs_in_the_page_that_was_asked_for(open_page, walk):
    from zuji.core import clock

    with walk.home.database():
        before = clock.now()
    walk.home.hold(walk.home.cast.day + timedelta(hours=2, minutes=7))
    try:
        expect(open_page("/").locator(".clock")).to_contain_text("2021年7月26日 11:37")
    finally:
        # not before the check-ins that others have made meanwhile
        walk.home.release(before)
