"""A list page: what is shown is what is exported; filters, order, pages; and how little it asks the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import participant
from tests.checkin.desks import new_pass
from zuji.committee.enums import ParticipantKind
from zuji.console.blocks import lists

ORGANISATIONS = "/organisations/"


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


@pytest.mark.parametrize("page", ["99", "0", "-1", "x", ""])
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


@pytest.mark.parametrize("path", [ORGANISATIONS, "/walk/{}/passes/", "/walk/{}/checkins/"])
def test_a_list_asks_as_much_for_three_rows_as_for_one(walked, pages, path):
    at = walked.cast
    seen = pages(at.mei)
    url = path.format(at.campaign.pk)
    with CaptureQueriesContext(
        connection,
    ) as before:
        seen.get(url)
    for number in range(3):
        added = participant(at.panyu, f"新单位{number}", ParticipantKind.FIRM, f"DDDD{number}D")
        new_pass(added, at.campaign)
    with CaptureQueriesContext(connection) as after:
        seen.get(url)
    assert len(after) == len(before)


def test_a_text_that_could_be_a_formula_leaves_as_a_text(walked, pages):
    participant(walked.cast.panyu, "=1+1（示例）", ParticipantKind.FIRM, "EEEEEE")
    names = [row[0] for row in pages(walked.cast.mei).sheet(ORGANISATIONS)]
    assert "'=1+1（示例）" in names
