"""What phones handed in, as a list and one by one."""

import json

import pytest

from tests.cast import campaign
from zuji.checkin.models import Campaign, Correction, Item
from zuji.checkin.queries import published_keys
from zuji.checkin.receipts import Verdict, verify_json

NONCE = "0190a000-0000-7000-8000-000000000001"


def states(seen):
    return sorted(row[4] for row in seen.cells)


def test_everything_that_was_handed_in_is_listed_with_its_state(walked, pages):
    seen = pages(walked.cast.tao).get(f"{walked.base}/checkins/")
    assert states(seen) == sorted(["有效"] * 4 + ["重复", "未接受"])
    (refused,) = [row for row in seen.cells if row[4] == "未接受"]
    assert refused[5] == "码核对不上"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "counted"}, 4),
        ({"state": "refused"}, 1),
        ({"grade": "B"}, 4),
        ({"grade": "C"}, 1),
        ({"late": "yes"}, 0),
        ({"organisation": "firm"}, 5),
        ({"checkpoint": "hall"}, 2),
        ({"site": "S2"}, 2),
        ({"person": "first"}, 3),
        ({"activity": "activity", "state": "counted"}, 4),
        ({"until": "2021-07-26"}, 4),
        ({"until": "2021-07-25"}, 0),
        ({"organisation": "firm", "state": "counted", "checkpoint": "hall"}, 1),
    ],
)
def test_the_list_is_narrowed(walked, pages, query, count):
    from zuji.trail.models import Site

    at = walked.cast
    keys = {
        "firm": at.firm.pk,
        "hall": at.hall.pk,
        "S2": Site.objects.get(code="S2").pk,
        "first": walked.first.pk,
        "activity": at.activity.pk,
    }
    chosen = {name: keys.get(value, value) for name, value in query.items()}
    assert len(pages(at.tao).get(f"{walked.base}/checkins/", **chosen).cells) == count


def test_what_a_link_narrowed_the_list_to_can_be_seen_and_taken_off(walked, pages):
    seen = pages(walked.cast.tao).get("/walk/checkins/", person=walked.first.pk, until="2021-07-26")
    assert len(seen.cells) == 2
    assert f"同一人 {walked.first.pk}" in seen.text
    assert f"?person={walked.first.pk}" in seen.links()


def test_a_contact_sees_the_own_organisations_items_alone(walked, pages):
    seen = pages(walked.cast.lan).get(f"{walked.base}/checkins/")
    assert {row[1] for row in seen.cells} == {"木棉数科"}
    assert pages(walked.cast.lan).get(f"{walked.base}/checkins/{walked.items['third']}/").status == 404


def test_an_item_is_found_under_its_own_campaign_only(walked, pages):
    at = walked.cast
    another = campaign(at.panyu, "another")
    assert pages(at.tao).get(f"/walk/{another.pk}/checkins/{walked.items['first']}/").status == 404


def test_a_check_in_tells_how_it_was_judged_and_where_it_stands_in_the_log(walked, pages):
    seen = pages(walked.cast.tao).get(f"{walked.base}/checkins/{walked.items['first']}/")
    assert "木棉数科" in seen.text
    assert "等级 乙" in seen.text
    assert "没有位置" in seen.text
    assert "核对码" in seen.text
    assert "第 1 期" in seen.text


def test_an_attempt_tells_why_and_what_to_do_and_stands_in_no_log(walked, pages):
    seen = pages(walked.cast.tao).get(f"{walked.base}/checkins/{walked.items['forged']}/")
    assert seen.title.startswith("尝试")
    assert "这个码核对不上" in seen.text
    assert "没有写进日志" in seen.text
    assert seen.links("下载回执") == []


def test_the_receipt_that_is_downloaded_verifies_by_the_published_keys(walked, pages):
    answer = pages(walked.cast.tao).file(f"{walked.base}/checkins/{walked.items['first']}/receipt/")
    assert verify_json(answer.content, json.dumps(published_keys()).encode()) is Verdict.VALID
    assert json.loads(answer.content)["fields"]["id"] == walked.items["first"]
    assert "receipt-20210726-0930.json" in answer["Content-Disposition"]


def test_an_attempt_has_no_receipt(walked, pages):
    path = f"{walked.base}/checkins/{walked.items['forged']}/receipt/"
    assert pages(walked.cast.tao).get(path).status == 404


def test_a_check_in_is_taken_back_with_a_reason_that_stays_on_its_record(walked, pages):
    path = f"{walked.base}/checkins/{walked.items['first']}/"
    seen = pages(walked.cast.guo).post(path, reason="扫错了人")
    assert "已撤回，不再计入" in seen.text
    assert "Guo" in seen.text
    assert "扫错了人" in seen.text
    assert not seen.page.all("textarea")
    assert states(pages(walked.cast.tao).get(f"{walked.base}/checkins/")).count("已撤回") == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_taken_back_without_a_reason(walked, pages, reason):
    seen = pages(walked.cast.guo).post(f"{walked.base}/checkins/{walked.items['first']}/", reason=reason)
    assert seen.status == 422
    assert seen.errors
    assert Correction.objects.count() == 0


def test_whoever_may_not_take_back_is_not_asked_and_cannot(walked, pages):
    path = f"{walked.base}/checkins/{walked.items['first']}/"
    assert not pages(walked.cast.lan).get(path).page.all("textarea")
    assert pages(walked.cast.lan).post(path, reason="x").status == 403
    assert Correction.objects.count() == 0


def test_an_attempt_cannot_be_taken_back(walked, pages):
    path = f"{walked.base}/checkins/{walked.items['forged']}/"
    assert not pages(walked.cast.guo).get(path).page.all("textarea")
    assert pages(walked.cast.guo).post(path, reason="x").status == 422


def test_a_reduced_check_in_keeps_its_day_and_its_way_to_its_record(walked, pages):
    from datetime import timedelta

    from zuji.checkin.actions import reduce_campaign

    at = walked.cast
    Campaign.objects.filter(pk=at.campaign.pk).update(closes_on=at.day.date())
    reduce_campaign(actor=None, campaign_id=at.campaign.pk, at=at.day + timedelta(days=30))
    seen = pages(at.mei)
    rows = seen.get(f"{walked.base}/checkins/", state="counted")
    assert {row[0] for row in rows.cells} == {"7月26日"}
    assert {row[9] for row in rows.cells} == {"时间已精简"}
    record = seen.get(f"{walked.base}/checkins/{walked.items['first']}/")
    assert "时间已精简" in record.text
    assert record.links("下载回执") == []


def test_a_seat_is_told_as_a_head_count(walked, pages):
    at = walked.cast
    form = {"nonce": NONCE, "reason": "没带手机", f"seats-{at.unit.pk}": "4"}
    pages(at.guo).post(f"{walked.base}/rolls/{at.entrance.pk}/", **form)
    (row,) = [row for row in pages(at.tao).get(f"{walked.base}/checkins/").cells if row[3] == "清点人数"]
    assert row[1] == "共建单位甲"
    seats = Item.objects.get(evidence="roll")
    assert "清点 4 人" in pages(at.tao).get(f"{walked.base}/checkins/{seats.id}/").text


def test_corrections_are_listed_with_who_and_why_and_lead_to_their_record(walked, pages):
    seen = pages(walked.cast.tao)
    path = f"{walked.base}/corrections/"
    assert "还没有更正过打卡" in seen.get(path).text
    record = f"{walked.base}/checkins/{walked.items['first']}/"
    pages(walked.cast.guo).post(record, reason="扫错了人")
    page = seen.get(path)
    assert (
        page.cells == [["7月26日 09:30", "撤回", "木棉数科", "入口1", str(walked.first.pk), "Guo", "扫错了人"]]
        or page.cells[0][1:] == seen.csv(path)[1][1:]
    )
    assert record in page.links("7月26日 09:30")
    assert len(seen.csv(path)) == 2
    assert len(pages(walked.cast.lan).get(path).cells) == 1


def test_a_contact_sees_no_correction_of_another_organisation(walked, pages):
    pages(walked.cast.guo).post(f"{walked.base}/checkins/{walked.items['third']}/", reason="误扫")
    assert pages(walked.cast.lan).get(f"{walked.base}/corrections/").cells == []
