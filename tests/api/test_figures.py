"""Figures by HTTP: each with its qualifier, each leading to its records, none of another association's."""

import pytest
from django.test import Client

from tests.briefing.walk import Walk, lay_trail, site
from tests.cast import Cast
from zuji.checkin.models import Activity, Checkpoint

FIGURES = "/api/v1/figures"
DAY = "as_of=2021-07-26"


@pytest.fixture
def walk(cast: Cast, morning: None) -> Walk:
    school, house = site(cast.panyu, "S01"), site(cast.panyu, "S02")
    lay_trail(cast.activity, [(cast.entrance, school), (cast.hall, house)])
    return Walk(cast=cast, school=school, house=house)


def test_figures_come_with_words_cut_off_and_digest(walk: Walk, as_):
    walk.check_in()
    figures = {figure["id"]: figure for figure in as_(walk.cast.tao).get(f"{FIGURES}?{DAY}").json()}
    assert (figures["T1"]["value"], figures["T1"]["qualifier"]) == (1, "exact")
    assert figures["T3"]["value"] == 1
    assert figures["T3"]["as_of"] == "2021-07-26"
    assert set(figures["T3"]["printed"]) == set(figures["T3"]["name"]) == {"zh", "en"}
    assert len(figures["T3"]["digest"]) == 64


def test_one_figure_is_the_same_as_in_the_list(walk: Walk, as_):
    walk.check_in()
    tao = as_(walk.cast.tao)
    assert tao.get(f"{FIGURES}/T3?{DAY}").json() in tao.get(f"{FIGURES}?{DAY}").json()


def test_a_figure_leads_to_the_records_that_add_up_to_it(walk: Walk, as_):
    for _ in range(3):
        walk.check_in()
    tao = as_(walk.cast.tao)
    trace = tao.get(f"{FIGURES}/T3/records?{DAY}").json()
    assert trace["count"] == len(trace["records"]) == 3
    assert sum(record["weight"] for record in trace["records"]) == trace["value"] == 3
    part = tao.get(f"{FIGURES}/T3/records?{DAY}&offset=1&limit=1").json()
    assert part["records"] == trace["records"][1:2]
    assert part["value"] == 3


def test_without_a_cut_off_it_is_until_now(walk: Walk, as_):
    walk.check_in()
    figure = as_(walk.cast.tao).get(f"{FIGURES}/T3").json()
    assert (figure["value"], figure["as_of"]) == (1, "2021-07-26T09:30:00+08:00")


@pytest.mark.parametrize("path", ["", "/T3", "/T3/records"])
def test_the_other_association_counts_nothing_of_it_and_names_nothing_of_it(walk: Walk, as_, path: str):
    walk.check_in()
    qin = as_(walk.cast.qin)
    answer = qin.get(f"{FIGURES}{path}?{DAY}").json()
    values = [figure["value"] for figure in answer] if path == "" else [answer["value"]]
    assert set(values) == {0}
    assert qin.get(f"{FIGURES}{path}?{DAY}&association=panyu").json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("/T99", 404, "not_found"),
        ("/T3?as_of=26.07.2021", 422, "invalid"),
        ("/T3?association=%00", 422, "text_has_nul"),
        ("/T3/records?limit=0", 422, "invalid"),
        ("/T3/records?offset=-1", 422, "invalid"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(walk: Walk, as_, query: str, status: int, code: str):
    answer = as_(walk.cast.tao).get(f"{FIGURES}{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_more_check_ins_cost_no_more_queries(walk: Walk, as_, django_assert_num_queries):
    tao = as_(walk.cast.tao)
    for more in (1, 2):
        for _ in range(more):
            walk.check_in()
        with django_assert_num_queries(7):
            tao.get(f"{FIGURES}/T3/records?{DAY}")


def test_a_rehearsal_is_counted_nowhere(walk: Walk, as_):
    Activity.objects.filter(pk=walk.cast.activity.pk).update(rehearsal=True)
    walk.check_in(place=Checkpoint.objects.get(pk=walk.cast.entrance.pk))
    assert as_(walk.cast.tao).get(f"{FIGURES}/T3?{DAY}").json()["value"] == 0


def test_nobody_sees_figures_by_this_way(walk: Walk, client: Client):
    assert client.get(FIGURES).json()["code"] == "sign_in"
