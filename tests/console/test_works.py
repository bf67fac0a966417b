"""Pages of long works: how far, stop, go on, results; each its asker's own."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, participant
from zuji.committee.enums import ParticipantKind
from zuji.console.blocks import bulk
from zuji.console.bulk_acts import RECLASSIFY, WITHDRAW
from zuji.core import tasks, works
from zuji.core.enums import RowState
from zuji.core.models import Work


@pytest.fixture
def work(walked):
    """Two organisations are to become institutions, one of which is one already."""
    at = walked.cast
    order = bulk.Order(act=RECLASSIFY, keys=[at.firm.pk, at.unit.pk], values={"kind": "institution", "joins_as": ""})
    return bulk.start(bulk.Desk(at.tao, DAY), order)


def said(seen, what):
    return [each for each in seen.page.all("button") if each.text == what]


def test_a_work_that_waits_says_so_and_can_be_stopped(walked, pages, work):
    desk = pages(walked.cast.tao)
    seen = desk.get(f"/works/{work.pk}/")
    assert (seen.title, "等待" in seen.text, "0 / 2" in seen.text) == ("改性质、身份", True, True)
    assert "可以离开这一页" in seen.text
    stopped = desk.post(f"/works/{work.pk}/stop/")
    assert "已停下" in stopped.text
    assert said(stopped, "接着办")
    assert not said(stopped, "停下")


def test_a_stopped_work_goes_on_and_ends(walked, pages, work):
    desk = pages(walked.cast.tao)
    desk.post(f"/works/{work.pk}/stop/")
    desk.post(f"/works/{work.pk}/resume/")
    tasks.run_work(work_id=work.pk)
    seen = desk.get(f"/works/{work.pk}/")
    assert seen.cells == [["木棉数科", "已改", ""], ["共建单位甲", "不动", "已经是这样。"]]
    assert "1 条已改" in seen.text
    assert said(seen, "撤销这 1 条")


def test_a_work_whose_process_died_says_that_it_broke_off_and_how_to_go_on(walked, pages, work):
    works._claim(work.pk, DAY)
    silent = datetime.now(UTC) - works.DEAD_AFTER - timedelta(seconds=1)
    Work.objects.filter(pk=work.pk).update(beat_at=silent)
    desk = pages(walked.cast.tao)
    seen = desk.get(f"/works/{work.pk}/")
    assert "中断" in seen.text
    assert "从断的地方继续" in seen.text
    assert said(seen, "接着办")
    assert "中断" in desk.get("/works/").text
    desk.post(f"/works/{work.pk}/resume/")
    assert tasks.run_work(work_id=work.pk) is None
    assert Work.objects.get().state == "done"


def test_the_progress_alone_is_asked_for_each_second_and_the_page_once_it_is_over(walked, pages, work):
    desk = pages(walked.cast.tao)
    assert 'hx-trigger="every 1s"' in desk.get(f"/works/{work.pk}/").answer.content.decode()
    desk.client.defaults |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "work"}
    running = desk.get(f"/works/{work.pk}/")
    assert not running.page.all("html")
    assert "HX-Refresh" not in running.answer
    tasks.run_work(work_id=work.pk)
    over = desk.get(f"/works/{work.pk}/")
    assert over.answer["HX-Refresh"] == "true"
    assert 'hx-trigger="every 1s"' not in over.answer.content.decode()


def test_rows_are_narrowed_by_what_became_of_them(walked, pages, work):
    tasks.run_work(work_id=work.pk)
    desk = pages(walked.cast.tao)
    assert [row[0] for row in desk.get(f"/works/{work.pk}/", state="same").cells] == ["共建单位甲"]
    assert desk.csv(f"/works/{work.pk}/", state="changed")[1:] == [["木棉数科", "已改", ""]]


@pytest.mark.parametrize("path", ["", "stop/", "resume/", "undo/"])
@pytest.mark.parametrize("who", ["mei", "qin"])
def test_anothers_work_is_not_found(walked, pages, work, path, who):
    desk = pages(getattr(walked.cast, who))
    asked = desk.post if path else desk.get
    assert asked(f"/works/{work.pk}/{path}").status == 404
    assert Work.objects.get().state == "waiting"


def test_the_list_has_the_own_works_latest_first(walked, pages, work):
    at = walked.cast
    tasks.run_work(work_id=work.pk)
    later = bulk.Order(act=WITHDRAW, keys=[walked.first.pk], values={"reason": "lost"})
    bulk.start(bulk.Desk(at.tao, DAY + timedelta(minutes=1)), later)
    rows = pages(at.tao).get("/works/").cells
    assert [row[:4] for row in rows] == [["作废打卡证", "等待", "0", "1"], ["改性质、身份", "办完", "2", "2"]]
    assert "会在后台逐条办理" in pages(at.mei).get("/works/").text
    assert len(pages(at.tao).get("/works/", shown="done").cells) == 1


def test_the_list_asks_as_much_for_three_works_as_for_one(walked, pages, work):
    desk = pages(walked.cast.tao)
    used = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            desk.get("/works/")
        used.append(len(queries))
        for _ in range(2):
            bulk.start(bulk.Desk(walked.cast.tao, DAY), bulk.Order(act=RECLASSIFY, keys=[1]))
    assert used[0] == used[1]


def test_rows_forgotten_after_a_while_are_said_to_be(walked, pages, work):
    tasks.run_work(work_id=work.pk)
    works.erase_due(DAY + timedelta(days=4000))
    assert "已过三十天" in pages(walked.cast.tao).get(f"/works/{work.pk}/").text


def test_the_frame_names_works_under_way_and_nothing_when_there_are_none(walked, work):
    request = RequestFactory().get("/")
    shown = Template("{% load works %}{% works_running %}")
    request.user = walked.cast.mei
    assert shown.render(Context({"request": request})).strip() == ""
    request.user = walked.cast.tao
    assert 'href="/works/"' in shown.render(Context({"request": request}))


def test_a_row_that_whoever_asked_sees_no_longer_has_no_name(walked, pages):
    at = walked.cast
    foreign = participant(at.other, "外区企业", ParticipantKind.FIRM, "EEEEEE")
    order = bulk.Order(act=RECLASSIFY, keys=[foreign.pk], values={"kind": "institution", "joins_as": ""})
    work = bulk.start(bulk.Desk(at.tao, DAY), order)
    tasks.run_work(work_id=work.pk)
    assert pages(at.tao).get(f"/works/{work.pk}/").cells[0][0] == "未知"


def test_a_work_of_another_kind_names_its_rows_by_their_keys(walked, pages, monkeypatch):
    def run(progress, facts):
        progress.each(lambda row: works.Ended(RowState.CHANGED))
        return works.counts(progress.work)

    monkeypatch.setitem(works.KINDS, "bulk_other", run)
    at = walked.cast
    facts = {"actor": at.tao, "association_id": at.panyu.pk, "kind": "bulk_other", "facts": {}, "total": 1, "at": DAY}
    work = works.start(**facts)
    works.lay_rows(work, ["A-1"])
    tasks.run_work(work_id=work.pk)
    desk = pages(at.tao)
    assert desk.get(f"/works/{work.pk}/").cells == [["A-1", "已改", ""]]
    assert desk.post(f"/works/{work.pk}/undo/").status == 409
