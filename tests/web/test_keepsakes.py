"""What a walker takes along, sees of themselves and does for others: in Chromium against a served home."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.phones import Phone, Phones, Walk
from zuji.core.ids import unb64

pytestmark = pytest.mark.browser


def to(phone: Phone, hash_: str) -> None:
    phone.page.evaluate("hash => { location.hash = hash }", hash_)


def test_the_certificate_is_saved_as_picture_and_as_pdf(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    page = phone.page
    to(phone, "certificate")
    expect(page.locator("img.picture")).to_have_attribute("alt", re.compile("1 枚印章"))
    heads = {"保存图片": b"\x89PNG", "保存 PDF": b"%PDF-1.4"}
    for name, head in heads.items():
        with page.expect_download() as saved:
            page.get_by_role("button", name=name).click()
        assert Path(saved.value.path()).read_bytes().startswith(head)


def test_my_data_is_seen_and_forgotten_for_good(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    (mine,) = phone.items()
    page = phone.page
    to(phone, "data")
    expect(page.locator("main")).to_contain_text("扫海报，没有定位")
    page.get_by_role("button", name="从服务器删除我的资料").click()
    page.get_by_role("button", name="确定删除").click()
    page.wait_for_url(re.compile("/walk/"))
    page.locator(".route").wait_for()
    assert phone.items() == []
    stored = walk.item(mine["id"])
    assert (stored.outcome, stored.at, stored.salt) == ("accepted", None, None)
    with walk.home.database():
        from zuji.checkin.models import Pass

        assert not Pass.objects.filter(token=unb64(mine["pass"])).exists()


def test_without_network_nothing_is_called_deleted(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    page = phone.page
    to(phone, "data")
    page.get_by_role("button", name="从服务器删除我的资料").click()
    phone.online(False)
    page.get_by_role("button", name="确定删除").click()
    expect(page.get_by_role("alert")).to_contain_text("没有删成")
    assert len(phone.items()) == 1


def test_one_phone_checks_in_all_who_walk_along(phone: Phone, walk: Walk) -> None:
    page = phone.open(walk.poster())
    phone.join()
    to(phone, "group")
    for name in ("小木棉", ""):
        page.locator(".field input").fill(name)
        page.get_by_role("button", name="加一位").click()
        page.wait_for_timeout(200)
    expect(page.locator("li.item")).to_have_count(2)
    page.goto(f"{phone.origin}{walk.poster()}")
    expect(page.locator(".slip")).to_contain_text("2 人，一起打卡")
    page.locator(".act .alt").click()
    phone.state("delivered")
    expect(page.locator(".queue > span").nth(1)).to_have_attribute("data-count", "3")
    items = phone.items()
    assert len({item["pass"] for item in items}) == len(items) == 3
    assert [len(walk.items_of(item["pass"])) for item in items] == [1, 1, 1]


def test_a_pass_of_somebody_else_is_taken_along_and_never_becomes_ones_own(phones: Phones, walk: Walk) -> None:
    child, teacher = phones(), phones()
    child.check_in(walk.poster())
    child.state("delivered")
    token = child.items()[0]["pass"]
    teacher.check_in(walk.poster())
    teacher.state("delivered")
    own = teacher.items()[0]["pass"]
    page = teacher.open(f"/p/{token}")
    page.get_by_role("button", name="加到同行的人里").click()
    expect(page.locator("li.item")).to_have_count(1)
    teacher.open(walk.poster(walk.stops[1]))
    page.locator(".act .alt").click()
    teacher.state("delivered")
    expect(page.locator(".queue > span").nth(0)).to_have_attribute("data-count", "0")
    assert sorted(len(walk.items_of(each)) for each in (own, token)) == [2, 2]


def test_what_was_seen_is_marked_and_stays_so(phone: Phone, walk: Walk) -> None:
    phone.check_in(walk.poster())
    phone.state("delivered")
    page = phone.page
    to(phone, "here")
    page.get_by_label("这件看过了").check()
    expect(page.locator("h2.h")).to_contain_text("看过 1 / 2")
    page.reload()
    expect(page.get_by_label("这件看过了")).to_be_checked()


def test_a_walk_without_pictures_and_sound_says_that_all_is_here(phone: Phone, walk: Walk) -> None:
    phone.open(f"/walk/{walk.campaign}#offline")
    expect(phone.page.locator("main")).to_contain_text("路线和文字已经在这部手机里。")


@pytest.mark.parametrize(("language", "word"), [("zh", "活动取消"), ("en", "The walk is cancelled")])
def test_a_cancellation_stands_on_every_open_page(phones: Phones, walk: Walk, language: str, word: str) -> None:
    phone = phones(settings=f'{{"language": "{language}"}}')

    def cancelled(route):
        answer = route.fetch()
        change = {
            "id": 1,
            "cancelled": True,
            "text": {"zh": "因暴雨", "en": "Heavy rain"},
            "at": "2021-07-26T01:00:00Z",
        }
        route.fulfill(response=answer, json={**answer.json(), "changes": [change]})

    page = phone.open(f"/walk/{walk.campaign}")
    page.locator(".route").wait_for()
    expect(page.locator(".news")).to_have_count(0)
    page.route("**/api/v1/walks/**", cancelled)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    for tab in ("walk", "here", "mine"):
        to(phone, tab)
        expect(page.locator(".news")).to_contain_text(word)
