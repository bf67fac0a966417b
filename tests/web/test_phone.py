"""The participants' page in Chromium against a served home."""

import re

import msgspec
import pytest
from playwright.sync_api import Page, Route, expect

from tests.cast import PLACE
from tests.web.phones import Phone, Phones, Walk
from zuji.checkin.receipts import Receipt, Verdict, check_code, leaf, verify_json
from zuji.core.ids import unb64

pytestmark = pytest.mark.browser

INTAKE = "**/api/v1/checkins"


def token_on(phone: Phone) -> str:
    return str(phone.items()[0]["pass"])


def test_a_walker_scans_joins_checks_in_and_is_stamped(phone: Phone, walk: Walk) -> None:
    page = phone.open(walk.poster())
    expect(page.locator("h1")).to_have_text("您代表哪个单位")
    phone.join()
    expect(page.locator("h1.site")).to_have_text("松露小学")
    page.locator(".act .alt").click()
    phone.state("delivered")
    expect(page.locator("svg.seal")).to_be_visible()
    assert phone.bar() == {"kept": 0, "delivered": 1, "help": 0}
    (item,) = walk.items_of(token_on(phone))
    assert (item.outcome, item.fence, item.grade) == ("accepted", "none", "C")


def test_a_walker_without_location_and_one_with_it_stand_side_by_side(phones: Phones, walk: Walk) -> None:
    located = phones(permissions=["geolocation"], geolocation={"latitude": PLACE[0], "longitude": PLACE[1]})
    page = located.open(walk.poster())
    located.join()
    page.locator(".go").click()
    located.state("delivered")
    (item,) = walk.items_of(token_on(located))
    assert (item.fence, item.grade) == ("inside", "B")


def test_a_refused_location_holds_nobody_up(phone: Phone, walk: Walk) -> None:
    page = phone.open(walk.poster())
    phone.join()
    page.evaluate("() => { Geolocation.prototype.getCurrentPosition = (good, bad) => bad({ code: 1 }) }")
    page.locator(".go").click()
    phone.state("delivered")


def test_a_location_that_never_comes_need_not_be_waited_for(phone: Phone, walk: Walk) -> None:
    page = phone.open(walk.poster())
    phone.join()
    page.evaluate("() => { Geolocation.prototype.getCurrentPosition = () => undefined }")
    page.locator(".go").click()
    expect(page.locator(".act .alt")).to_have_text("不等定位，现在打卡")
    page.locator(".act .alt").click()
    phone.state("delivered")
    assert len(phone.items()) == 1


def test_what_is_kept_survives_a_reload_without_network_and_is_delivered_once(phone: Phone, walk: Walk) -> None:
    path = walk.poster()
    page = phone.open(path)
    phone.join()
    phone.worker()
    phone.online(False)
    page.locator(".act .alt").click()
    phone.state("kept")
    expect(page.locator("svg.seal")).to_have_count(0)
    page.reload()
    phone.state("kept")
    assert phone.bar() == {"kept": 1, "delivered": 0, "help": 0}
    phone.online(True)
    phone.state("delivered")
    (mine,) = phone.items()
    assert mine["state"] == "delivered"
    assert len(walk.items_of(mine["pass"])) == 1


def test_one_joins_and_checks_in_without_any_network(phone: Phone, walk: Walk) -> None:
    first, second = walk.poster(), walk.poster(walk.stops[1])
    phone.check_in(first)
    phone.state("delivered")
    phone.worker()
    token = token_on(phone)
    page = phone.page
    page.evaluate("indexedDB.databases().then(all => all.forEach(({name}) => indexedDB.deleteDatabase(name)))")
    phone.online(False)
    phone.open(second)
    page.locator(".six input").fill("aaa aaa")
    page.locator(".six button").click()
    page.locator(".act .alt").click()
    phone.state("kept")
    phone.online(True)
    phone.state("delivered")
    fresh = token_on(phone)
    assert fresh != token
    assert [item.organisation_id for item in walk.items_of(fresh)] == [walk.home.cast.firm.pk]


def test_two_tabs_send_each_item_once(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    second = phone.context.new_page()
    second.goto(f"{phone.origin}/walk/{walk.campaign}")
    second.locator(".route").wait_for()
    phone.posted.clear()
    phone.online(False)
    phone.open_in_place(walk.poster(walk.stops[1]))
    phone.page.locator(".act .alt").click()
    phone.state("kept")
    expect(second.locator(".queue > span").first).to_have_attribute("data-count", "1")
    phone.posted.clear()
    phone.online(True)
    phone.state("delivered")
    expect(second.locator(".queue > span").nth(1)).to_have_attribute("data-count", "2")
    second.wait_for_timeout(500)
    assert len(phone.posted) == len(set(phone.posted)) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_cannot_take_it_now_leaves_it_kept(phone: Phone, walk: Walk, status: int) -> None:
    page = phone.page
    answer = {"status": status, "headers": {"Retry-After": "2"}, "json": {"code": "too_busy", "say": None}}
    page.route(INTAKE, lambda route: route.fulfill(**answer))
    phone.check_in(walk.poster())
    phone.state("kept")
    assert phone.bar() == {"kept": 1, "delivered": 0, "help": 0}
    page.unroute(INTAKE)
    phone.state("delivered")
    assert len(set(phone.posted)) == 1


def test_a_sign_in_page_of_some_cafe_is_no_answer(phone: Phone, walk: Walk) -> None:
    phone.page.route(INTAKE, lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Welcome</h1>"))
    phone.check_in(walk.poster())
    phone.state("kept")


def test_an_answer_lost_on_its_way_back_is_asked_for_again(phone: Phone, walk: Walk) -> None:
    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    phone.page.route(INTAKE, swallow, times=1)
    phone.check_in(walk.poster())
    phone.state("kept")
    phone.state("delivered")
    assert [len(phone.posted), len(set(phone.posted))] == [2, 1]
    assert len(walk.items_of(token_on(phone))) == 1


def test_a_withdrawn_poster_asks_for_help_with_its_reason_and_the_pass(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster(withdrawn=True))
    phone.state("help")
    page = phone.page
    assert phone.bar() == {"kept": 0, "delivered": 0, "help": 1}
    reason = phone.items()[0]["refusal"]
    assert reason["code"] == "withdrawn_code"
    expect(page.locator("main")).to_contain_text(reason["say"]["zh"])
    expect(page.locator("svg.qr")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.locator("main")).to_contain_text(reason["say"]["en"])


def test_another_code_after_a_refused_one_checks_in(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster(withdrawn=True))
    phone.state("help")
    phone.check_in(walk.poster())
    phone.state("delivered")
    assert phone.bar() == {"kept": 0, "delivered": 1, "help": 1}


def test_a_second_scan_shows_what_stands_and_sends_nothing(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    phone.open(walk.poster())
    phone.state("delivered")
    assert len(phone.items()) == 1


def test_the_page_works_where_there_is_no_service_worker(phones: Phones, walk: Walk) -> None:
    phone = phones(service_workers="block")
    page = phone.open(walk.poster())
    phone.join()
    page.wait_for_load_state("networkidle")
    phone.online(False)
    page.locator(".act .alt").click()
    phone.state("kept")
    for tab in range(3):
        page.locator(".tabs a").nth(tab).click()
        expect(page.locator(".tabs a").nth(tab)).to_have_attribute("aria-current", "page")
    phone.online(True)
    page.go_back()
    page.reload()
    expect(page.locator(".queue > span").nth(1)).to_have_attribute("data-count", "1")


def test_without_a_service_worker_the_page_opens_again_from_the_browsers_cache(phones: Phones, walk: Walk) -> None:
    phone = phones(service_workers="block")
    path = walk.poster()
    page = phone.open(path)
    phone.join()
    page.wait_for_load_state("networkidle")
    phone.online(False)
    page.locator(".act .alt").click()
    phone.state("kept")
    page.goto("about:blank")
    phone.open(path)
    phone.state("kept")


def test_a_browser_that_keeps_nothing_says_so(phone: Phone, walk: Walk) -> None:
    phone.context.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { value: undefined });"
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    phone.page.route(INTAKE, lambda route: route.abort())
    phone.check_in(walk.poster())
    phone.state("kept")
    expect(phone.page.locator("main")).to_contain_text("请不要关闭本页")


def test_a_receipt_is_verified_on_the_phone_and_a_changed_one_is_not(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    page = phone.page
    page.get_by_role("link", name="查看").click()
    expect(page.locator("main")).to_contain_text("签名与记录相符")
    with walk.home.client() as client:
        keys = client.get("/api/v1/log/keys").content
    receipt = msgspec.convert(phone.items()[0]["receipt"], Receipt)
    assert verify_json(msgspec.json.encode(receipt), keys) is Verdict.VALID
    expect(page.locator(".stampbox .clock")).to_have_text(check_code(leaf(unb64(receipt.salt), receipt.fields)))
    page.evaluate(
        """() => new Promise(done => {
            const opening = indexedDB.open('zuji');
            opening.onsuccess = () => {
                const shelf = opening.result.transaction('items', 'readwrite').objectStore('items');
                shelf.getAll().onsuccess = ({ target }) => {
                    const item = target.result.find(one => one.receipt);
                    item.receipt.fields.at += 1;
                    shelf.put(item).onsuccess = done;
                };
            };
        })"""
    )
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("不符")


def test_a_pass_is_carried_to_another_phone_with_its_stamps(phones: Phones, walk: Walk) -> None:
    old, new = phones(), phones()
    old.check_in(walk.poster())
    old.state("delivered")
    page = new.open(f"/p/{token_on(old)}")
    expect(page.locator(".slip")).to_contain_text("木棉数科")
    page.locator(".go").click()
    expect(page.locator("svg.seal")).to_be_visible()
    assert new.bar()["delivered"] == 1


def test_a_pass_that_nobody_made_is_not_taken(phone: Phone, walk: Walk) -> None:
    page = phone.open(f"/p/{'A' * 22}")
    expect(page.get_by_role("alert")).not_to_be_empty()
    expect(page.locator(".go")).to_have_count(0)


def test_an_organisations_own_door_joins_with_one_tap(phone: Phone, walk: Walk) -> None:
    page = phone.open("/j/BBBBBB")
    expect(page.locator("h1")).to_have_text("榕声互动")
    page.locator(".go").click()
    page.locator(".route").wait_for()
    page.goto(f"{phone.origin}{walk.poster()}")
    expect(page.locator(".slip")).to_contain_text("榕声互动")


def test_a_wrong_join_code_is_told_at_once(phone: Phone, walk: Walk) -> None:
    page = phone.open(walk.poster())
    page.locator(".six input").fill("ZZZZZZ")
    page.locator(".six button").click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    page.locator(".six input").fill("ZZ0")
    page.locator(".six button").click()
    expect(page.get_by_role("alert").last).to_contain_text("六位")


def test_a_join_code_that_proves_wrong_later_is_mended_and_loses_nothing(phone: Phone, walk: Walk) -> None:
    page = phone.open(walk.poster())
    page.locator(".six").wait_for()
    phone.worker()
    phone.online(False)
    page.locator(".six input").fill("ZZZZZZ")
    page.locator(".six button").click()
    page.locator(".act .alt").click()
    phone.state("kept")
    phone.online(True)
    expect(page.locator(".queue > span").nth(2)).to_have_attribute("data-count", "1")
    assert phone.bar() == {"kept": 1, "delivered": 0, "help": 1}
    page.locator(".queue").click()
    page.get_by_role("link", name="改正").click()
    phone.page.locator(".pick").first.click()
    expect(page.locator(".queue > span").nth(1)).to_have_attribute("data-count", "1")
    assert phone.bar() == {"kept": 0, "delivered": 1, "help": 0}


def test_the_route_shows_what_is_behind_and_what_comes_next(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    page = phone.page
    page.get_by_role("link", name="路线").click()
    expect(page.locator(".stop")).to_have_count(2)
    expect(page.locator(".stop").first.locator("svg.seal")).to_be_visible()
    expect(page.locator(".stop").last.locator(".mark.live")).to_be_visible()
    expect(page.locator(".leg")).to_contain_text("12 公里")


def test_halls_and_exhibits_are_read_at_the_stop(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    page = phone.page
    page.get_by_role("link", name="此处").click()
    expect(page.locator(".rooms a")).to_have_count(2)
    expect(page.locator(".text")).to_contain_text("序厅的讲解。")
    page.locator("button.item").nth(1).click()
    expect(page.locator(".text")).to_contain_text("旧址与校舍的讲解。")


def test_a_short_code_may_be_typed_where_no_camera_helps(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    page = phone.open(f"/walk/{walk.campaign}#short/{walk.stops[1]}")
    page.locator(".six input").fill("abcdef")
    page.locator(".six button").click()
    assert page.url.endswith(f"/c/{walk.stops[1]}.short.ABCDEF")
    expect(page.locator(".go")).to_be_visible()


def test_what_is_no_code_is_told_kindly(phone: Phone, walk: Walk) -> None:
    page = phone.open("/c/hello")
    expect(page.locator("h1")).to_have_text("这个码不完整")


def test_language_and_large_type_are_remembered(phone: Phone, walk: Walk) -> None:
    page = phone.open(f"/walk/{walk.campaign}")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Large").click()
    page.reload()
    expect(page.locator("html")).to_have_class(re.compile("large"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".tabs")).to_contain_text("Mine")


def test_a_demo_homes_clock_is_announced(phone: Phone, walk: Walk) -> None:
    page = phone.open(walk.poster())
    expect(page.locator(".demo")).to_contain_text("7 月 26 日")


def test_my_data_leaves_this_phone_only_when_nothing_waits(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    page: Page = phone.open(f"/walk/{walk.campaign}#mine")
    page.get_by_role("button", name="从这部手机上删除").click()
    page.get_by_role("button", name="删除", exact=True).click()
    page.locator(".route").wait_for()
    assert page.url == f"{phone.origin}/walk/{walk.campaign}"
    assert phone.items() == []
