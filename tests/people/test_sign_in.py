"""Signing in by password, by a one-time link, and with a second factor."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from tests.cast import Cast, account
from zuji.core import clock
from zuji.core.enums import HomeKind
from zuji.core.models import AuditEntry, Home
from zuji.people import links
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account

WALK_DAY = datetime(2021, 7, 26, 1, 0, tzinfo=UTC)
PASSWORD = "walk offline 2021"


def sign_in(client: Client, username: str, password: str = PASSWORD) -> int:
    return client.post("/sign-in/", {"login": username, "password": password}).status_code


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def demo(cast: Cast) -> None:
    Home.objects.update(kind=HomeKind.DEMO)


def path_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def test_the_right_password_lets_in_and_the_trail_says_so(cast: Cast, client: Client) -> None:
    assert sign_in(client, "mei") == 302
    assert is_in(client)
    assert AuditEntry.objects.get().verb == "signed_in"


def test_when_somebody_was_last_here_is_told_by_the_houses_clock(cast: Cast, client: Client) -> None:
    with clock.frozen(WALK_DAY):
        sign_in(client, "mei")
    cast.mei.refresh_from_db()
    assert cast.mei.last_login == WALK_DAY


def test_a_wrong_password_lets_nobody_in_and_the_trail_says_so(cast: Cast, client: Client) -> None:
    sign_in(client, "mei", "walk online 2021")
    assert not is_in(client)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.verb, entry.key) == (None, "sign_in_failed", str(cast.mei.pk))


def test_a_name_that_is_nobodys_leaves_no_trace(cast: Cast, client: Client) -> None:
    sign_in(client, "mallory")
    assert not AuditEntry.objects.exists()


def test_after_five_failures_even_the_right_password_waits(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "mei", "guess")
    sign_in(client, "mei")
    assert not is_in(client)
    sign_in(client, "guo")
    assert is_in(client)


def test_a_closed_account_stays_outside(cast: Cast, client: Client) -> None:
    Account.objects.filter(pk=cast.mei.pk).update(is_active=False)
    sign_in(client, "mei")
    assert not is_in(client)


def test_a_one_time_link_signs_in_once(cast: Cast, demo: None, client: Client) -> None:
    link = path_of(links.make_link(cast.guo, "/steward/"))
    answer = client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/steward/")
    assert is_in(client)
    second = Client()
    assert second.get(link).status_code == 409
    assert not is_in(second)


def test_in_a_real_home_looking_at_a_link_does_not_use_it_up(cast: Cast, client: Client) -> None:
    link = path_of(links.make_link(cast.guo))
    assert client.get(link).status_code == 200
    assert not is_in(client)
    assert client.post(link).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_a_link_leads_nowhere_but_into_this_home(cast: Cast, demo: None, client: Client, elsewhere: str) -> None:
    assert client.get(path_of(links.make_link(cast.guo, elsewhere)))["Location"] == "/"


def test_a_link_that_was_tampered_with_is_refused_with_words(cast: Cast, client: Client) -> None:
    answer = client.get("/enter/?sesame=AAAAAAAAAAAA")
    assert answer.status_code == 409
    assert "link_not_valid" in answer.content.decode()


def test_a_link_ends_after_a_day(cast: Cast, demo: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    link = path_of(links.make_link(cast.guo))
    from sesame import tokens_v2

    fresh = tokens_v2.time.time()
    monkeypatch.setattr(tokens_v2.time, "time", lambda: fresh + timedelta(hours=25).total_seconds())
    assert client.get(link).status_code == 409


class TestSecondFactor:
    """Demanded of administrators, security officers and auditors of a real home."""

    @pytest.fixture
    def ann(self, cast: Cast) -> Account:
        return account(cast.panyu, "Ann", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)

    def set_up(self, client: Client) -> str:
        """Set up an authenticator app as its owner would; returns its secret."""
        client.post("/account/confirm/", {"password": PASSWORD})
        page = client.get("/account/second-factor/totp/activate/")
        secret = str(page.context["form"].secret)
        answer = client.post("/account/second-factor/totp/activate/", {"code": code_of(secret)})
        assert answer.status_code == 302
        return secret

    def test_it_is_demanded_before_anything_else(self, ann: Account, client: Client) -> None:
        sign_in(client, "ann")
        assert client.get("/api/v1/me").json()["code"] == "second_factor_first"

    def test_it_is_not_demanded_in_a_demo_nor_of_the_office(self, ann: Account, cast: Cast, client: Client) -> None:
        sign_in(client, "mei")
        assert client.get("/api/v1/me").status_code == 200
        Home.objects.update(kind=HomeKind.DEMO)
        sign_in(other := Client(), "ann")
        assert other.get("/api/v1/me").status_code == 200

    def test_once_set_up_it_opens_the_house_and_is_asked_for_at_the_next_sign_in(
        self, ann: Account, client: Client
    ) -> None:
        sign_in(client, "ann")
        secret = self.set_up(client)
        assert client.get("/api/v1/me").status_code == 200
        sign_in(again := Client(), "ann")
        assert not is_in(again)
        again.post("/account/second-factor/authenticate/", {"code": "000000"})
        assert not is_in(again)
        again.post("/account/second-factor/authenticate/", {"code": code_of(secret, ahead=1)})
        assert is_in(again)

    def test_a_link_asks_for_it_too(self, ann: Account, client: Client) -> None:
        sign_in(client, "ann")
        self.set_up(client)
        ann.refresh_from_db()
        other = Client()
        answer = other.post(path_of(links.make_link(ann)))
        assert answer["Location"].startswith("/account/second-factor/authenticate/")
        assert not is_in(other)

    def test_the_database_alone_does_not_give_the_secret_away(self, ann: Account, client: Client) -> None:
        sign_in(client, "ann")
        secret = self.set_up(client)
        kept = Authenticator.objects.get(user=ann, type=Authenticator.Type.TOTP)
        assert secret not in str(kept.data)
        assert TOTP(kept).validate_code(code_of(secret, ahead=1))


def code_of(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows; `ahead` steps on, since a code is taken only once."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())) + ahead)))


class TestWords:
    """What stands on the pages of the way in, and what is said once something was done there."""

    def test_a_used_link_says_so_in_its_title_and_leads_to_the_password(self, cast: Cast, client: Client) -> None:
        page = client.get("/enter/?sesame=AAAAAAAAAAAA").content.decode()
        assert "<h1>这个链接不能用了</h1>" in page
        assert 'href="/sign-in/"' in page

    @pytest.mark.parametrize(
        ("form", "told"),
        [
            ({}, "请填写这一项。"),
            ({"oldpassword": "x"}, "请输入现在的密码。"),
            ({"password1": "short", "password2": "short"}, "密码至少 12 个字符"),
            ({"password1": "password1234", "password2": "password1234"}, "不能太常见"),
            ({"password1": "a new way of walking", "password2": "another way"}, "两次输入的不一样。请再输一遍。"),
        ],
    )
    def test_what_is_wrong_with_a_password_is_told_in_our_words(
        self, cast: Cast, client: Client, form: dict[str, str], told: str
    ) -> None:
        sign_in(client, "mei")
        page = client.post("/account/password/", form).content.decode()
        assert told in page
        assert "必填项" not in page

    def test_a_new_password_is_said_to_be_saved_on_ones_own_page(self, cast: Cast, demo: None, client: Client) -> None:
        sign_in(client, "mei")
        form = {"oldpassword": PASSWORD, "password1": "a new way of walking", "password2": "a new way of walking"}
        answer = client.post("/account/password/", form, follow=True)
        assert answer.redirect_chain == [("/settings/me/", 302)]
        assert "密码已保存" in answer.content.decode()

    def test_signing_in_is_not_announced_since_the_page_shows_it(self, cast: Cast, demo: None, client: Client) -> None:
        answer = client.post("/sign-in/", {"login": "mei", "password": PASSWORD}, follow=True)
        assert 'role="status"' not in answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]

    def test_a_wrong_code_says_what_to_do(self, cast: Cast, client: Client) -> None:
        sign_in(client, "mei")
        client.post("/account/confirm/", {"password": PASSWORD})
        client.get("/account/second-factor/totp/activate/")
        page = client.post("/account/second-factor/totp/activate/", {"code": "000000"}, follow=True).content.decode()
        assert "请等应用显示下一个，再输入。" in page

    def test_no_control_repeats_its_label_in_grey(self, cast: Cast, client: Client) -> None:
        page = client.get("/sign-in/").content.decode()
        assert 'placeholder=""' in page
        assert 'placeholder="用户名"' not in page
