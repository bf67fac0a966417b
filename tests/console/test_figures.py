"""Figures: printed and exact, with the rows that they count and the check-ins behind each."""

from urllib.parse import parse_qs, urlsplit

import pytest

from zuji.briefing import queries
from zuji.briefing.definitions import catalogue
from zuji.briefing.models import LedgerEntry


def test_the_catalogue_says_what_is_printed_and_what_is_exact(walked, pages):
    rows = {row[0]: row for row in pages(walked.cast.mei).get("/figures/").cells}
    assert list(rows) == list(catalogue())
    assert rows["T1"][1:5] == ["打卡的红色遗址数", "2处", "2", "确数"]
    assert rows["T3"][2:4] == ["2名以上", "2"]


def test_a_cut_off_is_a_days_end(walked, pages):
    rows = {row[0]: row for row in pages(walked.cast.mei).get("/figures/", as_of="2021-07-25").cells}
    assert rows["T1"][3] == "0"
    assert "2021年7月26日24时" in pages(walked.cast.mei).get("/figures/T1/", as_of="2021-07-26").text


@pytest.mark.parametrize("as_of", ["2021-13-40", "gestern", "2021-07-27", ""])
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
    assert len(page.cells) == len(counted) > 0
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


def test_the_breakdown_adds_up_to_the_figure(walked, pages):
    page = pages(walked.cast.mei).get("/figures/T4/").page
    shares = [int(each.attributes["value"]) for each in page.all("meter")]
    assert sum(shares) == 4 * 4


def test_the_rows_are_exported_as_they_are_shown(walked, pages):
    seen = pages(walked.cast.mei)
    page, (heads, *rows) = seen.get("/figures/T3/"), seen.csv("/figures/T3/")
    assert heads == ["键", "系列活动", "打卡证", "参加单位", "计"]
    assert [row[1:] for row in rows] == [row[:-1] for row in page.cells]
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
