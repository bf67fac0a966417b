"""A phone joins with a token that it drew itself, and later asks what is kept of it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import DAY, Cast
from tests.checkin.desks import Counter, item, new_pass, serial, token
from tests.live import LiveHome
from zuji.checkin import receipts
from zuji.checkin.actions import take_back, withdraw_pass
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Campaign, Pass
from zuji.core.ids import b64, new_token

pytestmark = pytest.mark.usefixtures("morning")


def wish(cast: Cast, **changes: object) -> dict[str, Any]:
    return {"token": b64(new_token()), "campaign": cast.campaign.pk, "join_code": cast.firm.join_code} | changes


def join(client: Client, wish: dict[str, object]):
    return client.post("/api/v1/passes", wish, content_type="application/json")


def mine(client: Client, walk_pass: Pass | str):
    text = walk_pass if isinstance(walk_pass, str) else token(walk_pass)
    return client.get("/api/v1/passes/me", headers={"Authorization": f"Pass {text}"})


def test_a_walker_joins_on_the_spot_and_has_a_pass(cast: Cast, client: Client):
    joining = wish(cast, nickname=" 小木棉 ", join_code=cast.firm.join_code.lower())
    answer = join(client, joining).json()["pass"]
    assert answer == {
        "id": Pass.objects.get().pk,
        "campaign": cast.campaign.pk,
        "organisation": {"id": cast.firm.pk, "name": cast.firm.name},
        "nickname": "小木棉",
        "group": None,
        "withdrawn": False,
    }
    assert mine(client, joining["token"]).json()["pass"] == answer


def test_joining_again_with_the_same_token_gets_the_same_answer(cast: Cast, client: Client):
    joining = wish(cast)
    assert join(client, joining).json() == join(client, joining).json()
    assert Pass.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"join_code": "ZZZZZZ"}, 409, "unknown_join_code"),
        ({"join_code": None, "organisation": 999_999}, 404, "not_found"),
        ({"join_code": None}, 409, "join_by_code_only"),
        ({"campaign": 999_999}, 404, "not_found"),
        ({"campaign": 0}, 422, "invalid"),
        ({"campaign": 2**63}, 422, "invalid"),
        ({"token": "short"}, 422, "invalid"),
        ({"token": "A" * 21 + "B"}, 422, "invalid"),
        ({"nickname": "x" * 41}, 422, "invalid"),
        ({"nickname": "a\0b"}, 422, "text_has_nul"),
        ({"join_code": "AAAA\0A"}, 422, "text_has_nul"),
        ({"nickname": "\ud800"}, 422, "invalid"),
    ],
)
def test_a_wish_that_cannot_be_granted_has_a_code_and_words(
    cast: Cast, client: Client, changes: dict[str, object], status: int, code: str
):
    answer = join(client, wish(cast, **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert all(words and not words.startswith("refusal.") for words in answer.json()["say"].values())
    assert not Pass.objects.exists()


def test_a_field_that_is_missing_is_named(cast: Cast, client: Client):
    answer = client.post("/api/v1/passes", {"campaign": cast.campaign.pk}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "field_missing")
    assert answer.json()["facts"]["field"] == "token"
    assert "token" in answer.json()["say"]["en"]


def test_the_token_of_somebody_elses_pass_is_refused(cast: Cast, client: Client):
    joining = wish(cast)
    join(client, joining)
    other = join(client, joining | {"join_code": cast.unit.join_code})
    assert (other.status_code, other.json()["code"]) == (409, "token_reused")


def test_the_holder_sees_what_stands_with_receipts_that_verify_and_without_grades(
    cast: Cast, client: Client, counter: Counter
):
    walk_pass = new_pass(cast.firm, cast.campaign)
    counter.take(item(walk_pass, serial(cast.entrance, cast.guo, CodeKind.SCREEN)))
    answer = mine(client, walk_pass).json()
    (checkin,) = answer["checkins"]
    assert (checkin["checkpoint"], checkin["at"]) == (cast.entrance.pk, "2021-07-26T01:30:00Z")
    assert "grade" not in checkin
    assert answer["log"] == {"epoch": 1, "size": 1}
    keys = client.get("/api/v1/log/keys").content
    text = client.get("/api/v1/passes/me", headers={"Authorization": f"Pass {token(walk_pass)}"}).content
    start = text.index(b'"receipt":') + len(b'"receipt":')
    receipt = text[start : text.index(b"}}", start) + 2]
    assert receipts.verify_json(receipt, keys) == receipts.Verdict.VALID


def test_what_was_taken_back_is_not_shown_any_more(cast: Cast, client: Client, counter: Counter):
    walk_pass = new_pass(cast.firm, cast.campaign)
    (answer,) = counter.take(item(walk_pass, serial(cast.entrance, cast.guo, CodeKind.SCREEN)))
    take_back(actor=cast.guo, campaign_id=cast.campaign.pk, item_id=answer["id"], reason="误扫", at=DAY)
    assert mine(client, walk_pass).json()["checkins"] == []


def test_a_withdrawn_pass_still_sees_its_own(cast: Cast, client: Client):
    walk_pass = new_pass(cast.firm, cast.campaign)
    withdraw_pass(actor=cast.mei, pass_id=walk_pass.pk, at=DAY)
    assert mine(client, walk_pass).json()["pass"]["withdrawn"] is True


@pytest.mark.parametrize(
    "header", [None, "", "Pass", "Pass ", "Pass short", "Bearer AAAAAAAAAAAAAAAAAAAAAA", "Pass AAAAAAAAAAAAAAAAAAAAAA"]
)
def test_without_a_known_token_nothing_is_told(cast: Cast, client: Client, header: str | None):
    answer = client.get("/api/v1/passes/me", headers={} if header is None else {"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unknown_pass")


def test_more_check_ins_cost_no_more_queries(cast: Cast, client: Client, counter: Counter, django_assert_num_queries):
    walk_pass = new_pass(cast.firm, cast.campaign)
    counter.take(item(walk_pass, serial(cast.entrance, cast.guo, CodeKind.SCREEN)))
    with django_assert_num_queries(6):
        mine(client, walk_pass)
    counter.take(item(walk_pass, serial(cast.hall, cast.guo, CodeKind.SCREEN)))
    with django_assert_num_queries(6):
        assert len(mine(client, walk_pass).json()["checkins"]) == 2


class TestJoinCode:
    """`/j/<code>` on a poster leads to an organisation and the walk that runs."""

    def test_it_leads_to_its_organisation_and_the_campaign_of_the_day(self, cast: Cast, client: Client):
        Campaign.objects.filter(pk=cast.foreign.pk).update(opens_on=DAY.date())
        answer = client.get(f"/api/v1/join/{cast.firm.join_code.lower()}").json()
        assert answer == {
            "campaign": cast.campaign.pk,
            "organisation": {"id": cast.firm.pk, "name": cast.firm.name},
        }

    @pytest.mark.parametrize(("code", "refusal"), [("ZZZZZZ", "unknown_join_code"), ("A%00A", "text_has_nul")])
    def test_one_that_is_nobodys_leads_nowhere(self, cast: Cast, client: Client, code: str, refusal: str):
        assert client.get(f"/api/v1/join/{code}").json()["code"] == refusal

    def test_after_the_last_campaign_there_is_nothing_to_join(self, cast: Cast, client: Client):
        Campaign.objects.filter(pk=cast.campaign.pk).update(closes_on=DAY.date() - timedelta(days=1))
        assert client.get(f"/api/v1/join/{cast.firm.join_code}").json()["code"] == "campaign_over"

    def test_who_tries_them_all_is_told_to_wait(self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("zuji.checkin.limits.Addresses.wait_s", lambda *_: 9)
        answer = client.get(f"/api/v1/join/{cast.firm.join_code}")
        assert (answer.status_code, answer["Retry-After"]) == (429, "9")
        assert answer.json()["code"] == "too_many_requests"


def test_a_retry_storm_of_one_phone_makes_one_pass(live_home: LiveHome):
    joining = wish(live_home.cast)
    start = threading.Barrier(8)

    def send(_: int) -> tuple[int, object]:
        with live_home.client() as phone:
            start.wait()
            answer = phone.post("/api/v1/passes", json=joining)
            return answer.status_code, answer.json()["pass"]["id"]

    with ThreadPoolExecutor(8) as phones:
        answers = set(phones.map(send, range(8)))
    assert len(answers) == 1
    assert answers.pop()[0] == 200


class TestErasing:
    """A holder asks to be forgotten."""

    def test_whoever_holds_the_token_is_forgotten_and_then_unknown(self, cast: Cast, client: Client, counter: Counter):
        walk_pass = new_pass(cast.firm, cast.campaign)
        counter.take(item(walk_pass, serial(cast.entrance, cast.guo, CodeKind.SCREEN)))
        header = {"Authorization": f"Pass {token(walk_pass)}"}
        answer = client.delete("/api/v1/passes/me", headers=header)
        assert (answer.status_code, answer.json()) == (200, {"checkins": 1, "words": 0})
        again = client.delete("/api/v1/passes/me", headers=header)
        assert (again.status_code, again.json()["code"]) == (401, "unknown_pass")
        assert Pass.objects.count() == 1

    def test_all_that_is_kept_of_a_check_in_is_told(self, cast: Cast, client: Client, counter: Counter):
        walk_pass = new_pass(cast.firm, cast.campaign)
        counter.take(item(walk_pass, serial(cast.entrance, cast.guo, CodeKind.SCREEN)))
        answer = mine(client, walk_pass).json()
        (checkin,) = answer["checkins"]
        kept = {name: checkin[name] for name in ("evidence", "fence", "distance_band", "accuracy_band")}
        assert kept == {"evidence": "screen", "fence": "none", "distance_band": "none", "accuracy_band": "none"}
        assert checkin["received_at"] is not None
        assert answer["joined_at"] is not None
