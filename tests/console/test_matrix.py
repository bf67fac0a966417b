"""The matrix as a page without scripts, as sheets and as a picture."""

import pytest
from PIL import Image

from tests.cast import checkpoint
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Activity


@pytest.fixture
def waiting(walked):
    """A third checkpoint that the second walker reached; the hall before it, which they passed too, has not heard."""
    at = walked.cast
    last = checkpoint(at.activity, 3, name_zh="出口", name_en="Exit")
    Counter().take(item(walked.second, serial(last, at.guo, CodeKind.SCREEN), at.day), at=at.day)
    return walked


def test_the_page_is_a_full_table_without_scripts(walked, pages):
    seen = pages(walked.cast.mei).get(f"{walked.base}/matrix/")
    assert seen.table("thead")[0][2:] == ["旧址S1", "旧址S2"]
    assert seen.table("thead")[1] == ["入口1", "入口2"]
    assert sorted(seen.cells) == sorted(
        [["木棉数科", "5", "2 09:30", "1 09:30"], ["共建单位甲", "5", "1 09:30", "未到"]]
    )
    assert seen.table("tfoot") == [["合计 2 个", "10", "3 09:30", "1 09:30"]]


def test_a_count_leads_to_the_check_ins_that_it_counts(walked, pages):
    at = walked.cast
    seen = pages(at.mei)
    page = seen.get(f"{walked.base}/matrix/")
    (cell,) = [
        each for each in page.page.all("a") if each.attributes.get("data-cell") == f"{at.firm.pk}.{at.entrance.pk}"
    ]
    rows = seen.get(cell.attributes["href"]).cells
    assert len(rows) == 2
    assert {(row[1], row[2], row[4]) for row in rows} == {("木棉数科", "入口1", "有效")}


def test_every_count_leads_to_as_many_rows(waiting, pages):
    seen = pages(waiting.cast.mei)
    page = seen.get(f"{waiting.base}/matrix/")
    for cell in page.page.all("a"):
        if "data-cell" in cell.attributes:
            shown = cell.text.split("□")[0].split()
            count = int(shown[0]) if shown[0].isdigit() else 0
            assert len(seen.get(cell.attributes["href"]).cells) == count


def test_what_is_probably_still_on_phones_stands_beside_and_does_not_count(waiting, pages):
    seen = pages(waiting.cast.mei).get(f"{waiting.base}/matrix/")
    (firm,) = [row for row in seen.cells if row[0] == "木棉数科"]
    assert firm[3] == "1 □1 09:30"
    assert seen.table("tfoot")[0][3] == "1 □1 09:30"


def test_only_those_who_wait_are_shown_when_asked(waiting, pages):
    seen = pages(waiting.cast.mei).get(f"{waiting.base}/matrix/", show="waiting")
    assert [row[0] for row in seen.cells] == ["木棉数科"]


def test_nobody_waiting_is_told(walked, pages):
    seen = pages(walked.cast.mei).get(f"{walked.base}/matrix/", show="waiting")
    assert "没有可能仍在手机上的打卡" in seen.text


def test_totals_are_three_figures(waiting, pages):
    page = pages(waiting.cast.mei).get(f"{waiting.base}/matrix/").page
    totals = {each.attributes["data-total"]: each.text for each in page.all("b") if "data-total" in each.attributes}
    assert totals == {"checkins": "5", "person_times": "3", "people": "3", "seats": "0", "probably": "1"}


def test_a_contact_sees_the_own_row_in_full_and_no_other(walked, pages):
    seen = pages(walked.cast.lan).get(f"{walked.base}/matrix/")
    assert [row[0] for row in seen.cells] == ["木棉数科"]
    assert "共建单位甲" not in seen.text


def test_a_rehearsal_has_a_view_of_its_own_and_is_left_out_of_the_others(walked, pages):
    at = walked.cast
    rehearsal = Activity.objects.create(
        campaign=at.campaign, name_zh="彩排", name_en="Rehearsal", held_on=at.day.date(), rehearsal=True
    )
    checkpoint(rehearsal, 1, name_zh="排练点")
    seen = pages(at.mei)
    assert "排练点" not in seen.get(f"{walked.base}/matrix/").text
    assert seen.get(f"{walked.base}/matrix/", activity=rehearsal.pk).table("thead")[1] == ["排练点"]


def test_a_campaign_without_checkpoints_says_what_to_do(walked, pages):
    from tests.cast import campaign

    fresh = campaign(walked.cast.panyu, "fresh")
    assert "先在“路线与遗址”里准备" in pages(walked.cast.mei).get(f"/walk/{fresh.pk}/matrix/").text


@pytest.mark.parametrize("query", [{}, {"show": "waiting"}])
def test_a_sheet_has_the_lines_and_counts_that_the_page_has(waiting, pages, query):
    seen = pages(waiting.cast.mei)
    page = seen.get(f"{waiting.base}/matrix/", **query)
    heads, *rows = seen.sheet(f"{waiting.base}/matrix/", **query)
    assert [row[0] for row in rows] == [row[0] for row in page.cells]
    assert heads[2:5] == ["旧址S1 入口1，已送达", "旧址S1 入口1，可能仍在手机上", "旧址S1 入口1，最近到达"]
    (firm,) = [row for row in rows if row[0] == "木棉数科"]
    assert (firm[2], firm[5], firm[6]) == (2, 1, 1)


def test_both_kinds_of_sheet_say_the_same(waiting, pages):
    seen = pages(waiting.cast.mei)
    path = f"{waiting.base}/matrix/"
    sheet = [["" if cell is None else str(cell) for cell in row] for row in seen.sheet(path)]
    assert seen.csv(path)[1:] == sheet[1:]


def test_an_unknown_head_count_is_a_word_in_the_sheet(waiting, pages):
    at = waiting.cast
    at.firm.expected = None
    at.firm.save()
    rows = pages(at.mei).sheet(f"{waiting.base}/matrix/")
    assert next(row for row in rows if row[0] == "木棉数科")[1] == "未知"


def test_the_picture_is_a_png_that_grows_with_its_lines(waiting, pages, tmp_path):
    at = waiting.cast
    answer = pages(at.mei).file(f"{waiting.base}/matrix/", format="png")
    assert (answer["Content-Type"], answer.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    (tmp_path / "few.png").write_bytes(answer.content)
    new_pass(at.second_firm, at.campaign)
    (tmp_path / "more.png").write_bytes(pages(at.mei).file(f"{waiting.base}/matrix/", format="png").content)
    with Image.open(tmp_path / "few.png") as few, Image.open(tmp_path / "more.png") as more:
        assert few.size[0] == more.size[0]
        assert few.size[1] < more.size[1]


def test_the_picture_says_what_the_page_says(waiting, pages, monkeypatch):
    from zuji.console import matrix_image

    drawn = {}
    monkeypatch.setattr(matrix_image, "typeset", lambda template, data, **_: drawn.update(data) or b"png")
    pages(waiting.cast.mei).file(f"{waiting.base}/matrix/", format="png")
    (firm,) = [line for line in drawn["lines"] if line["name"] == "木棉数科"]
    assert [box["delivered"] for box in firm["boxes"]] == [2, 1, 1]
    assert [box["probably"] for box in firm["boxes"]] == [0, 1, 0]
    assert drawn["heads"] == ["入口1", "入口2", "出口"]
