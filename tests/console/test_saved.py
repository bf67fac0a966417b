"""Saved views above a list: everything first, then one's own, saved, renamed and dropped where they are shown."""

import pytest

from zuji.people.models import SavedView
from zuji.people.saving import NewView, save_view

LIST = "/organisations/"
PAGE = "console:participants"


def save(actor, name="机构", query="kind=institution"):
    return save_view(actor=actor, view=NewView(page=PAGE, query=query, name=name))


def tabs(seen):
    """The row of views: what each is called, and whether it is the one shown."""
    inside, found = False, []
    for each in seen.page.elements:
        if each.tag == "nav":
            inside = "views" in each.attributes.get("class", "")
        elif inside and each.tag == "a":
            found.append((each.text.strip(), "aria-current" in each.attributes))
        elif each.tag == "form":
            inside = False
    return found


def test_everything_comes_first_and_is_the_one_shown(walked, pages):
    save(walked.cast.tao)
    assert tabs(pages(walked.cast.tao).get(LIST)) == [("全部 3", True), ("机构", False)]


def test_a_view_shows_what_was_saved_and_says_how_many(walked, pages):
    save(walked.cast.tao)
    seen = pages(walked.cast.tao).get(LIST, kind="institution")
    assert tabs(seen) == [("全部 3", False), ("机构 1", True)]
    assert [row[0] for row in seen.cells] == ["共建单位甲"]


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "institution", "q": "", "page": "1"},
        {"q": "", "joins_as": "", "kind": "institution", "sort": ""},
    ],
)
def test_what_is_empty_or_passing_makes_no_other_view(walked, pages, query):
    save(walked.cast.tao)
    assert tabs(pages(walked.cast.tao).get(LIST, **query))[1] == ("机构 1", True)


def test_order_columns_and_page_size_belong_to_a_view(walked, pages):
    save(walked.cast.tao)
    for more in ({"sort": "-name"}, {"cols": "kind"}, {"per": "100"}):
        seen = pages(walked.cast.tao).get(LIST, kind="institution", **more)
        assert not tabs(seen)[1][1], more
        assert seen.page.all("form", action="/views/save/"), more


def test_others_see_none_of_it(walked, pages):
    save(walked.cast.tao)
    assert tabs(pages(walked.cast.mei).get(LIST)) == [("全部 3", True)]


def test_a_view_is_saved_from_the_page_that_shows_it(walked, pages):
    desk = pages(walked.cast.tao)
    seen = desk.get(LIST, q="木棉", kind="firm")
    hidden = {each.attributes["name"]: each.attributes["value"] for each in seen.page.all("input", type="hidden")}
    form = {name: hidden[name] for name in ("page", "query", "path")}
    answer = desk.client.post("/views/save/", {**form, "name": " 木棉 "})
    assert answer["Location"] == f"{LIST}?kind=firm&q=%E6%9C%A8%E6%A3%89"
    view = SavedView.objects.get()
    assert (view.name, view.page, view.account) == ("木棉", PAGE, walked.cast.tao)
    assert tabs(desk.get(answer["Location"]))[1] == ("木棉 1", True)


def test_a_view_is_renamed_and_dropped_where_it_is_shown(walked, pages):
    desk, view = pages(walked.cast.tao), save(walked.cast.tao)
    seen = desk.get(LIST, kind="institution")
    assert seen.page.all("form", action=f"/views/{view.pk}/rename/")
    assert seen.page.all("form", action=f"/views/{view.pk}/drop/")
    renamed = desk.client.post(f"/views/{view.pk}/rename/", {"name": "事业单位", "path": LIST}, follow=True)
    assert "事业单位" in renamed.content.decode()
    dropped = desk.client.post(f"/views/{view.pk}/drop/", {"path": LIST})
    assert (dropped["Location"], SavedView.objects.count()) == (LIST, 0)


@pytest.mark.parametrize(("name", "words"), [("", "最多 40 个字"), ("长" * 41, "最多 40 个字")])
def test_a_name_that_cannot_be_kept_is_told(walked, pages, name, words):
    form = {"page": PAGE, "query": "kind=firm", "name": name, "path": LIST}
    seen = pages(walked.cast.tao).client.post("/views/save/", form, follow=True)
    assert words in seen.content.decode()
    assert not SavedView.objects.exists()


def test_a_name_that_is_taken_is_told(walked, pages):
    save(walked.cast.tao, name="一")
    view = save(walked.cast.tao, name="二", query="kind=firm")
    seen = pages(walked.cast.tao).client.post(f"/views/{view.pk}/rename/", {"name": "一", "path": LIST}, follow=True)
    assert "请换个名字" in seen.content.decode()


@pytest.mark.parametrize(
    "path", ["", "//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "x"]
)
def test_nobody_is_led_elsewhere(walked, pages, path):
    view = save(walked.cast.tao)
    answer = pages(walked.cast.tao).client.post(f"/views/{view.pk}/drop/", {"path": path})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("act", ["rename", "drop"])
def test_anothers_view_is_not_found(walked, pages, act):
    view = save(walked.cast.tao)
    assert pages(walked.cast.mei).post(f"/views/{view.pk}/{act}/", name="我的").status == 404
    assert SavedView.objects.get().name == "机构"
