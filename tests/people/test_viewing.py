"""Looking as somebody else: who may, as whom, for how long, and that nothing but looking is done meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import StreamingHttpResponse
from django.test import Client

from tests.cast import DAY, Cast, account, grant
from tests.people.test_rights_table import Ground, ground  # noqa: F401  (the ground is theirs)
from tests.project.test_routes import LIBRARY, ROUTES, Route, keys_of
from zuji.core import clock
from zuji.core.enums import HomeKind
from zuji.core.errors import Forbidden, NotFound, Problem
from zuji.core.models import AuditEntry, Home
from zuji.people import viewing
from zuji.people.access import viewed_by
from zuji.people.actions import begin_viewing, close_account
from zuji.people.enums import Role, ScopeKind
from zuji.people.errors import Refusal
from zuji.people.models import Account, RoleGrant

SOON = DAY + viewing.LASTS
WHY = "看不到打卡证"


@pytest.fixture
def ada(cast: Cast) -> Account:
    Home.objects.update(kind=HomeKind.DEMO)  # where no second factor is asked for
    return account(cast.panyu, "Ada", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)


def client_of(who: Account) -> Client:
    client = Client()
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def support(ada: Account, cast: Cast) -> Client:
    """Ada's browser, looking as Lan."""
    return looking(ada, cast.lan)


def looking(actor: Account, at_whom: Account) -> Client:
    client = client_of(actor)
    with clock.frozen(DAY):
        answer = client.post(f"/settings/accounts/{at_whom.pk}/view/", {"reason": WHY})
    assert answer.status_code == 302, answer.content.decode()
    return client


def me(client: Client, at=DAY) -> str:
    with clock.frozen(at):
        return client.get("/api/v1/me").json()["username"]


def refused(cast: Cast, actor: Account, account_id: int, reason: str = WHY) -> str:
    with pytest.raises(Problem) as refusal:
        begin_viewing(actor=actor, account_id=account_id, reason=reason, until=SOON, at=DAY)
    return refusal.value.code


# --- who looks as whom


def test_who_looks_sees_what_the_other_sees_on_both_faces(support: Client, cast: Cast):
    with clock.frozen(DAY):
        page = support.get("/settings/me/").content.decode()
    assert me(support) == "lan"
    assert "单位联系人" in page
    assert "以 Lan 的身份查看" in page.replace("Lan", " Lan ").replace("  ", " ")


def test_the_trail_names_both_and_the_reason(support: Client, ada: Account, cast: Cast):
    entry = AuditEntry.objects.get(verb="viewing_begun")
    assert (entry.actor, entry.kind, entry.key) == (ada.pk, "people.account", str(cast.lan.pk))
    assert entry.facts == {"reason": WHY, "until": SOON.isoformat()}


def test_only_an_administrator_looks_and_only_within_the_own_association(cast: Cast, ada: Account):
    sue = account(cast.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk)
    for actor, whom, error in (
        (cast.mei, cast.lan, Forbidden),
        (sue, cast.lan, Forbidden),
        (cast.lan, cast.guo, NotFound),
        (ada, cast.qin, NotFound),
    ):
        with pytest.raises(error):
            begin_viewing(actor=actor, account_id=whom.pk, reason=WHY, until=SOON, at=DAY)
        assert viewed_by(actor, whom.pk, at=DAY) is None


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR])
def test_overseers_are_never_looked_at_even_when_they_are_something_else_too(cast: Cast, ada: Account, role: Role):
    grant(cast.tao, role, ScopeKind.ASSOCIATION, cast.panyu.pk)
    assert refused(cast, ada, cast.tao.pk) == Refusal.OVERSEER_NOT_VIEWED
    assert viewed_by(ada, cast.tao.pk, at=DAY) is None


def test_neither_oneself_nor_a_closed_account_is_looked_at(cast: Cast, ada: Account):
    assert refused(cast, ada, ada.pk) == Refusal.NOT_TO_ONESELF
    close_account(actor=ada, account_id=cast.lan.pk, at=DAY)
    assert refused(cast, ada, cast.lan.pk) == Refusal.ACCOUNT_CLOSED


@pytest.mark.parametrize(
    ("reason", "code"), [(" ", "viewing_needs_reason"), ("x" * 201, "viewing_needs_reason"), ("a\0", "text_has_nul")]
)
def test_a_reason_is_wanted(cast: Cast, ada: Account, reason: str, code: str):
    assert refused(cast, ada, cast.lan.pk, reason) == code
    assert not AuditEntry.objects.exists()


# --- nothing but looking


WRITES = ("POST", "PUT", "PATCH", "DELETE")
SENT = [(method, route) for route in ROUTES for method in WRITES if route.name != "viewing_end"]


def test_every_write_of_every_route_is_refused(ground: Ground, cast: Cast, ada: Account):  # noqa: F811
    client = looking(ada, cast.mei)
    before = AuditEntry.objects.count()
    let_through = []
    for method, route in SENT:
        with clock.frozen(DAY):
            answer = client.generic(method, route.url(**keys_of(ground.own)), b"{}", content_type="application/json")
        if (answer.status_code, "only_looking" in answer.content.decode()) != (409, True):
            let_through.append((method, str(route), answer.status_code))
    assert let_through == []
    assert len(SENT) > 300
    assert AuditEntry.objects.count() == before


def test_the_same_writes_are_not_refused_for_looking_once_it_is_over(ground: Ground, cast: Cast, ada: Account):  # noqa: F811
    client = looking(ada, cast.mei)
    with clock.frozen(DAY):
        client.post("/viewing/end/")
        answers = [client.post(route.url(**keys_of(ground.own)), {"reason": ""}) for _, route in SENT[::4][:40]]
    assert not any("only_looking" in answer.content.decode() for answer in answers)


OWN = [route for route in ROUTES if route.name in LIBRARY or route.name == "enter"]


@pytest.mark.parametrize("route", OWN, ids=str)
def test_what_is_about_signing_in_is_not_even_opened(support: Client, route: Route):
    with clock.frozen(DAY):
        answer = support.get(route.url())
    assert answer.status_code == 409, answer.content.decode()
    assert "only_looking" in answer.content.decode()
    assert me(support) == "lan"


def test_an_answer_is_kept_in_no_browser(support: Client):
    with clock.frozen(DAY):
        for path in ("/", "/api/v1/me", "/organisations/", "/help/"):
            assert support.get(path)["Cache-Control"] == "no-store", path


def test_what_the_other_may_not_open_stays_shut_though_one_may_oneself(support: Client):
    with clock.frozen(DAY):
        assert support.get("/settings/accounts/").status_code == 403


# --- over


def test_the_button_ends_it_and_the_trail_says_so(support: Client, ada: Account, cast: Cast):
    with clock.frozen(DAY + timedelta(minutes=5)):
        answer = support.post("/viewing/end/")
    assert (answer.status_code, answer["Location"]) == (302, f"/settings/accounts/{cast.lan.pk}/")
    entry = AuditEntry.objects.get(verb="viewing_ended")
    assert (entry.actor, entry.key, entry.at) == (ada.pk, str(cast.lan.pk), DAY + timedelta(minutes=5))
    assert me(support) == "ada"


def test_to_end_what_has_not_begun_does_nothing(cast: Cast, ada: Account):
    client = client_of(ada)
    assert client.post("/viewing/end/")["Location"] == "/"
    assert Client().post("/viewing/end/")["Location"] == "/"
    assert not AuditEntry.objects.filter(verb="viewing_ended").exists()


def test_it_ends_by_itself_after_half_an_hour_and_says_so_once(support: Client, ada: Account):
    assert me(support, SOON - timedelta(seconds=1)) == "lan"
    with clock.frozen(SOON + timedelta(hours=2)):
        page = support.get("/settings/me/").content.decode()
        assert "查看已到时间，自动结束" in page
        assert "查看已到时间" not in support.get("/settings/me/").content.decode()
    assert me(support, SOON + timedelta(hours=2)) == "ada"
    assert [(entry.actor, entry.at) for entry in AuditEntry.objects.filter(verb="viewing_ended")] == [(ada.pk, SOON)]


@pytest.mark.parametrize("loses", ["the role", "the account", "the other's account", "the other's innocence"])
def test_it_ends_with_what_it_stands_on(support: Client, ada: Account, cast: Cast, loses: str):
    end = DAY + timedelta(minutes=1)
    if loses == "the role":
        RoleGrant.objects.filter(account=ada).update(during=(None, end))
        grant(ada, Role.VIEWER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    elif loses == "the account":
        Account.objects.filter(pk=ada.pk).update(is_active=False)
    elif loses == "the other's account":
        Account.objects.filter(pk=cast.lan.pk).update(is_active=False)
    else:
        grant(cast.lan, Role.AUDITOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    with clock.frozen(end):
        answer = support.get("/api/v1/me")
    assert answer.json().get("username") == (None if loses == "the account" else "ada")


def test_whoever_does_not_look_asks_for_no_session(cast: Cast):
    assert "Cookie" not in Client().get("/api/v1/log/keys").get("Vary", "")


# --- live frames


async def frames_until(support: Client, ends: int) -> list[bytes]:
    """What comes through of five frames when the looking ends after some of them."""
    session = SessionStore(support.session.session_key)
    kept = await sync_to_async(lambda: session[viewing.KEY])()
    closed: list[bool] = []

    async def frames() -> AsyncIterator[bytes]:
        try:
            for number in range(5):
                if number == ends:
                    await sync_to_async(end)()
                yield str(number).encode()
        finally:
            closed.append(True)

    def end() -> None:
        other = SessionStore(support.session.session_key)
        del other[viewing.KEY]
        other.save()

    assert kept
    answer = StreamingHttpResponse(frames())
    answer.streaming_content = viewing._while_viewing(answer, session)
    seen = [frame async for frame in answer.streaming_content]
    await asyncio.sleep(0.01)  # the loop closes what nobody holds any more
    assert closed == [True]
    return seen


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("ends", "seen"), [(9, 5), (2, 2)])
def test_live_frames_end_with_the_looking_and_none_comes_after(support: Client, ends: int, seen: int):
    from asgiref.sync import async_to_sync

    with clock.frozen(DAY):
        assert len(async_to_sync(frames_until)(support, ends)) == seen
