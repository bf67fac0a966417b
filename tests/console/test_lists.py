"""A list page: what is shown is what is exported; filters, order, pages; and how little it asks the database."""

import pytest

from tests.cast import participant
from zuji.committee.enums import ParticipantKind
from zuji.committee.models import ParticipantOrganisation
from zuji.committee.names import sort_key
from zuji.console.blocks import lists

ORGANISATIONS = "/organisations/"
USUAL = ["kind", "joins_as", "contact_name", "contact_phone", "expected", "join_code"]


def test_an_export_has_the_rows_and_columns_that_the_page_shows(walked, pages):
    seen = pages(walked.cast.mei)
    for path in (ORGANISATIONS, f"{walked.base}/passes/", f"{walked.base}/checkins/", "/walk/", "/figures/"):
        page = seen.get(path)
        heads, *rows = seen.csv(path)
        assert [head.split(" ")[0] for head in page.table("thead")[0]] == [head.split(" ")[0] for head in heads], path
        assert len(rows) == len(page.cells), path


def test_cells_of_an_export_say_what_the_page_says(walked, pages):
    seen = pages(walked.cast.mei)
    page, (_, *rows) = seen.get(ORGANISATIONS), seen.csv(ORGANISATIONS)
    assert rows == page.cells


def test_both_kinds_of_file_say_the_same(walked, pages):
    seen = pages(walked.cast.mei)
    csv = seen.csv(ORGANISATIONS)
    sheet = [["" if cell is None else str(cell) for cell in row] for row in seen.sheet(ORGANISATIONS)]
    assert sheet == csv


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "institution"}, ["共建单位甲"]),
        ({"joins_as": "firm_organisation"}, ["木棉数科", "榕声互动"]),
        ({"q": "榕声"}, ["榕声互动"]),
        ({"q": "AAAAAA"}, ["木棉数科"]),
        ({"q": "木棉", "kind": "institution"}, []),
        ({"kind": "nonsense"}, ["共建单位甲", "木棉数科", "榕声互动"]),
    ],
)
def test_a_filter_narrows_the_page_and_the_export_alike(walked, pages, query, found):
    seen = pages(walked.cast.mei)
    names = sorted(row[0] for row in seen.get(ORGANISATIONS, **query).cells)
    assert names == sorted(found)
    assert sorted(row[0] for row in seen.csv(ORGANISATIONS, **query)[1:]) == sorted(found)


def test_an_order_is_kept_in_the_export(walked, pages):
    seen = pages(walked.cast.mei)
    shown = [row[0] for row in seen.get(ORGANISATIONS, sort="-join_code").cells]
    ordered = [row[0] for row in seen.get(ORGANISATIONS, sort="-kind").cells]
    assert ordered[0] == "共建单位甲"
    assert [row[0] for row in seen.csv(ORGANISATIONS, sort="-kind")[1:]] == ordered
    assert sorted(shown) == sorted(ordered)


def test_a_page_has_its_part_and_an_export_has_all(walked, pages, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    seen = pages(walked.cast.mei)
    first, second = seen.get(ORGANISATIONS), seen.get(ORGANISATIONS, page=2)
    assert (len(first.cells), len(second.cells)) == (2, 1)
    assert "第 1–2 条，共 3 条" in first.text
    assert first.links("下一页") == ["?page=2"]
    assert second.links("上一页") == ["?page=1"]
    assert len(seen.csv(ORGANISATIONS, page=2)) == 4


@pytest.mark.parametrize("page", ["99", "0", "-1", "x", "", "9" * 40])
def test_a_page_that_is_not_there_is_the_nearest_one(walked, pages, page):
    assert len(pages(walked.cast.mei).get(ORGANISATIONS, page=page).cells) == 3


def test_a_list_where_nothing_fits_says_how_to_see_everything(walked, pages):
    seen = pages(walked.cast.mei).get(ORGANISATIONS, q="没有这样的")
    assert "没有符合条件的记录" in seen.text
    assert ORGANISATIONS in seen.links("清除条件")


def test_an_empty_list_says_what_to_do(cast, demo, pages):
    seen = pages(cast.qin).get(ORGANISATIONS)
    assert "从一份名单开始" in seen.text
    assert seen.page.all("a", class_="main")[0].attributes["href"] == "/organisations/import/"


def test_a_filter_can_be_taken_off_by_a_link(walked, pages):
    seen = pages(walked.cast.mei).get(ORGANISATIONS, kind="firm", q="木棉")
    (off,) = [each.attributes["href"] for each in seen.page.all("a") if "去掉" in each.attributes.get("aria-label", "")]
    assert off == "?q=%E6%9C%A8%E6%A3%89"


def test_a_text_that_could_be_a_formula_leaves_as_a_text(walked, pages):
    participant(walked.cast.panyu, "=1+1（示例）", ParticipantKind.FIRM, "EEEEEE")
    names = [row[0] for row in pages(walked.cast.mei).sheet(ORGANISATIONS)]
    assert "'=1+1（示例）" in names


# Order.


def organisations(seen, **query):
    return [row[0] for row in seen.get(ORGANISATIONS, **query).cells]


def test_rows_that_are_equal_keep_one_order_over_all_pages(walked, pages, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    for number in range(5):
        participant(walked.cast.panyu, f"同名{number}", ParticipantKind.FIRM, f"FFFF{number}F")
    seen = pages(walked.cast.mei)
    for sort in ("kind", "-kind", "expected", "-expected", "contact_name"):
        listed = [name for page in (1, 2, 3, 4) for name in organisations(seen, sort=sort, page=page)]
        assert (len(listed), len(set(listed))) == (8, 8), sort


@pytest.mark.parametrize("sort", ["expected", "-expected"])
def test_what_is_unknown_comes_last_whichever_way_round(walked, pages, sort):
    ParticipantOrganisation.objects.filter(pk=walked.cast.firm.pk).update(expected=None)
    assert organisations(pages(walked.cast.mei), sort=sort)[-1] == "木棉数科"


def test_within_an_order_the_lists_own_holds(walked, pages):
    for name, key in (("木棉数科", "c"), ("榕声互动", "a"), ("共建单位甲", "b")):
        ParticipantOrganisation.objects.filter(name=name).update(sort_key=key, expected=9)
    assert organisations(pages(walked.cast.mei), sort="-expected") == ["榕声互动", "共建单位甲", "木棉数科"]


@pytest.mark.parametrize("column", ["happened", "organisation_name", "state", "pass_id", "received_at", "grade"])
def test_a_list_of_rows_with_a_key_of_two_parts_can_be_ordered_and_turned(walked, pages, monkeypatch, column):
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    seen = pages(walked.cast.mei)
    for sort in (column, f"-{column}"):
        turned = [seen.get(f"{walked.base}/checkins/", sort=sort, page=page) for page in (1, 2, 3)]
        items = {link for page in turned for link in page.links() if "/checkins/017" in link}
        assert len(items) == len(walked.items), sort


@pytest.mark.parametrize("sort", ["nonsense", "-", "", "kind,name", "--kind"])
def test_an_order_that_is_none_is_no_harm(walked, pages, sort):
    assert len(organisations(pages(walked.cast.mei), sort=sort)) == 3


# Pages.


def test_so_many_rows_a_page_as_were_asked_for(walked, pages, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 1)
    monkeypatch.setattr(lists, "PAGE_SIZES", (1, 2))
    seen = pages(walked.cast.mei)
    assert len(organisations(seen)) == 1
    assert len(organisations(seen, per=2)) == 2
    assert len(organisations(seen, per=3)) == 1
    page = seen.get(ORGANISATIONS, per=2, kind="firm")
    assert page.links("1")[0] == "?per=1&kind=firm"


# Columns.


def heads(seen, **query):
    return seen.get(ORGANISATIONS, **query).table("thead")[0]


def test_columns_are_chosen_and_ordered_by_the_address(walked, pages):
    seen = pages(walked.cast.mei)
    assert heads(seen, cols="join_code,kind") == ["单位名称", "加入码", "单位性质"]
    assert seen.get(ORGANISATIONS, cols="join_code,kind", q="木棉").cells == [["木棉数科", "AAAAAA", "企业"]]


def test_an_export_has_the_chosen_columns_in_their_order(walked, pages):
    seen = pages(walked.cast.mei)
    query = {"cols": "expected,joins_as", "sort": "-kind", "kind": "firm"}
    page = seen.get(ORGANISATIONS, **query)
    (head, *rows), sheet = seen.csv(ORGANISATIONS, **query), seen.sheet(ORGANISATIONS, **query)
    assert (head, rows) == (page.table("thead")[0], page.cells)
    assert [[str(cell) for cell in row] for row in sheet] == [head, *rows]


@pytest.mark.parametrize("cols", ["", ",", "nonsense", "name", "nonsense,name", "__class__"])
def test_columns_that_are_none_leave_the_usual_ones(walked, pages, cols):
    seen = pages(walked.cast.mei)
    assert heads(seen, cols=cols) == heads(seen)


def test_a_column_named_twice_is_shown_once(walked, pages):
    assert heads(pages(walked.cast.mei), cols="kind,kind,join_code") == ["单位名称", "单位性质", "加入码"]


@pytest.mark.parametrize(
    ("form", "address"),
    [
        ({"col": ["kind", "join_code"]}, "cols=kind%2Cjoin_code"),
        ({"col": ["kind", "join_code"], "up": "join_code"}, "cols=join_code%2Ckind"),
        ({"col": ["kind", "join_code"], "up": "kind"}, "cols=kind%2Cjoin_code"),
        ({"col": ["kind", "nonsense"], "q": "棉"}, "q=%E6%A3%89&cols=kind"),
        ({"col": USUAL, "per": "100"}, "per=100"),
    ],
)
def test_the_form_of_columns_leads_to_the_address_that_says_so(walked, pages, form, address):
    answer = pages(walked.cast.mei).file(ORGANISATIONS, **form)
    assert (answer.status_code, answer["Location"]) == (302, f"{ORGANISATIONS}?{address}")


# Search.


@pytest.mark.parametrize("typed", ["木棉", "mumian", "MuMian", "mmsk", "mm 数科", "aaaaaa", "AAAA"])
def test_an_organisation_is_found_by_name_pinyin_initials_and_code(walked, pages, typed):
    at = walked.cast
    change_name(at, "木棉数科")
    assert organisations(pages(at.mei), q=typed) == ["木棉数科"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "木_数", "' or 1=1 --"])
def test_what_means_something_to_the_database_means_nothing_in_a_search(walked, pages, typed):
    assert organisations(pages(walked.cast.mei), q=typed) == []


def change_name(at, name):
    ParticipantOrganisation.objects.filter(pk=at.firm.pk).update(name=name, sort_key=sort_key(name))
