from zuji.checkin.models import Checkpoint
from zuji.trail.models import Exhibit, Hall, Leg, Site, Stop, Trail


def unverified(walked):
    Checkpoint.objects.filter(pk=walked.cast.hall.pk).update(coord_status="unverified")
    return Stop.objects.get(places__checkpoint=walked.cast.hall)


def test_the_page_tells_the_way_with_stops_halls_and_exhibits(walked, pages):
    first, second = Stop.objects.order_by("order")
    Leg.objects.create(stop=second, mode="coach", distance_m=12_000, minutes=35)
    hall = Hall.objects.create(site=first.site, order=1, name_zh="第一展厅", name_en="First hall")
    Exhibit.objects.create(hall=hall, order=1, name_zh="桌子", name_en="Table", text_zh="一张桌子", audio="a.mp3")
    text = pages(walked.cast.mei).get(f"{walked.base}/trail/").text
    places = [
        text.index(word) for word in ("旧址S1", "第一展厅 1 件展品", "桌子", "乘车 12,000 米，约 35 分钟", "旧址S2")
    ]
    assert places == sorted(places)
    assert "语音" in text
    assert "已现场确认" in text


def test_the_halls_of_a_site_that_is_reached_twice_are_told_once(walked, pages):
    site = Site.objects.get(code="S1")
    Hall.objects.create(site=site, order=1, name_zh="第一展厅", name_en="First hall")
    Stop.objects.create(trail=walked.trail, site=site, order=3)
    assert pages(walked.cast.mei).get(f"{walked.base}/trail/").text.count("第一展厅") == 1


def test_a_trail_is_opened_once_every_location_is_settled(walked, pages):
    stop = unverified(walked)
    seen = pages(walked.cast.mei)
    page = seen.get(f"{walked.base}/trail/")
    (button,) = [each for each in page.page.all("button") if "开放路线" in each.text]
    assert "disabled" in button.attributes
    assert seen.post(f"{walked.base}/trail/{walked.trail.pk}/open/").status == 409
    waived = seen.post(f"{walked.base}/trail/stops/{stop.pk}/waive/")
    assert "Mei 于 7月26日 09:30 同意此站不判断定位" in waived.text
    opened = seen.post(f"{walked.base}/trail/{walked.trail.pk}/open/")
    assert "由 Mei 开放" in opened.text
    assert Trail.objects.get(pk=walked.trail.pk).opened_at is not None


def test_the_office_sees_the_trail_but_only_its_lead_opens_it(walked, pages):
    stop = unverified(walked)
    seen = pages(walked.cast.tao)
    assert not [each for each in seen.get(f"{walked.base}/trail/").page.all("button") if "开放路线" in each.text]
    assert seen.post(f"{walked.base}/trail/stops/{stop.pk}/waive/").status == 403
    assert Checkpoint.objects.get(pk=walked.cast.hall.pk).coord_status == "unverified"


def test_a_campaign_without_a_trail_says_what_to_do(walked, pages):
    from tests.cast import campaign

    fresh = campaign(walked.cast.panyu, "fresh")
    assert "导入路线文件" in pages(walked.cast.mei).get(f"/walk/{fresh.pk}/trail/").text
