"""The office tells a change from the trail's page, and takes it back there."""

from zuji.trail.models import Change

TYPED = {"text_zh": "松露小学站改为 10:30 集合", "text_en": "Songlu now meets at 10:30"}


def test_a_change_is_written_seen_and_taken_back(walked, pages, client):
    seen = pages(walked.cast.tao)
    assert "没有变更" in seen.get(f"{walked.base}/trail/").text
    assert "一分钟内显示" in seen.get(f"{walked.base}/trail/changes/add/").text
    assert TYPED["text_zh"] in seen.post(f"{walked.base}/trail/changes/add/", **TYPED).text
    change = Change.objects.get()
    walk = f"/api/v1/walks/{walked.cast.campaign.pk}"
    assert [each["id"] for each in client.get(walk).json()["changes"]] == [change.pk]
    page = seen.post(f"{walked.base}/trail/changes/take-back/", change=change.pk)
    assert "Tao 于" in page.text
    assert client.get(walk).json()["changes"] == []


def test_both_languages_are_wanted(walked, pages):
    pages(walked.cast.tao).post(f"{walked.base}/trail/changes/add/", text_zh="改期")
    assert not Change.objects.exists()


def test_what_is_no_change_is_refused(walked, pages):
    seen = pages(walked.cast.tao)
    for key, status in (("", 422), ("x", 422), ("9" * 30, 422), ("999999", 404)):
        assert seen.post(f"{walked.base}/trail/changes/take-back/", change=key).status == status


def test_a_steward_sees_changes_and_writes_none(walked, pages):
    pages(walked.cast.tao).post(f"{walked.base}/trail/changes/add/", **TYPED)
    seen = pages(walked.cast.guo)
    page = seen.get(f"{walked.base}/trail/")
    assert TYPED["text_zh"] in page.text
    assert "发布变更" not in page.text
    assert seen.get(f"{walked.base}/trail/changes/add/").status == 403
