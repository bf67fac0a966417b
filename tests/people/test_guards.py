"""How a page and an operation keep out who may not come in."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.cast import DAY, Cast, account
from zuji.core import clock
from zuji.core.enums import HomeKind
from zuji.core.errors import Forbidden, Refused, SignInFirst
from zuji.core.models import Home
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.guards import CrossSite, Needs, for_everybody, needs, signed_in
from zuji.people.models import Account


@needs(Right.SEE_PASSES)
def passes(request: HttpRequest, name: str) -> HttpResponse:
    """A page."""
    return HttpResponse(name)


def asked_by(who: object, method: str = "get", **headers: str) -> HttpRequest:
    request = getattr(RequestFactory(enforce_csrf_checks=True), method)("/x/", headers=headers)
    request.user = who
    assert isinstance(request, HttpRequest)
    return request


def open_page(who: object) -> HttpResponse:
    with clock.frozen(DAY):
        return passes(asked_by(who), name="list")


def test_a_page_is_shown_to_whoever_has_its_right_over_anything(cast: Cast):
    for who in (cast.mei, cast.lan, cast.guo, cast.qin):
        assert open_page(who).content == b"list"


def test_nobody_is_asked_to_sign_in_and_a_closed_account_is_nobody(cast: Cast):
    cast.mei.is_active = False
    for who in (AnonymousUser(), cast.mei):
        with pytest.raises(SignInFirst):
            open_page(who)


def test_whoever_has_not_the_right_is_told_which_one_it_is(cast: Cast):
    viewer = account(cast.panyu, "Vi", Role.VIEWER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    with pytest.raises(Forbidden) as refusal:
        open_page(viewer)
    assert refusal.value.facts == {"right": Right.SEE_PASSES}


def test_a_page_carries_its_right_and_keeps_its_name(cast: Cast):
    assert vars(passes)["right"] is Right.SEE_PASSES
    assert (passes.__name__, passes.__doc__) == ("passes", "A page.")
    assert vars(for_everybody(lambda request: None))["right"] is None


class TestSecondFactor:
    """Demanded in a real home of the three administrative roles."""

    @needs(Right.SEE_ACCOUNTS)
    @staticmethod
    def accounts(request: HttpRequest) -> HttpResponse:
        return HttpResponse("list")

    @pytest.fixture
    def sue(self, cast: Cast) -> Account:
        return account(cast.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk)

    def test_a_page_leads_to_where_it_is_set_up(self, sue: Account):
        with clock.frozen(DAY):
            answer = TestSecondFactor.accounts(asked_by(sue))
        assert (answer.status_code, answer["Location"]) == (302, "/account/second-factor/totp/activate/")

    def test_an_operation_says_what_comes_first(self, sue: Account):
        with clock.frozen(DAY), pytest.raises(Refused, match="second_factor_first"):
            Needs(Right.SEE_ACCOUNTS)(asked_by(sue))

    def test_once_the_role_has_ended_nothing_is_demanded(self, sue: Account, cast: Cast):
        sue.grants.update(role=Role.OFFICE)
        with clock.frozen(DAY), pytest.raises(Forbidden):
            Needs(Right.SEE_ACCOUNTS)(asked_by(sue))

    def test_a_demo_demands_none(self, sue: Account):
        Home.objects.update(kind=HomeKind.DEMO)
        with clock.frozen(DAY):
            assert TestSecondFactor.accounts(asked_by(sue)).content == b"list"
            assert Needs(Right.SEE_ACCOUNTS)(asked_by(sue)) == sue


class TestOperation:
    """The JSON face's guard, which also wants this home's own token where something is written."""

    def test_it_lets_in_whoever_has_the_right(self, cast: Cast):
        with clock.frozen(DAY):
            assert Needs(Right.SHOW_CODES)(asked_by(cast.guo)) == cast.guo

    def test_it_keeps_out_nobody_and_whoever_has_it_not(self, cast: Cast):
        with clock.frozen(DAY):
            with pytest.raises(SignInFirst):
                Needs(Right.SHOW_CODES)(asked_by(AnonymousUser()))
            with pytest.raises(Forbidden):
                Needs(Right.SHOW_CODES)(asked_by(cast.lan))

    @pytest.mark.parametrize("token", ["", "b" * 32, "a" * 31])
    def test_a_write_with_a_wrong_token_comes_from_elsewhere(self, cast: Cast, token: str):
        request = asked_by(cast.guo, "post", **({"X-CSRFToken": token} if token else {}))
        request.COOKIES["csrftoken"] = "a" * 32
        with clock.frozen(DAY), pytest.raises(CrossSite) as refusal:
            Needs(Right.SHOW_CODES)(request)
        assert refusal.value.code == "cross_site"

    def test_a_write_with_the_right_token_comes_in(self, cast: Cast):
        request = asked_by(cast.guo, "post", **{"X-CSRFToken": "a" * 32})
        request.COOKIES["csrftoken"] = "a" * 32
        with clock.frozen(DAY):
            assert Needs(Right.SHOW_CODES)(request) == cast.guo


def test_something_that_is_no_account_is_nobody():
    with pytest.raises(SignInFirst):
        signed_in(SimpleNamespace(user=SimpleNamespace(is_active=True)))
