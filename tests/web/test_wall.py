"""The wall in Chromium: live and lost, in both orientations, at every size that a hall has."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cast import DAY
from tests.checkin.desks import item, new_pass, serial, token
from tests.web.phones import Walk
from tests.web.walls import EVE, HAND, NIGHT, SITES, frame, give
from zuji.checkin.enums import CodeKind
from zuji.project.home import CHECKOUT

pytestmark = pytest.mark.browser

HALL, LOBBY = (1920, 1080), (1080, 1920)
SIZES = [HALL, LOBBY, (1280, 720), (3840, 2160), (1024, 768), (2560, 1080), (768, 1024)]
SEEN = """(() => {
    const [least, faults] = [innerHeight / 40, []];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        const hidden = element.closest(".vh, noscript") || !element.checkVisibility({ opacityProperty: true });
        if (!node.data.trim() || hidden) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        const what = node.data.trim().slice(0, 16);
        const size = parseFloat(getComputedStyle(element).fontSize);
        if (size < Math.min(least, innerWidth / 22.5) - 0.6) faults.push(`small ${size}: ${what}`);
        if (left < -1 || top < -1 || bottom > innerHeight + 1) faults.push(`outside ${top} ${bottom}: ${what}`);
        const cut = getComputedStyle(element).textOverflow === "ellipsis";
        if (right > innerWidth + 1 && !cut) faults.push(`wide ${right}: ${what}`);
    }
    return faults;
})()"""
AXE = (CHECKOUT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")

Screens = Callable[..., Page]


@pytest.fixture
def screens(browser: Browser, walk: Walk) -> Iterator[Screens]:
    """Opens the walk's wall; `held` puts the stream into the test's hand, keywords go to the browser context."""
    opened: list[BrowserContext] = []

    def show(size: tuple[int, int] = HALL, *, held: bool = True, path: str = "", **options: Any) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(**{"viewport": viewport, "locale": "zh-CN", **options})
        opened.append(context)
        page = context.new_page()
        if held:
            page.add_init_script(HAND)
        page.goto(f"{walk.home.origin}/wall/walk/{path}")
        if held:
            page.wait_for_function("window.hand.open.length")
        return page

    yield show
    for context in opened:
        context.close()


def left_of(page: Page, what: str) -> float:
    box = page.locator(what).first.bounding_box()
    assert box is not None
    return box["x"]


# --- how it looks


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_everything_is_in_view_and_large_enough(screens: Screens, size: tuple[int, int], language: str) -> None:
    page = screens(size, path=f"?lang={language}")
    for shape in ({}, {"stations": 4}, {"organisations": 130}, {"as_of": EVE}, {"as_of": NIGHT}):
        give(page, **shape)
        page.wait_for_timeout(400)
        assert page.evaluate(SEEN) == [], shape


@pytest.mark.parametrize("size", [HALL, LOBBY])
def test_axe_finds_nothing_and_every_word_has_contrast(screens: Screens, size: tuple[int, int]) -> None:
    page = screens(size)
    give(page)
    page.wait_for_timeout(400)
    faint = [fault for fault in page.evaluate(AUDIT) if fault.startswith("faint")]
    page.evaluate("hand.break()")
    page.locator(".off").wait_for()
    faint += [fault for fault in page.evaluate(AUDIT) if fault.startswith("faint")]
    assert faint == []
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run(document).then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"
    )
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


def test_forty_organisations_stand_on_one_page_of_a_hall_and_on_pages_of_twenty_upright(screens: Screens) -> None:
    for size, shown in ((HALL, 40), (LOBBY, 20)):
        page = screens(size)
        give(page)
        expect(page.locator(".cols:not(.vh) tbody tr")).to_have_count(shown)


def test_a_code_to_join_is_large_enough_to_be_scanned_from_some_metres(screens: Screens) -> None:
    for size, share in ((HALL, 0.25), (LOBBY, 0.15)):
        page = screens(size)
        give(page)
        box = page.locator("svg.qr").bounding_box()
        assert box is not None
        assert box["height"] >= share * size[1]
        label = page.locator("svg.qr").get_attribute("aria-label") or ""
        assert "https://zuji.panyu.example/public/panyu-walk-2021/" in label


def test_pages_turn_by_themselves_and_by_hand_and_wait_while_somebody_reads(screens: Screens) -> None:
    page = screens()
    page.clock.install()
    page.reload()
    page.wait_for_function("window.hand.open.length")
    give(page, organisations=100)

    def shown() -> str:
        return page.locator(".cols:not(.vh) tbody th").first.inner_text()

    first = shown()
    page.clock.run_for(13_000)
    second = shown()
    assert second != first
    page.keyboard.press(" ")
    page.clock.run_for(60_000)
    assert shown() == second
    page.keyboard.press("ArrowLeft")
    assert shown() == first


def test_every_row_can_be_read_by_a_screen_reader_whichever_page_is_shown(screens: Screens) -> None:
    page = screens()
    give(page, organisations=100)
    tree = page.locator("body").aria_snapshot()
    assert tree.count("rowheader") == 100
    assert 'columnheader "松露小学"' in tree
    assert "status" in tree
    assert page.locator("h1").count() == 1


# --- what moves


def test_a_number_that_grew_lights_up_and_a_hidden_one_never_does(screens: Screens) -> None:
    page = screens()
    page.clock.install()
    page.reload()
    page.wait_for_function("window.hand.open.length")
    before = give(page)
    rows = json.loads(json.dumps(before["rows"]))
    rows[1]["cells"][0] += 1
    rows[5]["cells"] = [4, "…"]
    page.evaluate("frame => hand.give(frame)", before | {"rows": rows})
    lit = page.locator("td.new")
    expect(lit).to_have_count(1)
    expect(lit).to_have_text(str(rows[1]["cells"][0]))
    page.clock.run_for(6_000)
    expect(lit).to_have_count(0)


def test_those_on_the_way_come_nearer_to_the_next_station(screens: Screens) -> None:
    page = screens()
    stations = give(page)["stations"]
    page.wait_for_timeout(500)
    before = left_of(page, ".coach .ride")
    stations[0]["leaving"], stations[1]["here"] = 10, 241
    give(page, stations_=None, stations=2)
    page.evaluate("frame => hand.give(frame)", frame() | {"stations": stations})
    page.wait_for_timeout(500)
    assert left_of(page, ".coach .ride") > before


def test_nothing_moves_for_whoever_asked_for_less_motion(screens: Screens) -> None:
    page = screens(reduced_motion="reduce")
    give(page)
    moving = "document.getAnimations().filter(each => each.effect.getComputedTiming().duration > 0).length"
    page.evaluate("frame => hand.give(frame)", frame() | {"passes": 270, "times": 500})
    assert page.evaluate(moving) == 0
    page = screens()
    give(page)
    page.evaluate("frame => hand.give(frame)", frame() | {"passes": 270, "times": 500})
    assert page.evaluate(moving) > 0


# --- the day


def test_before_the_day_it_says_when_it_begins(screens: Screens) -> None:
    page = screens()
    give(page, as_of=EVE)
    expect(page.locator(".begins")).to_contain_text("7月26日 08:30")
    expect(page.locator(".ride").first).to_be_hidden()
    expect(page.locator(".cols td")).to_have_count(0)
    expect(page.locator(".cols tbody tr")).to_have_count(40)


def test_after_the_day_it_shows_the_final_numbers_and_no_code_to_join(screens: Screens) -> None:
    page = screens()
    give(page, as_of=NIGHT)
    expect(page.locator(".status")).to_contain_text("已结束，最终数字")
    expect(page.locator("svg.qr")).to_have_count(0)
    expect(page.locator(".ride").first).to_be_hidden()
    expect(page.locator(".totals")).to_contain_text("217")


def test_where_nobody_signed_up_it_says_how_to(screens: Screens) -> None:
    for size in (HALL, LOBBY):
        page = screens(size)
        give(page, organisations=0, passes=0)
        expect(page.locator(".nobody")).to_contain_text("还没有单位报名")
        expect(page.locator(".nobody svg.qr")).to_be_visible()


@pytest.mark.parametrize(("mark", "word"), [("sample", "含示例"), ("demo", "演示"), ("rehearsal", "演练，不计入合计")])
def test_what_is_not_real_is_marked(screens: Screens, mark: str, word: str) -> None:
    page = screens()
    nothing = {"sample": False, "demo": False, "rehearsal": False}
    give(page, **nothing)
    expect(page.get_by_text(word)).to_have_count(0)
    give(page, **nothing | {mark: True})
    expect(page.get_by_text(word)).to_be_visible()


def test_a_site_whose_name_is_long_goes_by_its_short_one(screens: Screens) -> None:
    page = screens()
    stations = frame()["stations"]
    stations[0]["name"]["zh"] = "中共番禺县工委旧址（松露小学）"
    page.evaluate("frame => hand.give(frame)", frame() | {"stations": stations})
    expect(page.locator(".route .name").nth(1)).to_have_text(SITES[0][1])
    expect(page.locator(".route .name").nth(2)).to_have_text(SITES[1][0])


def test_a_campaign_that_there_is_not_has_no_wall(browser: Browser, walk: Walk) -> None:
    page = browser.new_page()
    answer = page.goto(f"{walk.home.origin}/wall/nothing/")
    assert answer is not None
    assert answer.status == 404
    page.close()


# --- the screen


def test_the_screen_is_filled_by_a_key_and_shows_no_pointer_at_rest(screens: Screens) -> None:
    page = screens()
    give(page)
    pointer = "getComputedStyle(document.documentElement).cursor"
    assert page.evaluate(pointer) == "none"
    page.mouse.move(300, 300)
    assert page.evaluate(pointer) == "auto"
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")


def test_the_screen_is_kept_awake(screens: Screens) -> None:
    page = screens(held=False)
    page.wait_for_function("navigator.wakeLock")
    page.add_init_script("navigator.wakeLock.request = kind => { window.asked = kind; return new Promise(() => 0); }")
    page.reload()
    page.wait_for_function("window.asked === 'screen'")


# --- the connection


def test_a_check_in_is_on_the_wall_within_a_second(screens: Screens, walk: Walk) -> None:
    home = walk.home
    home.release(DAY)
    with home.database():
        poster = serial(home.cast.hall, home.cast.guo, CodeKind.POSTER, 700)
        walkers = [token(new_pass(home.cast.firm, home.cast.campaign)) for _ in range(6)]
    page = screens(held=False)
    page.locator(".status .on").wait_for()
    with home.client() as phone:
        for walker in walkers[:5]:
            phone.post("/api/v1/checkins", json={"items": [item(walker, poster)]})
        page.wait_for_timeout(2_000)
        shown = int(page.locator(".goal .cap b").inner_text())
        answer = phone.post("/api/v1/checkins", json={"items": [item(walkers[5], poster)]})
        assert answer.json()["items"][0]["outcome"] == "accepted"
        expect(page.locator(".goal .cap b")).to_have_text(str(shown + 1), timeout=1_000)


def test_it_says_since_when_it_is_lost_and_comes_back_by_itself(screens: Screens, walk: Walk) -> None:
    with walk.home.database():
        new_pass(walk.home.cast.firm, walk.home.cast.campaign)
    page = screens(held=False)
    page.locator(".route").wait_for()
    page.evaluate("window.here = true")
    shown = page.locator(".route").inner_text()
    walk.home.stop()
    try:
        lost = page.locator(".status .off")
        lost.wait_for()
        expect(lost).to_contain_text("连接于")
        expect(lost).to_contain_text("中断，以下为当时数字")
        expect(page.locator("[role=status].vh")).to_contain_text("中断")
        assert page.locator(".route").inner_text() == shown
        page.wait_for_timeout(3_000)
    finally:
        walk.home.start()
    page.locator(".status .on").wait_for(timeout=25_000)
    assert page.evaluate("window.here") is True


def test_since_when_it_is_lost_does_not_change_while_it_tries(screens: Screens) -> None:
    page = screens()
    page.clock.install()
    page.reload()
    page.wait_for_function("window.hand.open.length")
    give(page)
    page.clock.run_for(5_000)
    page.evaluate("hand.break()")
    told = page.locator(".off").inner_text()
    assert "10:32" in told
    for _ in range(4):
        page.clock.run_for(20_000)
        page.evaluate("hand.break()")
    assert page.locator(".off").inner_text() == told
    page.clock.run_for(16_000)
    give(page)
    expect(page.locator(".status .on")).to_be_visible()


def test_a_newer_build_is_taken_up_at_a_quiet_moment_and_once_only(screens: Screens) -> None:
    page = screens()
    page.clock.install()
    page.reload()
    page.wait_for_function("window.hand.open.length")
    page.evaluate("window.here = true")
    give(page, build="another")
    page.clock.run_for(10_000)
    assert page.evaluate("window.here") is True
    with page.expect_navigation():
        page.clock.run_for(25_000)
    page.wait_for_function("window.hand.open.length")
    assert page.evaluate("window.here === undefined")
    page.evaluate("window.here = true")
    give(page, build="another")
    page.clock.run_for(700_000)
    assert page.evaluate("window.here") is True


def test_a_build_that_is_not_served_yet_is_waited_for(screens: Screens) -> None:
    page = screens()
    page.clock.install()
    page.reload()
    page.wait_for_function("window.hand.open.length")
    page.route("**/static/web/assets/wall-*.js", lambda route: route.fulfill(status=404))
    page.evaluate("window.here = true")
    give(page, build="another")
    page.clock.run_for(60_000)
    page.wait_for_timeout(500)
    assert page.evaluate("window.here") is True
