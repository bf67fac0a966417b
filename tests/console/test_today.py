import pytest

from tests.cast import participant
from zuji.checkin.models import Campaign, Checkpoint
from zuji.committee.enums import ParticipantKind
from zuji.trail.models import Trail


def waiting(seen):
    return [row[0] for row in seen.table("tbody") if len(row) == 3]


def test_the_office_is_told_what_waits_with_the_way_there(walked, pages):
    at = walked.cast
    participant(at.panyu, "还没报名的单位", ParticipantKind.FIRM, "DDDDDD")
    Checkpoint.objects.filter(pk=at.hall.pk).update(coord_status="unverified")
    seen = pages(at.tao).get("/")
    assert any("路线“路线”还没有开放 1 个站点的位置还没有确认" in row for row in waiting(seen))
    assert any("有单位报了人数，还没有打卡证" in row for row in waiting(seen))
    assert any("入口2的位置还没有现场确认" in row for row in waiting(seen))
    assert f"{walked.base}/trail/" in seen.links("看路线")
    assert f"{walked.base}/overview/" in seen.links("看单位")


def test_what_is_done_waits_no_longer(walked, pages):
    Trail.objects.update(opened_at=walked.cast.day)
    assert not any("还没有开放" in row for row in waiting(pages(walked.cast.tao).get("/")))


def test_a_campaign_that_is_over_asks_for_nothing(walked, pages):
    Campaign.objects.update(opens_on="2021-01-01", closes_on="2021-02-01")
    seen = pages(walked.cast.tao).get("/")
    assert "没有等您处理的事" in seen.text


@pytest.mark.parametrize(
    ("who", "main", "url"),
    [
        ("mei", "看到达矩阵", "/matrix/"),
        ("lan", "本单位的打卡证", "/passes/"),
        ("guo", "打开工作人员页面", "/steward/"),
    ],
)
def test_the_main_action_is_what_one_came_for(walked, pages, who, main, url):
    seen = pages(getattr(walked.cast, who)).get("/")
    (button,) = seen.page.all("a", class_="main")
    assert (button.text, button.attributes["href"].endswith(url)) == (main, True)


def test_figures_are_for_whoever_may_see_them_and_each_leads_to_its_page(walked, pages):
    seen = pages(walked.cast.tao).get("/")
    assert [f"/figures/{each}/" in seen.links() for each in ("T1", "T2", "T3")] == [True] * 3
    assert "要紧的数" not in pages(walked.cast.lan).get("/").text


def test_the_day_is_that_of_the_association(walked, pages):
    walked.cast.panyu.time_zone = "Pacific/Honolulu"
    walked.cast.panyu.save()
    assert pages(walked.cast.tao).get("/").title == "7月25日，星期日"


def test_who_signed_in_is_no_news(walked, pages):
    seen = pages(walked.cast.mei)
    seen.post(f"{walked.base}/posters/{walked.cast.hall.pk}/issue/")
    text = seen.get("/").text
    assert "制作海报码" in text
    assert "登录 账号" not in text
