"""Doubtful pairs: two rows side by side, what differs and why it is asked; a person's word and its taking back."""

from unittest.mock import patch

import pytest
from django.core.cache import cache

from tests.console.registered import authority, doubt, row, source
from tests.register import rows as laid
from zuji.console.views.register.comparing import compared
from zuji.register.codes import is_sound
from zuji.register.fields import Field
from zuji.register.models import SourceRow

pytestmark = pytest.mark.usefixtures("demo", "morning")
PATH = "/register/doubts/"


@pytest.fixture
def rows(cast):
    cache.clear()
    june, tax = source(authority(cast.panyu)), source(authority(cast.panyu, "税务"), "二季度.xls", sheet="")
    one = row(june, 7, "广州石碁拾光信息技术有限公司", town="440113120", phone="020-3481", domain="a.example")
    other = row(tax, 877, "广州石基拾光信息科技有限公司", town="440113120", staff="11", domain="b.example")
    return one, other


def test_a_pair_is_shown_field_by_field_with_its_lists(cast, rows, pages):
    doubt(cast.panyu, *rows)
    seen = pages(cast.mei).get(PATH)
    assert "6月名单.xlsx 第 7 行" in seen.text
    by_field = {cells[0]: cells[1:] for cells in seen.cells}
    assert by_field["企业名称"][1] == "近"
    assert by_field["镇街"][1] == "同"
    assert by_field["从业人数"] == ["未知", "缺", "11"]
    assert [each.text for each in seen.page.all("mark")][:2] == ["碁", "术"]


def test_what_differs_is_marked_and_what_only_one_says_is_missing(db, rows):
    told = {each.field: each for each in compared(*rows, personal=True)}
    assert told[Field.NAME].one == "广州石<mark>碁</mark>拾光信息技<mark>术</mark>有限公司"
    assert {field: each.verdict for field, each in told.items()} == {
        Field.NAME: "alike",
        Field.PHONE: "missing",
        Field.TOWN: "same",
        Field.STAFF: "missing",
        Field.DOMAIN: "alike",
    }


def test_markup_in_a_cell_stays_text(db):
    one, other = SourceRow(values={"name": "<b>甲"}), SourceRow(values={"name": "<i>乙"})
    assert "<b>" not in compared(one, other, personal=False)[0].one


def test_persons_are_compared_only_where_asked(db, rows):
    assert Field.PHONE not in {each.field for each in compared(*rows, personal=False)}


@pytest.mark.parametrize(("answer", "state"), [("same", "same"), ("different", "different"), ("later", "later")])
def test_an_answer_is_the_acts_to_give(cast, rows, pages, answer, state):
    pair = doubt(cast.panyu, *rows)
    with patch("zuji.register.actions.decide_doubt", create=True) as act:
        pages(cast.mei).post(PATH, card=pair.pk, answer=answer)
    assert act.call_args.kwargs["doubt_id"] == pair.pk
    assert act.call_args.kwargs["state"] == state


def test_the_last_answer_is_taken_back(cast, rows, pages):
    pair, mei = doubt(cast.panyu, *rows), pages(cast.mei)
    with patch("zuji.register.actions.decide_doubt", create=True):
        mei.post(PATH, card=pair.pk, answer="same")
    with patch("zuji.register.actions.take_back_decision", create=True) as act:
        mei.post(PATH, undo="1")
    assert act.call_args.kwargs["doubt_id"] == pair.pk


def test_a_pair_that_was_put_off_comes_last(cast, rows, pages):
    later = doubt(cast.panyu, *rows)
    later.state = "later"
    later.save()
    third = row(rows[0].source, 8, "榕声互动")
    doubt(cast.panyu, rows[1], third, rank=2)
    assert "榕声互动" in pages(cast.mei).get(PATH).text


SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.fixture
def two_codes(cast):
    cache.clear()
    sound = [f"91440101MA5{place}" for place in ("AXW1Q0", "B2K3L1")]
    whole = [next(each + sign for sign in SIGNS if is_sound(each + sign)) for each in sound]
    made = [laid.firms(cast.panyu, {"name": f"木棉{code[-3:]}", "code": code})[0] for code in whole]
    return laid.doubt(*made), whole


def test_two_sound_codes_that_differ_are_told_and_one_firm_all_the_same_wants_a_reason(cast, two_codes, pages):
    pair, codes = two_codes
    mei = pages(cast.mei)
    seen = mei.get(PATH)
    assert all(code in seen.text for code in codes)
    (field,) = seen.page.all("input", name="reason")
    (key,) = [each for each in seen.page.all("label") if each.attributes.get("data-key") == "r"]
    assert key.attributes["for"] == field.attributes["id"]
    assert "如确为同一家" in mei.post(PATH, card=pair.pk, answer="same").text
    pair.refresh_from_db()
    assert pair.state == "waiting"
    mei.post(PATH, card=pair.pk, answer="same", reason="电话核实：换过证")
    pair.refresh_from_db()
    assert (pair.state, pair.rulings.get().reason) == ("same", "电话核实：换过证")


def test_a_pair_whose_codes_do_not_speak_against_it_asks_for_no_reason(cast, rows, pages):
    doubt(cast.panyu, *rows)
    assert pages(cast.mei).get(PATH).page.all("input", name="reason") == []


def test_an_empty_queue_says_so_and_only_who_may_decide_is_let_in(cast, pages):
    assert "没有要判定的了" in pages(cast.mei).get(PATH).text
    assert pages(cast.guo).get(PATH).status == 403
