"""Figures: printed and exact, with the rows that they count and the check-ins behind each."""

from urllib.parse import parse_qs, urlsplit

import pytest

from zuji.briefing import queries
from zuji.briefing.definitions import catalogue
from zuji.briefing.models import LedgerEntry


def rows_of(page):
    """The rows that are counted, and not those of charts' tables."""
    return [row for row in page.cells if row[-1] == "看打卡"]


def test_the_catalogue_says_what_is_printed_and_what_is_exact(walked, pages):
    rows = {row[0]: row for row in pages(walked.cast.mei).get("/figures/").cells}
    assert list(rows) == list(catalogue())
    assert rows["T1"][1:5] == ["打卡的红色遗址数", "2处", "2", "确数"]
    assert rows["T3"][2:4] == ["2名以上", "2"]


def test_a_cut_off_is_a_days_end(walked, pages):
    rows = {row[0]: row for row in pages(walked.cast.mei).get("/figures/", as_of="2021-07-25").cells}
    assert rows["T1"][3] == "0"
    assert "2021年7月26日24时" in pages(walked.cast.mei).get("/figures/T1/", as_of="2021-07-26").text


@pytest.mark.parametrize("as_of", ["2021-13-40", "gestern", "2021-07-27", "0001-01-01", "9999-12-31", ""])
def test_a_day_that_is_none_or_is_still_ahead_counts_until_now(walked, pages, as_of):
    seen = pages(walked.cast.mei).get("/figures/T3/", as_of=as_of)
    assert seen.status == 200
    assert "截至 7月26日 09:30" in seen.text


def test_an_indicator_that_is_none_is_not_found(walked, pages):
    assert pages(walked.cast.mei).get("/figures/T99/").status == 404


def test_the_page_has_the_words_and_the_very_statement_of_the_definition(walked, pages):
    seen = pages(walked.cast.mei).get("/figures/T3/")
    assert catalogue()["T3"].select.strip() == seen.page.all("pre")[0].text.strip()
    assert "已标为同一人的几张打卡证计一人" in seen.text
    assert "不记名席位" in seen.text


@pytest.mark.parametrize("indicator", ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"])
def test_each_counted_row_leads_to_the_check_ins_that_make_it_count(walked, pages, indicator):
    seen = pages(walked.cast.mei)
    page = seen.get(f"/figures/{indicator}/", as_of="2021-07-26")
    counted = queries.trace(indicator, association=walked.cast.panyu, as_of=walked.cast.day)
    assert len(rows_of(page)) == len(counted) > 0
    for link in page.links("看打卡"):
        rows = seen.get(link).cells
        assert rows
        assert {row[4] for row in rows} == {"有效"}
        assert parse_qs(urlsplit(link).query)["until"] == ["2021-07-26"]


def test_the_check_ins_behind_a_figure_leave_out_what_was_taken_back_by_its_cut_off(walked, pages):
    seen = pages(walked.cast.mei)
    (link,) = seen.get("/figures/T1/", as_of="2021-07-26").links("看打卡")[:1]
    before = seen.get(link).cells
    seen.post(f"{walked.base}/checkins/{walked.items['third']}/", reason="误扫")
    after = seen.get(link).cells
    assert len(after) == len(before) - 1


def test_the_shares_add_up_to_the_figure_and_each_leads_to_its_records(walked, pages):
    seen = pages(walked.cast.mei)
    for key, narrowed in (("T4-grade", "grade"), ("T4-late", "late"), ("T4-checkpoint", "checkpoint")):
        _, *rows = seen.csv("/figures/T4/", chart=key)
        assert sum(int(value) for _, value in rows) == 4
        queries_of = [(link, parse_qs(urlsplit(link).query)) for link in seen.get("/figures/T4/").links()]
        links = [link for link, query in queries_of if query.keys() == {narrowed, "state"}]
        assert [len(seen.get(link).cells) for link in links] == [int(value) for _, value in rows]


class TestCourse:
    """The value along a span, counted anew at each step; asked for when the page is open, or by a link."""

    def test_the_page_itself_does_not_wait_for_it(self, walked, pages):
        seen = pages(walked.cast.mei).get("/figures/T3/")
        (place,) = [each for each in seen.page.all("div") if each.attributes.get("id") == "course"]
        assert place.attributes["hx-get"] == "?course=auto"
        assert seen.links("看走势") == ["?course=auto"]

    def test_without_a_script_the_link_shows_its_table(self, walked, pages):
        seen = pages(walked.cast.mei).get("/figures/T3/", course="auto")
        assert "当天走势" in seen.text
        assert ["06:00", "0"] in seen.cells
        assert ["09:30", "2"] in seen.cells

    def test_a_part_of_a_page_is_the_chart_alone(self, walked, pages):
        answer = pages(walked.cast.mei).client.get("/figures/T3/?course=days", headers={"HX-Request": "true"})
        text = answer.content.decode()
        assert text.strip().startswith('<div id="course">')
        assert "近三十天走势" in text

    @pytest.mark.parametrize(("span", "steps"), [("days", 30), ("months", 13)])
    def test_each_step_is_counted_as_of_then_and_leads_to_the_page_of_then(self, walked, pages, span, steps):
        seen = pages(walked.cast.mei)
        heads, *rows = seen.csv("/figures/T3/", course=span, chart=f"T3-{span}")
        assert heads == ["截至", "按当时重算，名"]
        assert [row[1] for row in rows] == ["0"] * (steps - 1) + ["2"]
        days = [link for link in seen.get("/figures/T3/", course=span, as_of="2021-07-26").links() if "as_of=" in link]
        assert "/figures/T3/?as_of=2021-06-30" in days

    def test_what_was_published_stands_beside_it(self, walked, pages):
        seen = pages(walked.cast.mei)
        seen.post("/figures/T3/publish/", as_of="2021-07-25")
        heads, *rows = seen.csv("/figures/T3/", course="days", chart="T3-days")
        assert heads[2] == "已发布，名"
        assert [row[2] for row in rows][-3:] == ["未发布", "0", "未发布"]

    @pytest.mark.parametrize(
        "query", [{"course": "nonsense"}, {"course": ""}, {"course": "months", "as_of": "0001-01-01"}]
    )
    def test_a_span_or_a_day_that_is_none_is_still_a_page(self, walked, pages, query):
        assert pages(walked.cast.mei).get("/figures/T3/", **query).status == 200

    def test_on_a_day_without_an_activity_it_goes_by_days(self, walked, pages):
        assert "近三十天走势" in pages(walked.cast.mei).get("/figures/T3/", course="auto", as_of="2021-07-20").text


class TestDifference:
    """Why a figure is not what was published last, by the rows that each counted."""

    def test_it_names_what_came_and_what_went(self, walked, pages):
        seen = pages(walked.cast.mei)
        seen.post("/figures/T4/publish/", as_of="")
        seen.post(f"{walked.base}/checkins/{walked.items['third']}/", reason="误扫")
        text = seen.get("/figures/T4/").text
        assert "不再数 共建单位甲" in text
        assert "合计 −1" in text

    def test_what_came_since_an_earlier_cut_off_is_told(self, walked, pages):
        seen = pages(walked.cast.mei)
        seen.post("/figures/T2/publish/", as_of="2021-07-25")
        assert "新数到 木棉数科" in seen.get("/figures/T2/").text

    def test_where_nothing_changed_it_says_so(self, walked, pages):
        seen = pages(walked.cast.mei).post("/figures/T4/publish/", as_of="")
        assert "数到的记录没有变化" in seen.text

    def test_what_was_never_published_has_no_such_section(self, walked, pages):
        seen = pages(walked.cast.mei).get("/figures/T4/")
        assert "为什么变了" not in seen.text
        assert "上一次发布 未发布" in seen.text


def test_the_rows_are_exported_as_they_are_shown(walked, pages):
    seen = pages(walked.cast.mei)
    page, (heads, *rows) = seen.get("/figures/T3/"), seen.csv("/figures/T3/")
    assert heads == ["键", "系列活动", "打卡证", "参加单位", "计"]
    assert [row[1:] for row in rows] == [row[:-1] for row in rows_of(page)]
    counted = queries.trace("T3", association=walked.cast.panyu, as_of=walked.cast.day)
    assert [row[0] for row in rows] == [each.key for each in counted]


def test_publishing_writes_the_figure_to_the_ledger_with_its_cut_off(walked, pages):
    seen = pages(walked.cast.mei).post("/figures/T3/publish/", as_of="")
    assert "已写入台账" in seen.text
    (entry,) = LedgerEntry.objects.all()
    assert (entry.indicator, entry.value, entry.published_by) == ("T3", 2, walked.cast.mei.pk)
    assert entry.digest[:12] in seen.text
    ledger = pages(walked.cast.mei).get("/figures/ledger/")
    assert ledger.cells[0][:3] == ["1", "T3", "2"]
    assert ledger.cells[0][6] == "Mei"


def test_a_day_that_has_not_ended_cannot_be_published(walked, pages):
    assert pages(walked.cast.mei).post("/figures/T3/publish/", as_of="2021-07-26").status == 409
    assert LedgerEntry.objects.count() == 0


def test_whoever_only_sees_figures_is_not_offered_to_publish(walked, pages):
    seen = pages(walked.cast.tao)
    assert not [each for each in seen.get("/figures/T3/").page.all("button") if "发布" in each.text]
    assert seen.post("/figures/T3/publish/").status == 403


def test_another_association_counts_nothing_of_this_one(walked, pages):
    rows = {row[0]: row for row in pages(walked.cast.qin).get("/figures/").cells}
    assert {row[3] for row in rows.values()} == {"0"}


@pytest.mark.parametrize(("day", "status"), [("2021-02-30", 422), ("x", 422), ("9999-12-31", 409), ("2021-07-27", 409)])
def test_a_figure_is_not_published_for_a_day_that_is_none_or_ahead(walked, pages, day, status):
    assert pages(walked.cast.mei).post("/figures/T3/publish/", as_of=day).status == status
    assert not LedgerEntry.objects.exists()
