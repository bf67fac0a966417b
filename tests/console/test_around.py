"""What stands around a page: tasks, the way to where one is, what waits, and the account's menu."""

import pytest

from tests.console.test_pages import somebody
from tests.console.walks import Seen, words
from zuji.console.around import around
from zuji.console.keys import KEYS
from zuji.console.pages import Desk, Page
from zuji.people.enums import Role


def way(seen: Seen) -> list[str]:
    place = seen.page.elements.index(seen.page.all("nav", class_="place")[0])
    items = [each for each in seen.page.elements[place:] if each.tag == "li" and "nav" in each.within]
    return [words(each.text) for each in items]


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("/figures/", ["指标"]),
        ("/settings/accounts/{lan}/", ["设置", "账号", "Lan"]),
        ("{base}/matrix/", ["徒步", "到达矩阵"]),
        ("{base}/passes/add/", ["徒步", "打卡证", "录入参加人员"]),
    ],
)
def test_every_page_says_the_way_to_it_from_its_task_on_and_no_word_twice_running(walked, pages, path, steps):
    at = walked.cast
    assert way(pages(at.mei).get(path.format(base=walked.base, lan=at.lan.pk))) == steps


def test_the_way_begins_where_its_reader_may_go(walked, pages):
    steward = somebody(walked, Role.STEWARD)
    seen = pages(steward).get("/settings/me/")
    place = seen.page.elements.index(seen.page.all("nav", class_="place")[0])
    first = next(each for each in seen.page.elements[place:] if each.tag == "a")
    assert seen.page.all("a", href=first.attributes["href"])
    assert pages(steward).get(first.attributes["href"]).status == 200


def test_the_frame_looks_at_roles_once(cast, django_assert_num_queries):
    page = Page(task="settings", entry="me", title="", lead="")
    with django_assert_num_queries(1):
        seen = around(Desk(cast.lan, cast.day), page, {})
    assert seen.roles == "单位联系人"
    assert [task.key for task in seen.tasks if task.is_current] == ["settings"]
    assert all(task.entries == [] for task in seen.tasks if not task.is_current)


def test_counts_stand_where_work_waits_and_nowhere_else(cast):
    page = Page(task="settings", entry="me", title="", lead="")
    seen = around(Desk(cast.mei, cast.day), page, {"accounts": lambda desk, campaign: 3, "me": lambda *_: 0})
    settings = next(task for task in seen.tasks if task.is_current)
    assert settings.waits == 3
    assert {entry.key: entry.waits for entry in settings.entries if entry.waits} == {"accounts": 3}


def test_how_much_waits_today_is_asked_for_apart_and_is_what_today_lists(walked, pages):
    mei = pages(walked.cast.mei)
    today = mei.get("/")
    listed = Seen(mei.client.get("/waits/")).page.all("data")
    here = [each for each in today.page.all("data") if "nav" in each.within]
    assert [each.attributes["value"] for each in listed] == [each.attributes["value"] for each in here]
    other = mei.get("/organisations/")
    assert [each.attributes["hx-get"] for each in other.page.all("span") if "hx-get" in each.attributes] == ["/waits/"]


def test_the_menu_leads_to_ones_account_help_looks_and_out(walked, pages):
    seen = pages(walked.cast.mei).get("/")
    menu = seen.page.all("details", class_="menu")[0]
    assert all(
        word in menu.text
        for word in ("Mei", "我的账号", "帮助", "键盘操作", "English", "深色", "跟随系统", "大字", "退出")
    )


def test_paper_says_who_printed_it_and_when(walked, pages):
    told = pages(walked.cast.mei).get("/organisations/").page.all("p", class_="onpaper")[0].text
    assert told == "足迹　番禺　Mei 打印于 2021年7月26日 09:30"


def test_the_help_lists_every_key(walked, pages):

    dialog = next(
        each for each in pages(walked.cast.mei).get("/").page.all("dialog") if each.attributes["id"] == "keys"
    )
    pressed = {key for group in KEYS for _, keys in group.lines for key in keys}
    assert {"Ctrl K", "/", "?", "Esc", "j", "k", "e", "u", "1"} <= pressed
    assert all(key in dialog.text for key in pressed)
