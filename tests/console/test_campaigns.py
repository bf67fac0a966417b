"""A campaign's own page: what came of it so far, when, what waits, and where each number comes from."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.briefing.walk import Walk
from tests.cast import DAY
from zuji.briefing.queries import walk_totals
from zuji.checkin.models import Checkpoint
from zuji.checkin.viewing import ALL
from zuji.console.campaign_charts import by_size
from zuji.trail.models import Impression


@pytest.fixture
def base(walked):
    return f"{walked.base}/overview/"


def test_the_first_sentence_says_how_many_came_of_whom(walked, pages, base):
    assert "至今 3 人代表 2 家单位参加，打卡 4 次。" in pages(walked.cast.mei).get(base).text


def test_before_anybody_came_it_says_what_the_page_is_for(cast, demo, morning, pages):
    seen = pages(cast.mei).get(f"/walk/{cast.campaign.pk}/overview/")
    assert "这个系列活动的日期、人数和对外的地址。" in seen.text
    assert "还没有可画的数" in seen.text


def test_each_total_leads_to_its_records(walked, pages, base):
    seen = pages(walked.cast.mei)
    page = seen.get(base)
    totals = walk_totals(walked.cast.campaign, ALL, as_of=DAY)
    assert [int(each.attributes["value"]) for each in page.page.all("data", class_="big")] == [totals["people"]]
    assert [len(seen.get(link).cells) for link in page.links("4") if "checkins" in link][:1] == [totals["checkins"]]
    for name in ("T5", "T6", "T10", "T2", "T3", "T1"):
        assert f"/figures/{name}/" in page.links()


def test_a_bar_leads_to_the_check_ins_of_its_quarter_and_site(walked, pages, base):
    seen = pages(walked.cast.mei)
    heads, *rows = seen.csv(base, chart="checkins-by-quarter")
    assert heads == ["时刻起", "旧址S1，次", "旧址S2，次"]
    assert rows == [["09:30", "3", "1"]]
    bars = [link for link in seen.get(base).links() if "quarter=" in link and "site=" in link]
    assert [len(seen.get(link).cells) for link in bars] == [3, 1]


def test_a_cell_leads_to_the_check_ins_of_its_quarter_and_checkpoint(walked, pages, base):
    seen = pages(walked.cast.mei)
    heads, *rows = seen.csv(base, chart="checkins-by-checkpoint")
    assert heads == ["时刻起", "入口1，次", "入口2，次"]
    assert rows == [["09:30", "3", "1"]]
    cells = [link for link in seen.get(base).links() if "quarter=" in link and "checkpoint=" in link]
    assert [len(seen.get(link).cells) for link in cells] == [3, 1]


@pytest.mark.parametrize("quarter", ["nonsense", "0001-01-01 00:00", "9999-12-31 23:59", "2021-07-26"])
def test_a_quarter_that_is_none_narrows_to_nothing_or_not_at_all(walked, pages, quarter):
    assert pages(walked.cast.mei).get(f"{walked.base}/checkins/", quarter=quarter).status == 200


def test_quarters_without_a_check_in_stand_between(walked, pages, base):
    Walk(walked.cast, None, None).check_in(walked.second, walked.cast.hall, at=DAY - timedelta(minutes=40))
    rows = pages(walked.cast.mei).csv(base, chart="checkins-by-quarter")[1:]
    assert [row[0] for row in rows] == ["08:45", "09:00", "09:15", "09:30"]
    assert rows[1][1:] == ["0", "0"]


def test_of_several_days_one_is_shown_and_the_others_can_be_chosen(walked, pages, base):
    Walk(walked.cast, None, None).check_in(walked.second, walked.cast.hall, at=DAY - timedelta(days=1))
    seen = pages(walked.cast.mei)
    assert seen.get(base).links("7月25日") == ["?day=2021-07-25"]
    assert seen.csv(base, chart="checkins-by-quarter", day="2021-07-25")[1:] == [["09:30", "1"]]
    assert len(seen.csv(base, chart="checkins-by-quarter", day="nonsense")[1:]) == 1


def test_grades_lead_to_their_check_ins(walked, pages, base):
    seen = pages(walked.cast.mei)
    _, *rows = seen.csv(base, chart="checkins-by-grade")
    links = [link for link in seen.get(base).links() if "grade=" in link]
    assert [len(seen.get(link).cells) for link in links] == [int(value) for _, value in rows if value != "0"]
    assert sum(int(value) for _, value in rows) == 4


def test_a_contact_sees_the_own_organisation_alone_and_no_sizes(walked, pages, base):
    seen = pages(walked.cast.lan)
    page = seen.get(base)
    assert "至今 2 人代表 1 家单位参加，打卡 3 次。" in page.text
    assert "按到场人数" not in page.text
    assert not [link for link in page.links() if "/figures/" in link]
    assert sum(int(cell) for row in seen.csv(base, chart="checkins-by-quarter")[1:] for cell in row[1:]) == 3


def test_what_waits_leads_to_where_it_is_done(walked, pages, base):
    stop = walked.trail.stops.earliest("order")
    Impression.objects.create(
        id=uuid4(), campaign=walked.cast.campaign, stop=stop, walk_pass=walked.first, text="走", local_date=DAY.date()
    )
    Checkpoint.objects.filter(pk=walked.cast.hall.pk).update(coord_status="unverified")
    page = pages(walked.cast.mei).get(base)
    waits = [row for row in page.cells if row[0] in ("感言等待审核", "站点还不能开放", "报了人数的单位还没有打卡证")]
    assert waits == [["感言等待审核", "1"], ["站点还不能开放", "1"], ["报了人数的单位还没有打卡证", "1"]]
    assert page.links("感言等待审核") == [f"{walked.base}/impressions/"]


def test_where_nothing_waits_nothing_is_said_of_it(walked, pages, base):
    assert "等着处理" not in pages(walked.cast.lan).get(base).text


@pytest.mark.parametrize("more", [0, 3])
def test_more_check_ins_cost_no_more_queries(walked, pages, base, more, django_assert_max_num_queries):
    walk = Walk(walked.cast, None, None)
    for number in range(more):
        walk.check_in(at=DAY - timedelta(minutes=20 * number))
    seen = pages(walked.cast.mei)
    seen.get(base)
    with django_assert_max_num_queries(40):
        seen.get(base)


def test_organisations_are_classed_by_their_people():
    chart = by_size({1: 1, 2: 2, 3: 3, 4: 12, 5: 20})
    assert dict(zip(chart.x, chart.series[0].values, strict=True)) == {"1–2": 2, "3–5": 1, "6–10": 0, "11–20": 2}
    assert by_size({1: 80}).x[-1] == "51 以上"
    assert by_size({}).is_empty
