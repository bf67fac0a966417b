"""The steward's page in Chromium against a served home."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, Page, expect

from tests.cast import PLACE
from tests.conftest import CHROMIUM
from tests.web.phones import Phone, Phones, Walk

pytestmark = pytest.mark.browser

DATABASE = "zuji-steward"


@pytest.fixture
def post(steward: Phone, walk: Walk) -> Phone:
    """Guo's phone with the code of the first stop on it."""
    steward.open("/steward/")
    steward.page.locator(".face svg.qr").wait_for()
    steward.page.locator(".groups").wait_for()
    return steward


@pytest.fixture
def walker(phones: Phones, walk: Walk) -> tuple[Phone, str]:
    """A walker who has a pass and has checked in nowhere yet, and the pass."""
    made = phones()
    made.open(f"/j/{walk.home.cast.firm.join_code}")
    made.page.locator(".go").click()
    made.page.locator(".route").wait_for()
    return made, str(made.items("join")[0]["pass"])


def shown_path(page: Page) -> str:
    """Path of the code that the screen shows now."""
    url = page.locator(".face").get_attribute("data-url") or ""
    return "/" + url.split("/", 3)[3]


def scan(page: Page, token: str) -> None:
    """Hand a pass to the page by typing it."""
    page.locator(".tabs a").nth(1).click()
    page.locator("form .field input").fill(token)
    page.locator("form .second").click()


def test_the_screens_code_checks_a_walker_in(post: Phone, phone: Phone, walk: Walk) -> None:
    phone.check_in(shown_path(post.page))
    phone.state("delivered")
    (item,) = walk.items_of(phone.items()[0]["pass"])
    assert (item.evidence, item.grade, item.late) == ("screen", "B", False)


def test_the_short_code_checks_a_walker_in(post: Phone, phone: Phone, walk: Walk) -> None:
    short = post.page.locator(".six-big").inner_text().replace("\n", "").replace(" ", "")
    phone.check_in(f"/c/{walk.stops[0]}.short.{short}")
    phone.state("delivered")


def test_the_code_is_as_large_as_the_shorter_side_allows(post: Phone) -> None:
    page = post.page
    box = page.locator(".face").bounding_box()
    assert box is not None
    assert box["width"] >= 0.94 * 360
    letters = page.locator(".six-big").bounding_box()
    assert letters is not None
    assert letters["height"] >= 740 / 8 - 1
    assert letters["y"] + letters["height"] < 740


def test_a_projector_shows_the_same_code_with_its_words_beside_it(phones: Phones, walk: Walk) -> None:
    beamer = phones(viewport={"width": 1920, "height": 1080})
    beamer.context.add_cookies(walk.home.browser_cookies(walk.home.cast.guo))
    page = beamer.open("/steward/")
    page.locator(".face svg.qr").wait_for()
    face, letters = page.locator(".face").bounding_box(), page.locator(".six-big").bounding_box()
    assert face is not None
    assert letters is not None
    assert face["height"] > 0.8 * 1080
    assert letters["x"] > face["x"] + face["width"]
    assert letters["height"] > 1080 / 8


def test_a_new_code_comes_every_fifteen_seconds_without_any_network(post: Phone) -> None:
    page = post.page
    post.worker()
    post.online(False)
    page.reload()
    page.locator(".face svg.qr").wait_for()
    first = int(page.locator(".face").get_attribute("data-step") or 0)
    expect(page.locator(".face")).to_have_attribute("data-step", str(first + 1), timeout=16_000)
    expect(page.locator(".under")).to_contain_text("没有网络，照常出码")


def test_a_code_made_without_network_still_checks_in(post: Phone, phone: Phone, walk: Walk) -> None:
    post.worker()
    post.online(False)
    post.page.reload()
    post.page.locator(".face svg.qr").wait_for()
    phone.check_in(shown_path(post.page))
    phone.state("delivered")


def test_the_same_screen_keeps_its_serial_all_day(post: Phone) -> None:
    prefix = shown_path(post.page).split(".")[1]
    post.page.reload()
    post.page.locator(".face svg.qr").wait_for()
    assert shown_path(post.page).split(".")[1] == prefix


@pytest.mark.parametrize(("minutes", "words"), [(-3, "慢 3 分钟"), (11, "快 11 分钟")])
def test_a_wrong_phone_clock_is_announced_at_once(steward: Phone, walk: Walk, minutes: int, words: str) -> None:
    with walk.home.client() as client:
        told = client.get(f"/api/v1/walks/{walk.campaign}").json()
    from_iso = f"Date.parse('{told['clock']['now']}') - Date.now() + {minutes * 60_000}"
    steward.context.add_init_script(f"{{ const off = {from_iso}, real = Date.now; Date.now = () => real() + off }}")
    told["clock"]["announced"] = None
    steward.page.route("**/api/v1/walks/**", lambda route: route.fulfill(json=told))
    page = steward.open("/steward/")
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.locator(".face svg.qr")).to_be_visible()


def test_a_scanned_pass_is_delivered_with_text_and_may_be_undone(
    post: Phone, walker: tuple[Phone, str], walk: Walk
) -> None:
    token, page = walker[1], post.page
    scan(page, token)
    expect(page.locator(".news")).to_contain_text("已送达")
    assert post.bar() == {"kept": 0, "delivered": 1, "help": 0}
    (item,) = walk.items_of(token)
    assert (item.evidence, item.steward_id) == ("grant", walk.home.cast.guo.pk)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".list")).to_contain_text("已撤销")
    assert post.bar() == {"kept": 0, "delivered": 0, "help": 0}
    scan(page, token)
    expect(page.locator(".news")).to_contain_text("已送达")


def test_scans_are_kept_without_network_and_delivered_afterwards(post: Phone, walker: tuple[Phone, str]) -> None:
    page = post.page
    post.online(False)
    scan(page, f"{post.origin}/p/{walker[1]}")
    expect(page.locator(".news")).to_contain_text("已暂存在本机")
    assert post.bar() == {"kept": 1, "delivered": 0, "help": 0}
    post.online(True)
    expect(page.locator(".news")).to_contain_text("已送达")
    assert len(set(post.posted)) == 1


def test_a_kept_scan_that_is_undone_never_goes_out(post: Phone, walker: tuple[Phone, str]) -> None:
    page = post.page
    post.online(False)
    scan(page, walker[1])
    page.get_by_role("button", name="撤销").click()
    post.posted.clear()
    post.online(True)
    page.wait_for_timeout(2_500)
    assert post.posted == []


def test_the_same_pass_is_not_scanned_twice(post: Phone, walker: tuple[Phone, str]) -> None:
    scan(post.page, walker[1])
    expect(post.page.locator(".news")).to_contain_text("已送达")
    scan(post.page, walker[1])
    expect(post.page.locator(".news")).to_contain_text("已经扫过")
    assert len(post.items(name=DATABASE)) == 1


def test_what_is_no_pass_is_said_to_be_none(post: Phone) -> None:
    scan(post.page, "12.p1.0.abcdefghijk")
    expect(post.page.locator(".news")).to_contain_text("这不是打卡证")


def test_arrivals_follow_below_the_code(post: Phone, walker: tuple[Phone, str], walk: Walk) -> None:
    before = post.page.locator(".groups caption").inner_text()
    scan(post.page, walker[1])
    expect(post.page.locator(".news")).to_contain_text("已送达")
    post.page.reload()
    post.page.locator(".tabs a").first.click()
    expect(post.page.locator(".groups caption")).not_to_have_text(before)


def test_a_roll_needs_somebody_and_a_reason_and_then_counts(post: Phone, walker: tuple[Phone, str], walk: Walk) -> None:
    page, firm = post.page, walk.home.cast.firm.name
    page.reload()
    page.locator(".tabs a").nth(2).click()
    page.locator("form .go").click()
    expect(page.get_by_role("alert")).to_contain_text("勾选")
    page.locator("summary", has_text=firm).first.click()
    page.locator("details[open] .tick input[type=checkbox]:enabled").last.check()
    page.locator("form .go").click()
    expect(page.get_by_role("alert")).to_contain_text("原因")
    page.get_by_role("button", name="手机没电").click()
    page.locator("form .go").click()
    expect(page.locator("form + .list")).to_contain_text("已记入 1 条")


def test_the_place_is_confirmed_on_the_spot(post: Phone, walk: Walk) -> None:
    from zuji.checkin.models import Checkpoint

    with walk.home.database():
        Checkpoint.objects.filter(pk=walk.stops[0]).update(coord_status="unverified")
    page = post.page
    page.locator(".tabs a").nth(3).click()
    page.locator(".pad .second").click()
    page.locator(".pad .go").click()
    expect(page.locator("main span.delivered")).to_contain_text("已确认")
    with walk.home.database():
        spot = Checkpoint.objects.get(pk=walk.stops[0])
    assert (spot.coord_status, spot.lat) == ("confirmed", pytest.approx(PLACE[0]))


def test_who_is_not_signed_in_is_shown_the_way_in(phone: Phone, walk: Walk) -> None:
    page = phone.open("/steward/")
    page.wait_for_url("**/sign-in/**")


def test_a_sign_in_that_ends_leaves_the_code_running(post: Phone) -> None:
    post.context.clear_cookies()
    page = post.page
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alert")).to_contain_text("登录已过期")
    expect(page.locator(".face svg.qr")).to_be_visible()


PIXELS = 480


def film(folder: Path, text: str) -> Path:
    """A film of one frame that shows a QR code, as Chromium's pretended camera plays it."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(scale=8, border=4))
    side, start = len(rows), (PIXELS - len(rows)) // 2
    light = [bytearray(b"\xc8" * PIXELS) for _ in range(PIXELS)]
    for at, row in enumerate(rows):
        light[start + at][start : start + side] = bytes(16 if dark else 235 for dark in row)
    colour = b"\x80" * (PIXELS * PIXELS // 2)
    path = folder / "pass.y4m"
    header = b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420\n" % (PIXELS, PIXELS)
    path.write_bytes(header + b"FRAME\n" + b"".join(light) + colour)
    return path


@pytest.fixture
def camera(walker: tuple[Phone, str], walk: Walk, tmp_path: Path, browser: Browser) -> Iterator[Browser]:
    """A Chromium whose camera sees the walker's pass."""
    seen = film(tmp_path, f"{walk.home.origin}/p/{walker[1]}")
    pretend = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    arguments = [
        "--no-sandbox",
        "--disable-background-networking",
        *pretend,
        f"--use-file-for-fake-video-capture={seen}",
    ]
    made = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    yield made
    made.close()


def test_the_camera_reads_a_pass(camera: Browser, walker: tuple[Phone, str], walk: Walk) -> None:
    context: Any = camera.new_context(viewport={"width": 360, "height": 740}, permissions=["camera"], locale="zh-CN")
    context.add_cookies(walk.home.browser_cookies(walk.home.cast.guo))
    page = context.new_page()
    page.goto(f"{walk.home.origin}/steward/#scan")
    page.get_by_role("button", name="打开相机").click()
    expect(page.locator(".news")).to_contain_text("已送达", timeout=15_000)
    time.sleep(3)  # the pass stays in view; it must not be handed in again and again
    assert len(walk.items_of(walker[1])) == 1
    expect(page.locator(".list li")).to_have_count(1)
