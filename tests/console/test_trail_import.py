"""A trail that comes in: its files are chosen, looked at, and taken or dropped."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.briefing.walk import site
from tests.cast import DAY, checkpoint
from tests.console.standing import standing
from tests.console.walks import walk
from tests.trail.files import TRAIL, without_last_stop
from zuji.checkin.models import Campaign, Checkpoint
from zuji.console.views import trail_import as view
from zuji.trail.actions import open_trail, seed_sites, waive_location
from zuji.trail.models import Exhibit, Hall, Site, Stop, StopCheckpoint, Trail

IMPORT = "/walk/import/"
MEDIA = (("table.png", b"a picture"), ("table.mp3", b"a sound"))


@pytest.fixture
def sites(walked, settings, tmp_path):
    """The district's sites are on the list, and media go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    seed_sites(actor=walked.cast.tao, association_id=walked.cast.panyu.pk, at=DAY)
    return walked


def upload(pages, who, text=TRAIL, media=MEDIA):
    files = [SimpleUploadedFile(name, content) for name, content in media]
    return pages(who).post(IMPORT, book=SimpleUploadedFile("trail.toml", text.encode()), media_files=files)


def counts():
    return [kind.objects.count() for kind in (Campaign, Trail, Stop, Checkpoint, Site, Hall, Exhibit)]


def changes(seen):
    return {row[0]: row[1:] for row in seen.cells if len(row) == 4 and row[0] in PARTS and ":" not in row[1]}


PARTS = ("系列活动", "活动", "路线", "站点", "路段", "打卡点", "遗址", "展厅", "展品")


def test_the_way_is_looked_at_before_anything_is_taken(sites, pages):
    before = counts()
    seen = upload(pages, sites.cast.tao)
    assert counts() == before
    places = [seen.text.index(word) for word in ("校门", "第一展厅 2 件展品", "乘车 12,000 米", "门前", "返回")]
    assert places == sorted(places)
    assert changes(seen) == {
        "系列活动": ["1", "", ""],
        "活动": ["1", "", ""],
        "路线": ["1", "", ""],
        "站点": ["3", "", ""],
        "路段": ["2", "", ""],
        "打卡点": ["4", "", ""],
        "遗址": ["", "2", ""],
        "展厅": ["1", "", ""],
        "展品": ["2", "", ""],
    }


def test_what_was_looked_at_is_taken_with_its_pictures(sites, pages, settings):
    path = upload(pages, sites.cast.tao).answer.request["PATH_INFO"]
    done = pages(sites.cast.tao).post(path)
    assert "路线已导入。" in done.text
    assert "红色路线" in done.text
    assert done.answer.request["PATH_INFO"] == f"/walk/{Campaign.objects.get(slug='small-walk').pk}/trail/"
    shown = Exhibit.objects.get(name_zh="桌子")
    assert (settings.MEDIA_ROOT / shown.image).read_bytes() == b"a picture"
    assert pages(sites.cast.tao).post(path).status == 404  # a second click finds it taken


def test_the_same_file_again_says_that_it_changes_nothing(sites, pages):
    for _ in range(2):
        seen = upload(pages, sites.cast.tao)
        path = seen.answer.request["PATH_INFO"]
        pages(sites.cast.tao).post(path)
    assert "导入不会改变什么" in seen.text


def test_a_changed_file_says_what_it_would_change_and_what_would_go(sites, pages):
    pages(sites.cast.tao).post(upload(pages, sites.cast.tao).answer.request["PATH_INFO"])
    begins, ends = TRAIL.index('[[sites.halls.exhibits]]\ntitle = { zh = "灯"'), TRAIL.index('[[sites]]\ncode = "S03"')
    shorter = (TRAIL[:begins] + TRAIL[ends:]).replace("T12:00:00", "T12:30:00")
    seen = upload(pages, sites.cast.tao, shorter)
    assert changes(seen) == {"打卡点": ["", "2", ""], "展品": ["", "", "1"]}


def test_a_dropped_file_is_gone(sites, pages):
    path = upload(pages, sites.cast.tao).answer.request["PATH_INFO"]
    assert pages(sites.cast.tao).post(path, drop="1").title == "导入路线"
    assert pages(sites.cast.tao).get(path).status == 404


@pytest.mark.parametrize(
    ("text", "media", "said"),
    [
        ("[campaign]", MEDIA, "路线文件"),
        (TRAIL, MEDIA[:1], "table.mp3"),
        (TRAIL.replace("S03", "S99"), MEDIA, "S99"),
        (TRAIL.replace('"small-walk"', '"elsewhere"'), MEDIA, "elsewhere"),
    ],
    ids=["no trail", "a sound is missing", "an unknown site", "another's campaign"],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_nothing_is_kept(sites, pages, settings, text, media, said):
    seen = upload(pages, sites.cast.tao, text, media)
    assert seen.status == 422
    assert said in seen.errors[0]
    assert list(settings.STAGED_ROOT.iterdir()) == []


def test_a_missing_picture_is_told_beside_the_pictures(sites, pages):
    seen = upload(pages, sites.cast.tao, media=())
    places = [each for each in seen.page.elements if each.tag == "label" or "error" in each.attributes.get("class", "")]
    assert [each.tag for each in places] == ["label", "label", "p"]


def test_too_many_files_are_refused(sites, pages, monkeypatch):
    monkeypatch.setattr(view, "FILES", 1)
    assert "最多 200 个文件" in upload(pages, sites.cast.tao).errors[0]


def test_a_stop_cannot_be_taken_away_again(sites, pages):
    pages(sites.cast.tao).post(upload(pages, sites.cast.tao).answer.request["PATH_INFO"])
    assert upload(pages, sites.cast.tao, without_last_stop()).status == 422
    assert Stop.objects.filter(trail__activity__campaign__slug="small-walk").count() == 3


@pytest.mark.parametrize(("who", "status"), [("lan", 403), ("guo", 403)])
def test_only_whoever_edits_trails_imports_one(sites, pages, who, status):
    assert pages(getattr(sites.cast, who)).get(IMPORT).status == status


def test_a_staged_trail_is_its_senders_own(sites, pages):
    path = upload(pages, sites.cast.tao).answer.request["PATH_INFO"]
    assert pages(sites.cast.mei).get(path).status == 404


# --- the trail as of a day


@pytest.fixture
def moved(long_before, cast, demo):
    """A trail whose second checkpoint moved two days later, when its lead also opened it."""
    with standing(DAY):
        walked = walk(cast)
    with standing(DAY + timedelta(days=2)):
        place = Checkpoint.objects.get(pk=cast.hall.pk)
        place.name_zh, place.coord_status = "新门", "unverified"
        place.save()
        waive_location(actor=cast.mei, stop_id=place.place.stop_id, at=DAY + timedelta(days=2))
        open_trail(actor=cast.mei, trail_id=walked.trail.pk, at=DAY + timedelta(days=2))
    return walked


def test_a_trail_tells_what_it_was_on_a_day(moved, pages):
    with standing(DAY + timedelta(days=4)):
        seen = pages(moved.cast.mei)
        now, then = (seen.get(f"{moved.base}/trail/", on=day).text for day in ("", "2021-07-26"))
    assert ("新门" in now, "同意此站不判断定位" in now, "由 Mei 开放" in now) == (True, True, True)
    assert ("入口2" in then, "同意此站不判断定位" in then, "由 Mei 开放" in then) == (True, False, False)
    assert "这是 2021年7月26日 结束时的状态。" in then
    assert "同意" not in then.split("变更")[-1]


def test_of_a_day_gone_by_nothing_can_be_done(moved, pages):
    Trail.objects.update(opened_at=None, opened_by=None)
    with standing(DAY + timedelta(days=4)):
        seen = pages(moved.cast.mei).get(f"{moved.base}/trail/", on="2021-07-26")
    acts = [each for each in seen.page.all("form") if each.attributes.get("method") == "post"]
    assert [form.attributes["action"] for form in acts if form.attributes["action"].startswith(moved.base)] == []


def test_before_it_was_there_a_trail_is_not_told(moved, pages):
    with standing(DAY + timedelta(days=4)):
        seen = pages(moved.cast.mei).get(f"{moved.base}/trail/", on="2021-07-01")
    assert "还没有路线" in seen.text


def test_a_day_gone_by_is_read_in_as_many_queries_however_many_stops(moved, pages):
    Stop.objects.filter(trail=moved.trail).exclude(order=1).delete()
    seen, asked = pages(moved.cast.mei), []
    for stops in (1, 3):
        for order in range(2, stops + 1):
            with standing(DAY):
                place = checkpoint(moved.cast.activity, 10 + order)
                stop = Stop.objects.create(trail=moved.trail, site=site(moved.cast.panyu, f"S{order}0"), order=order)
                StopCheckpoint.objects.create(stop=stop, checkpoint=place)
        with standing(DAY + timedelta(days=900)), CaptureQueriesContext(connection) as queries:
            text = seen.get(f"{moved.base}/trail/", on="2023-01-01").text
        assert text.count("旧址S") == stops
        asked.append(len(queries))
    assert asked[0] == asked[1]
