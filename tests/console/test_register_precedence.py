"""Whose value wins, by the console: the orders by field, what another would change, and its taking back."""

from datetime import date
from uuid import uuid4

import pytest

from tests.cast import DAY
from tests.register.rows import authority, firms, source
from zuji.core import works
from zuji.core.models import Work
from zuji.register.cards import rebuild_cards
from zuji.register.models import Precedence

pytestmark = pytest.mark.usefixtures("demo", "morning")
PATH, EDIT = "/register/precedence/", "/register/precedence/edit/?field=members"


@pytest.fixture
def told_twice(cast):
    mumian = firms(cast.panyu, {"name": "木棉数科", "members": "12"})[0]
    tax = source(cast.panyu, [{"name": "木棉", "members": "3"}], by="税务局", as_of=date(2020, 1, 1))
    tax.rows.get().links.create(enterprise=mumian, band="sure", made_at=DAY)
    rebuild_cards([mumian.pk], association_id=cast.panyu.pk, at=DAY)
    return mumian


def typed(cast, **more):
    return {"place-0": authority(cast.panyu, "税务局").pk, "place-1": "", "since": "2021-07-01", **more}


def test_an_order_is_first_looked_at_with_the_firms_that_it_changes(cast, told_twice, pages):
    seen = pages(cast.mei).post(EDIT, **typed(cast))
    assert "会改变 1 家企业的取值" in seen.text
    assert seen.links("木棉数科") == [f"/register/{told_twice.pk}/"]
    # small counts of members are told to nobody as they are
    assert ["木棉数科", "党员数 12 → <5"] in [[" ".join(cell.split()) for cell in cells] for cells in seen.cells]
    assert not Precedence.objects.exists()


def test_it_is_set_by_a_second_yes_as_a_long_work_and_once(cast, told_twice, pages):
    mei, number = pages(cast.mei), uuid4().hex
    for _ in range(2):
        mei.post(EDIT, save="1", once=number, **typed(cast))
    assert (Work.objects.get().kind, Precedence.objects.count()) == ("register_reorder", 1)
    ended = works.run(Work.objects.get().pk, now=lambda: DAY)
    assert (ended.outcome, "更新了内容的企业" in mei.get(f"/works/{ended.pk}/").text) == ({"shown": 1}, True)
    seen = mei.get(PATH)
    assert seen.cells[1][0] == "党员数"
    assert "税务局" in seen.cells[1][1]


def test_an_order_to_come_and_those_before_stand_with_the_one_in_force(cast, told_twice, pages):
    keys = [authority(cast.panyu).pk]
    for days in (("2021-01-01", "2021-02-01"), ("2021-02-01", "2021-12-01"), ("2021-12-01", None)):
        Precedence.objects.create(association=cast.panyu, field="members", authorities=keys, during=days)
    said = pages(cast.mei).get(PATH)
    assert all(words in said.cells[1][1] for words in ("2月1日至", "待生效", "以前的 1 次"))


def test_the_last_one_is_taken_back(cast, told_twice, pages):
    mei = pages(cast.mei)
    mei.post(EDIT, save="1", **typed(cast, since="2021-12-01"))
    assert "已撤回" in mei.post(f"{PATH}take-back/", field="members").text
    assert not Precedence.objects.exists()


def test_a_refusal_stands_in_the_form_and_nobody_sets_an_order_of_what_is_none(cast, told_twice, pages):
    mei, key = pages(cast.mei), authority(cast.panyu, "税务局").pk
    seen = mei.post(EDIT, **typed(cast, **{"place-1": key}))
    assert (seen.status, len(seen.errors)) == (422, 1)
    assert mei.get(f"{PATH}edit/?field=phone").status == 404
    assert pages(cast.guo).get(PATH).status == pages(cast.guo).get(EDIT).status == 403


def test_without_lists_the_page_says_what_to_do(cast, pages):
    assert "还没有单位" in pages(cast.mei).get(EDIT).text


def test_the_form_begins_with_today_as_a_browser_reads_it(cast, told_twice, pages):
    (since,) = pages(cast.mei).get(EDIT).page.all("input", name="since")
    assert since.attributes["value"] == "2021-07-26"
