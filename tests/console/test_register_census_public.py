"""A firm's census form by its link: opened by anybody who holds it, saved, handed in, and read again."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.cast import DAY, Cast
from tests.console.walks import Pages, Seen
from tests.register.census.forms import FULL, a_form
from zuji.console.views.register import census_public
from zuji.core import clock
from zuji.register.census.actions import check_form, close_round, hand_in, save_form, send_back
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import token_of
from zuji.register.enums import FormState

pytestmark = pytest.mark.usefixtures("demo", "morning")
SENT = {f"a-{key}": text for key, text in FULL.items()}


@pytest.fixture(autouse=True)
def unhurried():
    """Nobody has sent anything yet."""
    for windows in (census_public.wrong, census_public.sent):
        windows._counts.clear()


@pytest.fixture
def anybody() -> Pages:
    return Pages(Client())


def link(form: CensusForm) -> str:
    return f"/f/{token_of(form.round_id, form.enterprise_id)}/"


def value_of(seen: Seen, key: str) -> str:
    """What stands in a question's control."""
    (control,) = [each for each in seen.page.all("input") if each.attributes.get("name") == f"a-{key}"]
    return control.attributes.get("value", "")


def test_a_link_opens_its_firms_form_without_an_account_and_says_who_asks_what_and_until_when(cast, anybody):
    seen = anybody.get(link(a_form(cast)))
    assert seen.status == 200
    assert seen.title == "2021年普查"
    assert "企业0" in seen.text
    assert cast.panyu.name_zh in seen.text
    assert "2021年7月31日" in seen.text
    assert "员工人数" in seen.text


def test_a_link_opens_no_other_firms_form(cast, anybody):
    form = a_form(cast)
    wrong = f"/f/{token_of(form.round_id, form.enterprise_id + 1)}/"
    seen = anybody.get(wrong)
    assert (seen.status, seen.title) == (404, "这个链接打不开普查表")
    assert "企业0" not in seen.text
    assert anybody.post(wrong, save="1").status == 404


def test_no_search_engine_lists_the_page_no_cache_keeps_it_and_no_referrer_names_it(cast, anybody):
    form = a_form(cast)
    for path in (link(form), "/f/nothing/"):
        answer = anybody.get(path).answer
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "strict-origin"


def test_what_is_saved_is_there_when_the_link_is_opened_again(cast, anybody):
    form = a_form(cast)
    seen = anybody.post(link(form), save="1", **{"a-staff": " 12 ", "a-has_site": "no", "a-icp": "x"})
    assert "已保存" in seen.text
    form.refresh_from_db()
    assert (form.state, form.answers, form.entered_by) == (FormState.BEGUN, {"staff": "12", "has_site": "no"}, None)
    assert value_of(anybody.get(link(form)), "staff") == "12"


def test_faults_stand_beside_their_questions_and_nothing_that_was_typed_is_lost(cast, anybody):
    form = a_form(cast)
    seen = anybody.post(link(form), hand_in="1", **{"a-staff": "12", "a-under_35": "30"})
    assert seen.status == 422
    assert [each for each in seen.errors if "35岁以下人数多于员工人数" in each]
    assert value_of(seen, "under_35") == "30"
    form.refresh_from_db()
    assert (form.state, form.answers) == (FormState.OPEN, {})


def test_who_hands_a_form_in_reads_when_and_what_with_the_small_counts_as_they_are(cast, anybody):
    form = a_form(cast)
    seen = anybody.post(link(form), hand_in="1", **SENT)
    assert "已于2021年7月26日" in seen.text
    assert "党员总数（只报人数，不报名单） 3" in seen.text
    assert not seen.page.all("form", id="answers")
    form.refresh_from_db()
    assert (form.state, form.answers) == (FormState.HANDED_IN, FULL)


def test_a_small_count_that_an_enumerator_entered_is_told_to_nobody_by_the_link(cast, anybody):
    form = a_form(cast)
    save_form(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    seen = anybody.get(link(form))
    assert value_of(seen, "members") == "<5"
    anybody.post(link(form), hand_in="1", **SENT | {"a-members": "<5"})
    form.refresh_from_db()
    assert (form.answers, form.entered_by) == (FULL, cast.tao.pk)


def test_a_form_that_was_sent_back_says_why_on_top_and_is_handed_in_again(cast, anybody):
    form = a_form(cast)
    hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
    send_back(actor=cast.mei, form_id=form.pk, reason="人数请核对", at=DAY)
    seen = anybody.get(link(form))
    assert "表格被退回：人数请核对" in seen.text
    assert seen.text.index("人数请核对") < seen.text.index("员工人数")
    assert "已于" in anybody.post(link(form), hand_in="1", **SENT | {"a-members": "<5"}).text


def test_what_somebody_else_put_meanwhile_is_not_written_over(cast, anybody):
    form = a_form(cast)
    (seal,) = [
        each.attributes["value"]
        for each in anybody.get(link(form)).page.all("input")
        if each.attributes["name"] == "seen"
    ]
    save_form(actor=cast.tao, form_id=form.pk, answers={"staff": "40"}, at=DAY)
    seen = anybody.post(link(form), save="1", seen=seal, **{"a-staff": "12"})
    assert seen.status == 422
    assert [each for each in seen.errors if "40" in each]
    form.refresh_from_db()
    assert form.answers == {"staff": "40"}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"opens_on": date(2021, 7, 27)}, "2021年7月27日开始填写"),
        ({"closes_on": date(2021, 7, 25)}, "填写已于2021年7月25日截止"),
    ],
)
def test_before_and_after_its_days_a_form_says_so_and_takes_nothing(cast, anybody, days, said):
    form = a_form(cast, **days)
    assert said in anybody.get(link(form)).text
    seen = anybody.post(link(form), save="1", **SENT)
    assert (seen.status, said in seen.text) == (422, True)
    assert not seen.page.all("form", id="answers")
    form.refresh_from_db()
    assert form.answers == {}


def test_a_closed_round_still_shows_what_was_handed_in(cast: Cast, anybody):
    form = a_form(cast)
    anybody.post(link(form), hand_in="1", **SENT)
    check_form(actor=cast.mei, form_id=form.pk, at=DAY)
    close_round(actor=cast.mei, round_id=form.round_id, at=DAY)
    seen = anybody.get(link(form))
    assert "办公室已核对" in seen.text
    assert "员工人数 12" in seen.text


def test_a_form_that_is_sent_again_and_again_must_wait(cast, anybody, monkeypatch):
    monkeypatch.setattr(census_public, "SENT_A_MINUTE", 2)
    form = a_form(cast)
    assert [anybody.post(link(form), save="1").status for _ in range(3)] == [200, 200, 429]
    assert anybody.get(link(form)).status == 200


def test_who_tries_link_upon_link_must_wait(db, anybody, monkeypatch):
    monkeypatch.setattr(census_public, "WRONG_A_MINUTE", 2)
    assert [anybody.get(f"/f/x{number}/").status for number in range(3)] == [404, 404, 429]


def test_the_day_is_the_associations(cast, anybody):
    form = a_form(cast, opens_on=date(2021, 7, 27))
    with clock.frozen(DAY.replace(hour=16) + timedelta(minutes=1)):
        assert "员工人数" in anybody.get(link(form)).text


@pytest.mark.parametrize("odd", ["甲\0乙", "长" * 34_000, "-1", "99999999999999999999", "no-such-thing"])
def test_odd_answers_are_told_beside_their_questions(cast, anybody, odd):
    form = a_form(cast)
    seen = anybody.post(link(form), hand_in="1", seen=odd, **dict.fromkeys(SENT, odd))
    assert (seen.status, bool(seen.errors)) == (422, True)
