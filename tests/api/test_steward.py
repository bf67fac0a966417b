"""A steward's phone: codes that work offline, scanned passes, rolls, the place on the spot, and taking back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import DAY, PLACE, Cast
from tests.checkin.desks import Counter, item, new_pass, outcomes, serial, token
from tests.trail.files import TRAIL
from zuji.checkin import codes
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Checkpoint, CodeSerial, Item
from zuji.core.ids import b64, new_token, unb64

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def guo(cast: Cast, as_) -> Client:
    client: Client = as_(cast.guo)
    return client


def post(client: Client, path: str, **data: object):
    return client.post(f"/api/v1{path}", data, content_type="application/json")


def at(place: Checkpoint, what: str) -> str:
    return f"/checkpoints/{place.pk}/{what}"


class TestDesk:
    """What one is on duty for."""

    def test_it_lists_the_checkpoints_with_their_day_and_state(self, cast: Cast, guo: Client):
        desk = guo.get("/api/v1/steward").json()
        assert (desk["steward"]["name"], desk["now"]) == ("Guo", "2021-07-26T01:30:00Z")
        first = desk["checkpoints"][0]
        assert first["id"] == cast.entrance.pk
        assert (first["day"], first["coord_status"], first["site"]) == ("2021-07-26", "confirmed", None)

    def test_a_checkpoint_on_a_trail_says_at_which_site(self, cast: Cast, take, as_):
        trail = take(TRAIL)
        shown = as_(cast.tao).get("/api/v1/steward").json()["checkpoints"]
        sites = {place["site"]["zh"] for place in shown if place["campaign"] == trail.activity.campaign_id}
        assert len(sites) == 2

    def test_what_ended_over_a_week_ago_is_not_listed(self, cast: Cast, guo: Client):
        old = {"opens_at": DAY - timedelta(days=9), "closes_at": DAY - timedelta(days=8)}
        Checkpoint.objects.filter(pk=cast.hall.pk).update(**old)
        assert [place["id"] for place in guo.get("/api/v1/steward").json()["checkpoints"]] == [cast.entrance.pk]

    def test_one_checkpoint_costs_as_many_queries_as_three(self, cast: Cast, guo: Client, django_assert_num_queries):
        Checkpoint.objects.filter(pk=cast.hall.pk).delete()
        with django_assert_num_queries(6):
            guo.get("/api/v1/steward")
        for order in (3, 4):
            values = {"opens_at": cast.entrance.opens_at, "closes_at": cast.entrance.closes_at}
            Checkpoint.objects.create(activity=cast.activity, order=order, **values)
        with django_assert_num_queries(6):
            assert len(guo.get("/api/v1/steward").json()["checkpoints"]) == 3


class TestScreen:
    """A screen gets a day's key and shows codes without network."""

    def test_its_key_makes_codes_that_check_in(self, cast: Cast, guo: Client, counter: Counter):
        screen = post(guo, at(cast.entrance, "screens"), screen=str(uuid4())).json()
        assert (screen["day"], screen["step_s"]) == ("2021-07-26", 15)
        assert (screen["from"], screen["until"]) == ("2021-07-26T00:00:00+08:00", "2021-07-27T00:00:00+08:00")
        over = f"{screen['prefix']}.{codes.step_at(DAY.timestamp())}"
        code = f"{over}.{codes.mac(unb64(screen['key']), over)}"
        (answer,) = counter.take(item(new_pass(cast.firm, cast.campaign), code))
        assert (answer["outcome"], answer["grade"]) == ("accepted", "B")

    def test_the_same_screen_gets_the_same_serial_and_another_one_another(self, cast: Cast, guo: Client):
        screen = str(uuid4())
        serials = [post(guo, at(cast.entrance, "screens"), screen=which).json()["serial"] for which in (screen, screen)]
        assert serials == [1, 1]
        assert post(guo, at(cast.entrance, "screens")).json()["serial"] == 2

    def test_its_server_time_is_the_homes_clock(self, cast: Cast, guo: Client):
        assert post(guo, at(cast.entrance, "screens")).json()["server_time"] == "2021-07-26T01:30:00Z"


class TestGrant:
    """A code of one's own, by which scanned passes are checked in."""

    def test_it_checks_a_scanned_pass_in_until_it_is_withdrawn(self, cast: Cast, guo: Client, counter: Counter):
        grant = post(guo, at(cast.entrance, "grants")).json()
        first, second = (new_pass(cast.firm, cast.campaign) for _ in range(2))
        assert outcomes(counter.take(item(first, grant["code"]))) == ["accepted"]
        assert post(guo, f"/grants/{grant['id']}/withdraw").status_code == 200
        assert outcomes(Counter().take(item(second, grant["code"]))) == ["withdrawn_code"]

    def test_somebody_elses_is_not_ones_own_to_withdraw(self, cast: Cast, guo: Client):
        other = serial(cast.entrance, cast.tao, CodeKind.GRANT)
        assert post(guo, f"/grants/{other.pk}/withdraw").json()["code"] == "forbidden"
        assert CodeSerial.objects.get(pk=other.pk).withdrawn_at is None


class TestArrivals:
    """Who is there already."""

    def test_it_counts_by_organisation_and_group(self, cast: Cast, guo: Client, counter: Counter):
        came, missing = (new_pass(cast.firm, cast.campaign, group="一组") for _ in range(2))
        new_pass(cast.unit, cast.campaign)
        counter.take(item(came, serial(cast.entrance, cast.guo, CodeKind.POSTER)), at=DAY)
        arrivals = guo.get(f"/api/v1{at(cast.entrance, 'arrivals')}").json()
        assert (arrivals["expected"], arrivals["arrived"], arrivals["probably"]) == (3, 1, 0)
        assert arrivals["last_received"] == "2021-07-26T01:30:00Z"
        groups = {(each["name"], each["group"]): (each["arrived"], each["expected"]) for each in arrivals["groups"]}
        assert groups == {(cast.firm.name, "一组"): (1, 2), (cast.unit.name, None): (0, 1)}
        roster = guo.get(f"/api/v1{at(cast.entrance, 'roster')}").json()
        assert {each["pass"]: each["arrived"] for each in roster}[came.pk] is True
        assert {each["pass"]: each["arrived"] for each in roster}[missing.pk] is False

    def test_a_contact_ticks_the_own_people_only(self, cast: Cast, as_):
        own = new_pass(cast.firm, cast.campaign)
        new_pass(cast.unit, cast.campaign)
        roster = as_(cast.lan).get(f"/api/v1{at(cast.entrance, 'roster')}").json()
        assert [each["pass"] for each in roster] == [own.pk]

    def test_three_on_the_roster_cost_as_many_queries_as_one(self, cast: Cast, guo: Client, django_assert_num_queries):
        for passes in (1, 3):
            for _ in range(passes - Item.objects.count()):
                new_pass(cast.firm, cast.campaign)
            with django_assert_num_queries(11):
                guo.get(f"/api/v1{at(cast.entrance, 'roster')}")


class TestRoll:
    """Those who were there, entered afterwards."""

    def roll(self, **changes: object) -> dict[str, Any]:
        return {"id": str(uuid4()), "reason": "手机没电", "passes": [], "seats": []} | changes

    def test_ticked_and_scanned_passes_and_a_head_count_are_counted(self, cast: Cast, guo: Client):
        ticked, scanned = (new_pass(cast.firm, cast.campaign) for _ in range(2))
        seats = [{"organisation": cast.unit.pk, "count": 12}]
        answer = post(
            guo, at(cast.entrance, "rolls"), **self.roll(passes=[ticked.pk, token(scanned)], seats=seats)
        ).json()
        assert outcomes(answer["items"]) == ["accepted"] * 3
        assert {answer["grade"] for answer in answer["items"]} == {"D"}
        assert sorted(Item.objects.values_list("seats", flat=True)) == [1, 1, 12]

    def test_sent_again_it_is_the_same_roll(self, cast: Cast, guo: Client):
        roll = self.roll(passes=[new_pass(cast.firm, cast.campaign).pk])
        answers = [post(guo, at(cast.entrance, "rolls"), **roll).json() for _ in range(2)]
        assert answers[0] == answers[1]
        assert Item.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "status", "code"),
        [
            ({}, 422, "roll_empty"),
            ({"reason": ""}, 422, "invalid"),
            ({"reason": "a\0b", "passes": [1]}, 422, "text_has_nul"),
            ({"reason": "   ", "seats": [{"organisation": 1, "count": 1}]}, 422, "reason_missing"),
            ({"passes": ["x"]}, 422, "invalid"),
            ({"passes": [b64(new_token())]}, 404, "not_found"),
            ({"passes": [999_999]}, 404, "not_found"),
            ({"at": "2021-07-26T09:00:00"}, 422, "invalid"),
            ({"seats": [{"organisation": 1, "count": 0}]}, 422, "invalid"),
            ({"id": "12"}, 422, "invalid"),
        ],
    )
    def test_one_that_makes_no_sense_is_refused(
        self, cast: Cast, guo: Client, changes: dict[str, object], status: int, code: str
    ):
        answer = post(guo, at(cast.entrance, "rolls"), **self.roll(**changes))
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert not Item.objects.exists()


class TestLocation:
    """Said on the spot."""

    def test_it_moves_the_checkpoint_and_says_how_far(self, cast: Cast, guo: Client):
        there = {"lat": PLACE[0] + 0.0005, "lon": PLACE[1], "accuracy": 12, "datum": "wgs84"}
        assert post(guo, at(cast.entrance, "location"), **there).json() == {"coord_status": "confirmed", "moved_m": 56}

    @pytest.mark.parametrize(
        "change", [{"lat": 91}, {"lon": -181}, {"accuracy": -1}, {"datum": "bd09"}, {"lat": "north"}, {"lat": None}]
    )
    def test_an_impossible_place_is_refused_by_field(self, cast: Cast, guo: Client, change: dict[str, object]):
        there = {"lat": 22.9, "lon": 113.4, "accuracy": 12} | change
        answer = post(guo, at(cast.entrance, "location"), **there)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        assert answer.json()["facts"]["field"] in change

    def test_a_vague_reading_confirms_nothing(self, cast: Cast, guo: Client):
        there = {"lat": 22.9, "lon": 113.4, "accuracy": 300}
        assert post(guo, at(cast.entrance, "location"), **there).json()["code"] == "location_too_vague"


class TestTakeBack:
    """A check-in that was none."""

    def test_it_counts_no_longer_and_only_once(self, cast: Cast, guo: Client, counter: Counter):
        walker, poster = new_pass(cast.firm, cast.campaign), serial(cast.entrance, cast.guo, CodeKind.POSTER)
        (answer,) = counter.take(item(walker, poster))
        path = f"/checkins/{cast.campaign.pk}/{answer['id']}/take-back"
        assert post(guo, path, reason="误扫").json() == {"state": "taken_back"}
        assert post(guo, path, reason="误扫").json()["code"] == "already_taken_back"

    def test_one_that_there_is_not_is_not_found(self, cast: Cast, guo: Client):
        assert post(guo, f"/checkins/{cast.campaign.pk}/{uuid4()}/take-back", reason="误扫").status_code == 404


class TestMe:
    """Who is signed in."""

    def test_it_says_name_roles_in_words_and_the_token_for_writing(self, cast: Cast, guo: Client):
        me = guo.get("/api/v1/me").json()
        assert (me["name"], me["username"]) == ("Guo", "guo")
        assert me["roles"] == [{"role": "steward", "name": {"zh": "工作人员", "en": "Steward"}}]
        assert "show_codes" in me["rights"]
        assert me["csrf"]

    def test_nobody_is_told_to_sign_in(self, db: None, client: Client):
        answer = client.get("/api/v1/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")


def test_a_write_without_this_homes_own_token_is_refused(cast: Cast, guo: Client):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = guo.cookies
    answer = strict.post(f"/api/v1{at(cast.entrance, 'grants')}", {}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    assert not CodeSerial.objects.exists()
    strict.cookies["csrftoken"] = "a" * 32
    allowed = strict.post(
        f"/api/v1{at(cast.entrance, 'grants')}", {}, content_type="application/json", headers={"X-CSRFToken": "a" * 32}
    )
    assert allowed.status_code == 200
