"""The check-in route: the same answers with and without the short way, whatever is sent."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import DAY, Cast
from tests.checkin.desks import Counter, code, item, new_pass, outcomes, serial
from tests.live import LiveHome
from zuji.checkin import actions
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Checkpoint, CodeSerial, Item, Pass, UnknownPassCount
from zuji.core.ids import b64, new_token, uuid7

URL = "/api/v1/checkins"


@pytest.fixture
def walker(cast: Cast) -> Pass:
    return new_pass(cast.firm, cast.campaign)


@pytest.fixture
def poster(cast: Cast) -> CodeSerial:
    return serial(cast.entrance, cast.guo, CodeKind.POSTER)


def hand_in(client: Client, *items: object):
    return client.post(URL, {"items": list(items)}, content_type="application/json")


@pytest.mark.usefixtures("morning")
class TestItems:
    """Each stands alone."""

    def test_a_good_one_is_accepted_with_its_receipt_and_the_end_of_the_log(
        self, client: Client, walker: Pass, poster: CodeSerial
    ):
        answer = hand_in(client, item(walker, poster))
        body = answer.json()
        assert (answer.status_code, body["server_time"]) == (200, "2021-07-26T01:30:00+00:00")
        assert body["log"] == {"epoch": 1, "size": 1}
        (outcome,) = body["items"]
        assert (outcome["index"], outcome["outcome"], outcome["grade"]) == (0, "accepted", "C")
        assert outcome["receipt"]["fields"]["id"] == outcome["id"]

    def test_two_of_one_pass_at_one_checkpoint_count_once_also_within_a_batch(
        self, client: Client, walker: Pass, poster: CodeSerial
    ):
        first, second = hand_in(client, item(walker, poster), item(walker, poster)).json()["items"]
        assert (first["outcome"], second["outcome"]) == ("accepted", "already")
        assert second["first_id"] == first["id"]

    def test_sent_again_it_gets_the_same_outcome(self, client: Client, walker: Pass, poster: CodeSerial):
        one = item(walker, poster)
        assert hand_in(client, one).json()["items"] == hand_in(client, one).json()["items"]
        assert Item.objects.count() == 1

    def test_an_id_with_other_content_learns_nothing_of_the_first(
        self, client: Client, walker: Pass, cast: Cast, poster: CodeSerial
    ):
        one = item(walker, poster)
        hand_in(client, one)
        other = one | {"code": code(serial(cast.hall, cast.guo, CodeKind.POSTER))}
        (answer,) = hand_in(client, other).json()["items"]
        assert (answer["code"], answer.get("first_id"), answer.get("receipt")) == ("id_reused", None, None)

    def test_bad_ones_lose_nothing_that_was_good(self, client: Client, walker: Pass, poster: CodeSerial):
        good = item(walker, poster)
        answers = hand_in(client, {}, good, "x", None, 7, [], item(walker, "nonsense")).json()["items"]
        assert [answer["index"] for answer in answers] == list(range(7))
        assert [answer["outcome"] for answer in answers].count("accepted") == 1
        assert answers[1]["outcome"] == "accepted"


@pytest.fixture
def bad(cast: Cast, walker: Pass, poster: CodeSerial) -> dict[str, dict[str, Any]]:
    """One bad item of each kind, by the code that it must get."""
    foreign = new_pass(cast.firm, cast.foreign)
    withdrawn = new_pass(cast.firm, cast.campaign)
    actions.withdraw_pass(actor=cast.mei, pass_id=withdrawn.pk, at=DAY)
    gone = serial(cast.entrance, cast.guo, CodeKind.POSTER, 2)
    actions.withdraw_serial(actor=cast.guo, serial_id=gone.pk, at=DAY)
    screen = serial(cast.entrance, cast.guo, CodeKind.SCREEN)
    closed = Checkpoint.objects.create(activity=cast.activity, order=3, **_window(-5, -3))
    soon = Checkpoint.objects.create(activity=cast.activity, order=4, **_window(3, 5))
    good = code(poster)
    return {
        "unknown_pass": item(b64(new_token()), poster),
        "foreign_pass": item(foreign, poster),
        "withdrawn_pass": item(withdrawn, poster),
        "forged_code": item(walker, good[:-1] + ("A" if good[-1] != "A" else "B")),
        "withdrawn_code": item(walker, gone),
        "old_code": item(
            walker, code(serial(cast.entrance, cast.guo, CodeKind.GRANT, day=DAY.date() - timedelta(days=1)))
        ),
        "unreadable_code": item(walker, "12.p1"),
        "unknown_checkpoint": item(walker, "999999.p1.0.AAAAAAAAAAA"),
        "wrong_short_code": item(walker, f"{screen.checkpoint_id}.short.ZZZZZZ"),
        "checkpoint_closed": item(walker, serial(closed, cast.guo, CodeKind.POSTER)),
        "checkpoint_not_open": item(walker, serial(soon, cast.guo, CodeKind.POSTER)),
        "impossible_place": item(walker, poster, fix={"lat": 91, "lon": 0, "accuracy": 1, "datum": "wgs84"}),
        "bad_time": item(walker, poster) | {"sent": "yesterday"},
        "bad_text": item(walker, f"{good}\0"),
        "bad_item": {"id": str(uuid7(DAY)), "pass": 12, "code": good},
        "bad_id": item(walker, poster, id="12"),
    }


def _window(opens: int, closes: int) -> dict[str, Any]:
    hours = {"opens_at": DAY + timedelta(hours=opens), "closes_at": DAY + timedelta(hours=closes)}
    return {"name_zh": "门", "name_en": "Gate"} | hours


@pytest.mark.usefixtures("morning")
class TestBadInput:
    """Each case has a code and words, and loses nothing that was good."""

    def test_each_bad_item_gets_its_code_and_words_beside_a_good_one(
        self, bad: dict[str, dict[str, Any]], client: Client, walker: Pass, poster: CodeSerial
    ):
        answers = hand_in(client, *bad.values(), item(walker, poster)).json()["items"]
        assert outcomes(answers) == [*bad, "accepted"]
        for answer in answers[:-1]:
            assert set(answer["say"]) == {"zh", "en"}
            assert all(words and not words.startswith("refusal.") for words in answer["say"].values())

    def test_unknown_passes_are_counted_and_not_kept(self, bad: dict[str, dict[str, Any]], client: Client):
        hand_in(client, bad["unknown_pass"])
        assert not Item.objects.exists()
        assert UnknownPassCount.objects.get().items == 1

    @pytest.mark.parametrize("years", [-30, 30])
    def test_a_clock_that_is_wrong_by_years_refuses_nobody(
        self, client: Client, walker: Pass, poster: CodeSerial, years: int
    ):
        wrong = DAY.replace(year=DAY.year + years).isoformat()
        (answer,) = hand_in(client, item(walker, poster) | {"at": wrong, "sent": wrong}).json()["items"]
        assert answer["outcome"] == "accepted"
        assert Item.objects.get().at == DAY

    @pytest.mark.parametrize(
        ("body", "status", "refusal"),
        [
            (b"", 400, "not_a_list"),
            (b"{", 400, "not_a_list"),
            (b"[]", 400, "not_a_list"),
            (b'{"items": {}}', 400, "not_a_list"),
            (b'{"items": []}', 400, "not_a_list"),
            (b'{"items": "\xff"}', 400, "not_a_list"),
            (json.dumps({"items": [{}] * 51}).encode(), 413, "too_many_items"),
            (b'{"items": ["' + b"x" * 65_536 + b'"]}', 413, "too_many_items"),
        ],
    )
    def test_what_is_no_list_of_items_is_refused_as_a_whole(
        self, db: None, client: Client, body: bytes, status: int, refusal: str
    ):
        answer = client.post(URL, body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (status, refusal)
        assert set(answer.json()["say"]) == {"zh", "en"}


class TestShortWay:
    """A served home answers before Django is asked, and answers the same."""

    @pytest.fixture
    def served(self, live_home: LiveHome):
        with live_home.database():
            cast = live_home.cast
            number = Checkpoint.objects.count() + 10
            place = Checkpoint.objects.create(activity=cast.activity, order=number, **_window(-1, 3))
            made = serial(place, cast.guo, CodeKind.POSTER), new_pass(cast.firm, cast.campaign)
        live_home.release(DAY)
        return made

    def test_it_takes_items_and_gives_receipts(self, live_home: LiveHome, served: tuple[CodeSerial, Pass]):
        poster, walker = served
        one = item(walker, poster)
        with live_home.client() as client:
            first = client.post(URL, json={"items": [one]}).json()["items"]
            again = client.post(URL, json={"items": [one]}).json()["items"]
        assert first == again
        assert outcomes(first) == ["accepted"]

    @pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b'{"items": [' + b"1," * 50 + b"1]}", 413)])
    def test_it_refuses_a_whole_request_as_django_does(
        self, live_home: LiveHome, client: Client, db: None, body: bytes, status: int
    ):
        with live_home.client() as short:
            by_short_way = short.post(URL, content=body)
        by_django = client.post(URL, body, content_type="application/json")
        assert by_short_way.status_code == by_django.status_code == status
        assert by_short_way.json() == by_django.json()

    def test_any_other_method_is_djangos(self, live_home: LiveHome):
        with live_home.client() as client:
            assert client.get(URL).status_code == 405

    def test_the_two_ways_agree_on_what_was_stored(self, live_home: LiveHome, served: tuple[CodeSerial, Pass]):
        poster, walker = served
        one = item(walker, poster)
        with live_home.client() as client:
            (by_short_way,) = client.post(URL, json={"items": [one]}).json()["items"]
        with live_home.database():
            (by_django,) = Counter().take(one)
        assert by_short_way == {"index": 0} | by_django


def test_an_id_is_a_phones_own_and_any_uuid_will_do(db: None, cast: Cast, client: Client, morning: None):
    walker, poster = new_pass(cast.firm, cast.campaign), serial(cast.entrance, cast.guo, CodeKind.POSTER)
    (answer,) = hand_in(client, item(walker, poster, id=str(uuid4()).upper())).json()["items"]
    assert answer["outcome"] == "accepted"
