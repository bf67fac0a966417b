import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxDetails

from zuji.core import http
from zuji.core.errors import Busy, CoreRefusal, Forbidden, Invalid, NotFound, Problem, Refused, SignInFirst, TooMany
from zuji.core.middleware import Refusals


def every(kind: type[Problem]) -> list[type[Problem]]:
    return [child for direct in kind.__subclasses__() for child in (direct, *every(direct))]


@pytest.mark.parametrize("kind", every(Problem))
def test_every_class_of_refusal_has_its_row_in_the_table(kind):
    assert any(base in http.STATUS for base in kind.__mro__)


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (NotFound("case"), 404),
        (SignInFirst(), 401),
        (Forbidden(), 403),
        (Refused(CoreRefusal.CLOCK_NOT_DEMO), 409),
        (Invalid(CoreRefusal.INVALID, field="date"), 422),
        (TooMany(3), 429),
        (Busy(3), 503),
    ],
)
def test_a_refusal_answers_with_status_code_and_words_in_both_languages(problem, status):
    answer = http.answer(problem)
    body = json.loads(answer.content)
    assert answer.status_code == status
    assert body["code"] == problem.code
    assert set(body["say"]) == {"zh", "en"}
    assert all(words and not words.startswith("refusal.") for words in body["say"].values())


@pytest.mark.parametrize("problem", [Busy(7), TooMany(7)])
def test_being_busy_says_when_to_come_back(problem):
    assert http.answer(problem)["Retry-After"] == "7"
    assert json.loads(http.answer(problem).content)["facts"] == {"after_s": 7}


def test_facts_stand_in_the_words_and_in_the_answer():
    body = json.loads(http.answer(Invalid(CoreRefusal.INVALID, field="日期")).content)
    assert "日期" in body["say"]["zh"]
    assert body["facts"] == {"field": "日期"}


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/x", "application/json"), ("/x/", "text/html; charset=utf-8")])
def test_the_middleware_answers_each_face_in_its_own_way(path, kind):
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    answer = Refusals(lambda _: None).process_exception(request, NotFound("thing"))
    assert answer is not None
    assert (answer.status_code, answer["Content-Type"]) == (404, kind)


def test_a_page_that_needs_sign_in_shows_the_way_and_back():
    request = RequestFactory().get("/walk/", {"page": 2})
    answer = Refusals(lambda _: None).process_exception(request, SignInFirst())
    assert answer is not None
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Fwalk%2F%3Fpage%3D2"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/walk/7/posters/?page=2#x", "%2Fwalk%2F7%2Fposters%2F%3Fpage%3D2"),
        ("http://testserver/walk/", "%2Fwalk%2F"),
        ("https://elsewhere.example/walk/", "%2F"),
        ("", "%2F"),
    ],
)
def test_a_form_that_only_acts_leads_back_to_the_page_that_it_stood_on(referer, back):
    request = RequestFactory().post("/walk/7/posters/7/issue/", headers={"Referer": referer})
    answer = Refusals(lambda _: None).process_exception(request, SignInFirst())
    assert answer["Location"] == f"/sign-in/?next={back}"


def part_of(path, **headers):
    """A request for a part of a page, as htmx sends it."""
    request = RequestFactory().post(path, headers={"HX-Request": "true", **headers})
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/organisations/add/", "%2Forganisations%2Fadd%2F"),
        ("https://elsewhere.example/walk/", "%2F"),
    ],
)
def test_a_part_of_a_page_leads_the_whole_page_to_sign_in_and_back(page, back):
    request = part_of("/organisations/add/?check=name", **{"HX-Current-URL": page})
    answer = Refusals(lambda _: None).process_exception(request, SignInFirst())
    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"/sign-in/?next={back}")


def test_a_form_with_an_old_token_says_what_to_do_and_leads_back_to_it(client, db):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/organisations/add/", headers={"Referer": "http://testserver/organisations/add/"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert 'href="/organisations/add/"' in text
    assert "填的内容留在本机" in text


def test_the_middleware_leaves_other_errors_alone():
    assert Refusals(lambda _: None).process_exception(RequestFactory().get("/"), ValueError("x")) is None
