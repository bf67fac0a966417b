"""An engineer adds a list page in under thirty lines, and it has everything that lists have."""

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import include, path
from psycopg.types.range import Range

from tests.cast import DAY
from zuji.committee.models import Organisation
from zuji.console.blocks import bulk
from zuji.core import tasks
from zuji.core.models import Work
from zuji.people.models import SavedView

FILE = Path(__file__).with_name("new_list.py")
MOST_LINES = 30


@pytest.fixture
def new_list(walked, settings, monkeypatch):
    """The page at /new/, over three organisations of the association and one of another."""
    monkeypatch.setattr(bulk, "ACTS", dict(bulk.ACTS))
    module = import_module("tests.console.new_list")
    monkeypatch.setitem(bulk.ACTS, "touch", module.TOUCH)
    settings.ROOT_URLCONF = (path("new/", module.branches, name="new_list"), path("", include("zuji.project.urls")))
    at = walked.cast
    rows = ((at.panyu, "甲支部", "branch"), (at.panyu, "乙支部", "joint_branch"), (at.panyu, "丙党委", "committee"))
    for association, name, kind in (*rows, (at.other, "外区支部", "branch")):
        existed = Range(date(2020, 1, 1), None)
        Organisation.objects.create(association=association, name=name, kind=kind, existed=existed)


def names(seen, **query):
    return [row[0] for row in seen.get("/new/", **query).cells]


def test_it_is_short():
    code = [line for line in FILE.read_text().splitlines() if line.strip() and not line.startswith(('"""', "from"))]
    assert len(code) < MOST_LINES


def test_it_filters_searches_orders_and_chooses_columns(walked, pages, new_list):
    seen = pages(walked.cast.tao)
    assert len(names(seen)) == 3
    assert names(seen, kind="branch") == ["甲支部"]
    assert sorted(names(seen, q="支部")) == ["乙支部", "甲支部"]
    assert names(seen, sort="-name") == sorted(names(seen), reverse=True)
    assert seen.get("/new/", cols="pk").table("thead")[0] == ["单位名称", "序号"]


def test_it_exports_what_it_shows(walked, pages, new_list):
    seen = pages(walked.cast.tao)
    query = {"kind": "committee", "cols": "pk,kind"}
    assert seen.csv("/new/", **query)[1:] == seen.get("/new/", **query).cells


def test_its_views_are_saved(walked, pages, new_list):
    seen = pages(walked.cast.tao)
    assert seen.get("/new/", kind="branch").page.all("form", action="/views/save/")
    form = {"page": "new_list", "query": "kind=branch", "name": "支部", "path": "/new/"}
    assert seen.client.post("/views/save/", form)["Location"] == "/new/?kind=branch"
    assert SavedView.objects.get().page == "new_list"
    assert seen.get("/new/").links("支部")[0] == "?kind=branch"


def test_its_act_is_looked_at_done_and_told(walked, pages, new_list):
    seen = pages(walked.cast.tao)
    look = seen.post("/new/", act="touch", all="1")
    assert "3 条不动" in look.text
    order = bulk.Order(act=bulk.ACTS["touch"], keys=list(Organisation.objects.values_list("pk", flat=True)))
    work = bulk.start(bulk.Desk(walked.cast.tao, DAY), order)
    tasks.run_work(work_id=work.pk)
    assert Work.objects.get().outcome == {"waiting": 0, "changed": 0, "same": 3, "refused": 1}
    assert "外区支部" not in seen.get(f"/works/{work.pk}/").text


def test_it_is_for_whoever_has_its_right(walked, pages, new_list):
    assert pages(walked.cast.guo).get("/new/").status == 403
    assert names(pages(walked.cast.qin)) == ["外区支部"]


def test_a_key_is_one_acts_for_ever(new_list):
    act = bulk.ACTS["touch"]
    with pytest.raises(ValueError, match="touch"):
        bulk.BulkAct(key="touch", right=act.right, act=act.act, names=act.names)
