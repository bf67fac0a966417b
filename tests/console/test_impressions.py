"""Pages of impressions: who decides, the list of all, and one with what became of it."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.cast import DAY
from tests.trail.walks import NOBODYS
from tests.trail.walks import writers as lay
from zuji.checkin.actions import reduce_campaign
from zuji.trail.actions import decline_impression, withdraw_impression
from zuji.trail.enums import DeclineReason
from zuji.trail.models import Impression

pytestmark = pytest.mark.usefixtures("demo", "morning")


@pytest.fixture
def writers(cast):
    cache.clear()
    return lay(cast)


@pytest.fixture
def base(cast):
    return f"/walk/{cast.campaign.pk}/impressions/"


def test_a_card_says_where_by_which_organisation_and_when_but_no_name(writers, pages, base):
    writers.write("院里的老树还在。")
    seen = pages(writers.cast.guo).get(base)
    for words in ("旧址S01", "木棉数科", "2021年7月26日 09:30", "院里的老树还在。"):
        assert words in seen.text
    assert "大屏" in seen.text


def test_beside_the_card_stands_what_was_approved_at_the_same_stop(writers, pages, base):
    writers.approved("采用过的一句")
    decline_impression(
        actor=writers.cast.guo, impression_id=writers.write("没采用").pk, reason=DeclineReason.UNFIT, at=DAY
    )
    writers.write("等着的一句")
    seen = pages(writers.cast.guo).get(base)
    assert "采用过的一句" in seen.text
    assert "没采用" not in seen.text


def test_the_navigation_counts_what_waits(writers, pages, base):
    for text in ("一", "二"):
        writers.write(text)
    (link,) = pages(writers.cast.guo).get(base).page.all("a", href=base)
    assert "2" in link.text


def test_who_has_no_right_is_not_led_there(writers, pages, base):
    seen = pages(writers.cast.lan)
    assert seen.get(base).status == 403
    assert not seen.get(f"/walk/{writers.cast.campaign.pk}/trail/").page.all("a", href=base)


def test_the_list_has_all_of_them_and_exports_what_it_shows(writers, pages, base):
    writers.write("早的一句")
    writers.approved("晚的一句", at=DAY + timedelta(minutes=1))
    seen = pages(writers.cast.mei)
    page = seen.get(f"{base}all/")
    assert [row[0] for row in page.cells] == ["晚的一句", "早的一句"]
    assert [row[4] for row in page.cells] == ["已采用", "待审核"]
    assert [row[0] for row in seen.csv(f"{base}all/", state="approved")[1:]] == ["晚的一句"]
    assert page.links("审核 1 条") == [base]


def test_the_list_is_narrowed_by_its_words_its_site_and_its_reason(writers, pages, base):
    kept = writers.write("不合适的一句")
    decline_impression(actor=writers.cast.guo, impression_id=kept.pk, reason=DeclineReason.UNFIT, at=DAY)
    writers.write("另外一句")
    seen = pages(writers.cast.mei)
    assert [row[0] for row in seen.get(f"{base}all/", search="另外").cells] == ["另外一句"]
    assert [row[0] for row in seen.get(f"{base}all/", reason="unfit").cells] == ["不合适的一句"]
    assert len(seen.get(f"{base}all/", site=writers.stop.site_id).cells) == 2
    assert seen.get(f"{base}all/", site=writers.second_stop.site_id).cells == []


def test_where_nothing_was_written_the_list_says_how_it_begins(cast, pages, base):
    assert "打卡以后" in pages(cast.mei).get(f"{base}all/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_longer_list_costs_no_more_queries(writers, pages, base, rows, django_assert_max_num_queries):
    for number in range(rows):
        writers.approved(f"第{number}句")
    seen = pages(writers.cast.mei)
    seen.get(f"{base}all/")
    with django_assert_max_num_queries(24):
        seen.get(f"{base}all/")


class TestOne:
    """The page of one impression."""

    def test_it_says_what_became_of_it_and_why(self, writers, pages, base):
        kept = writers.write("一句")
        decline_impression(actor=writers.cast.guo, impression_id=kept.pk, reason=DeclineReason.NAMES_SOMEBODY, at=DAY)
        seen = pages(writers.cast.mei).get(f"{base}{kept.pk}/")
        for words in ("不采用", "Guo", "提到他人的姓名、电话等", "不采用感言"):
            assert words in seen.text
        assert "names_somebody" not in seen.text

    def test_a_decision_is_taken_back_there(self, writers, pages, base):
        kept = writers.approved("一句")
        seen = pages(writers.cast.mei).post(f"{base}{kept.pk}/reopen/")
        assert "重新等待审核" in seen.text
        assert seen.links("去审核") == [f"{base}?card={kept.pk}"]
        assert Impression.objects.get().state == "waiting"

    def test_a_withdrawn_one_has_no_words_and_nothing_to_decide(self, writers, pages, base):
        walker = writers.walker()
        kept = writers.write("收回的一句", walk_pass=walker)
        withdraw_impression(token=bytes(walker.token), impression_id=kept.pk, at=DAY)
        seen = pages(writers.cast.mei).get(f"{base}{kept.pk}/")
        assert "文字已删除" in seen.text
        assert "收回的一句" not in seen.text
        assert not seen.page.all("form", method="post", action=f"{base}{kept.pk}/reopen/")

    def test_after_the_reduction_nothing_leads_to_who_wrote_it(self, writers, pages, base):
        kept = writers.approved("一句")
        later = DAY.replace(month=9, day=30)
        reduce_campaign(actor=writers.cast.mei, campaign_id=writers.cast.campaign.pk, at=later)
        seen = pages(writers.cast.mei).get(f"{base}{kept.pk}/")
        assert "活动结束后已隐去" in seen.text
        assert "木棉数科" not in seen.text
        assert re.search(r"2021年7月26日 ?时间已精简", seen.text), seen.text

    def test_after_the_reduction_it_can_only_be_taken_down(self, writers, pages, base):
        kept = writers.approved("一句")
        reduce_campaign(actor=writers.cast.mei, campaign_id=writers.cast.campaign.pk, at=DAY.replace(month=9, day=30))
        seen = pages(writers.cast.mei)
        assert "撤下并删除文字" in seen.get(f"{base}{kept.pk}/").text
        after = seen.post(f"{base}{kept.pk}/reopen/")
        assert "已撤下，文字已删除。" in after.text
        assert "一句" not in after.text.replace("一条感言", "")

    def test_one_of_another_campaign_is_not_there(self, writers, pages, cast):
        kept = writers.write()
        assert pages(cast.qin).get(f"/walk/{cast.foreign.pk}/impressions/{kept.pk}/").status == 404
        assert pages(cast.mei).get(f"/walk/{cast.campaign.pk}/impressions/{NOBODYS}/").status == 404
