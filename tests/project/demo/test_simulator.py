import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from zuji.checkin import codes
from zuji.core.geometry import Point
from zuji.project.demo.phones import Locates, Phone, Scan, Way
from zuji.project.demo.script import Join, Look, Moment, Roll, SamePerson, Send, TakeBack
from zuji.project.demo.simulator import Handout, Simulator, Tally
from zuji.project.demo.stewards import Screen, StewardPhone

NINE = datetime(2021, 7, 26, 1, 0, tzinfo=UTC)
EVE = NINE - timedelta(hours=17)
MINUTE = timedelta(minutes=1)
KEY, OLD_KEY = b"k" * 32, b"o" * 32
PHONE = Phone(0)


class Home:
    """A home that accepts everything, and remembers what was asked of it."""

    def __init__(self):
        self.seen = []
        self.busy = 0

    def handle(self, request):
        body = json.loads(request.content) if request.content else {}
        self.seen.append((request.method, request.url.path.removeprefix("/api/v1"), body))
        if self.busy:
            self.busy -= 1
            return httpx.Response(503, headers={"Retry-After": "0"})
        items = [{"id": item["id"], "outcome": "accepted"} for item in body.get("items", [])]
        return httpx.Response(200, json={"items": items})

    def bodies(self, path):
        return [body for _, asked, body in self.seen if asked == path]


@pytest.fixture
def home():
    return Home()


@pytest.fixture
def simulator(home):
    def client():
        return httpx.AsyncClient(base_url="http://home", transport=httpx.MockTransport(home.handle))

    steward = StewardPhone(client(), {12: Screen(12, 3, KEY)}, {12: "12.g2.20210726.mac"})
    handout = Handout(
        campaign=1,
        eve=EVE,
        checkpoints={0: 12},
        where={0: Point(22.95, 113.43)},
        tokens={0: "token-0", 1: "token-1"},
        join_codes={5: "ABCDEF"},
        posters={0: "12.p1.0.mac"},
        withdrawn={0: "12.p2.0.mac"},
        old_screens={0: Screen(12, 1, OLD_KEY)},
        old_grants={0: "12.g1.20210725.mac"},
    )
    return Simulator(client(), steward, handout, seed=1)


def scan(way=Way.SCREEN, phone=PHONE, number=1):
    return Scan(number, phone, 0, NINE, way)


def play(simulator, *steps):
    asyncio.run(simulator.play(Moment(NINE + MINUTE, steps)))


def code_of(simulator, home, way):
    play(simulator, Send(NINE, (scan(way),)))
    return home.bodies("/checkins")[0]["items"][0]["code"]


def test_a_phone_hands_in_what_it_scanned_with_its_pass_and_where_it_is(simulator, home):
    play(simulator, Send(NINE, (scan(),)))
    (item,) = home.bodies("/checkins")[0]["items"]
    assert (item["pass"], item["code"]) == ("token-0", Screen(12, 3, KEY).code(NINE))
    assert datetime.fromisoformat(item["sent"]) - datetime.fromisoformat(item["at"]) == MINUTE
    assert item["fix"]["lat"] == pytest.approx(22.95, abs=0.01)


@pytest.mark.parametrize(
    ("way", "code"),
    [
        (Way.POSTER, "12.p1.0.mac"),
        (Way.WITHDRAWN, "12.p2.0.mac"),
        (Way.GRANT, "12.g2.20210726.mac"),
        (Way.OLD_GRANT, "12.g1.20210725.mac"),
        (Way.SHORT, Screen(12, 3, KEY).short(NINE)),
        (Way.YESTERDAY, Screen(12, 1, OLD_KEY).code(EVE)),
    ],
)
def test_each_way_hands_in_the_code_that_people_hold(simulator, home, way, code):
    assert code_of(simulator, home, way) == code


def test_a_forged_code_is_not_genuine(simulator, home):
    forged = codes.parse(code_of(simulator, home, Way.FORGED))
    assert forged.checkpoint == 12
    assert not codes.is_genuine(forged, KEY)


def test_a_wrong_short_code_is_of_no_step_near(simulator, home):
    wrong = codes.parse(code_of(simulator, home, Way.WRONG_SHORT))
    assert codes.short_step(KEY, wrong.digits, around=codes.step_at(NINE.timestamp()), steps=20) is None


def test_handing_in_again_is_handing_in_the_same(simulator, home):
    play(simulator, Send(NINE, (scan(),)), Send(NINE, (scan(),)))
    first, second = (body["items"][0]["id"] for body in home.bodies("/checkins"))
    assert first == second
    play(simulator, Send(NINE, (scan(number=2),)))
    assert home.bodies("/checkins")[2]["items"][0]["id"] != first


def test_a_storm_is_the_same_request_many_times(simulator, home):
    play(simulator, Send(NINE, (scan(),), copies=40))
    bodies = [json.dumps(body) for body in home.bodies("/checkins")]
    assert (len(bodies), len(set(bodies))) == (40, 1)


def test_a_busy_home_is_asked_again(simulator, home):
    home.busy = 2
    play(simulator, Send(NINE, (scan(),)))
    assert len(home.bodies("/checkins")) == 3
    assert simulator.tally.outcomes["accepted"] == 1


def test_a_home_that_stays_busy_ends_the_play(simulator, home):
    home.busy = 99
    with pytest.raises(httpx.HTTPStatusError):
        play(simulator, Send(NINE, (scan(),)))


def test_a_phone_that_joins_keeps_the_token_that_it_drew(simulator, home):
    phone = Phone(7, locates=Locates.REFUSED)
    play(simulator, Send(NINE, (scan(phone=phone),)), Join(NINE, phone, 5), Send(NINE, (scan(phone=phone),)))
    paths = [path for _, path, _ in home.seen]
    joined = home.bodies("/passes")[0]
    assert paths == ["/checkins", "/passes", "/checkins"]
    assert (joined["join_code"], joined["campaign"]) == ("ABCDEF", 1)
    assert {body["items"][0]["pass"] for body in home.bodies("/checkins")} == {joined["token"]}


def test_a_phone_that_looks_asks_for_the_walk_and_its_own_pass(simulator, home):
    play(simulator, Look(NINE, PHONE, 0))
    assert [path for _, path, _ in home.seen] == ["/walks/by-checkpoint/12", "/passes/me"]


def test_a_steward_enters_a_roll_with_passes_and_seats(simulator, home):
    play(simulator, Roll(NINE, 0, (PHONE,), 9, 6))
    (roll,) = home.bodies("/checkpoints/12/rolls")
    assert (roll["passes"], roll["seats"]) == (["token-0"], [{"organisation": 9, "count": 6}])
    assert roll["reason"].startswith("示例")


def test_a_steward_takes_back_the_very_item_that_was_handed_in(simulator, home):
    play(simulator, Send(NINE, (scan(),)))
    play(simulator, TakeBack(NINE, scan()))
    item = home.bodies("/checkins")[0]["items"][0]["id"]
    assert home.seen[-1][1] == f"/checkins/1/{item}/take-back"


def test_the_office_is_told_both_passes_of_one_person(simulator):
    play(simulator, SamePerson(NINE, Phone(0), Phone(1)))
    assert simulator.same == [("token-0", "token-1")]


def test_different_phones_are_played_at_the_same_time_and_one_phones_steps_in_turn(simulator, home):
    other = Phone(1)
    play(simulator, Look(NINE, PHONE, 0), Send(NINE, (scan(phone=other, number=2),)), Send(NINE, (scan(),)))
    own = [path for _, path, body in home.seen if "items" not in body or body["items"][0]["pass"] == "token-0"]
    assert own == ["/walks/by-checkpoint/12", "/passes/me", "/checkins"]
    assert len(home.bodies("/checkins")) == 2


def test_a_final_answer_that_changes_is_noticed():
    tally = Tally()
    for outcome in ("accepted", "accepted", "already"):
        tally.take({"id": "a", "outcome": outcome})
    assert tally.changed == 1


def test_an_unknown_pass_may_become_known():
    tally = Tally()
    tally.take({"id": "a", "outcome": "refused", "code": "unknown_pass"})
    tally.take({"id": "a", "outcome": "accepted", "code": None})
    assert tally.changed == 0
    assert tally.outcomes == {"unknown_pass": 1, "accepted": 1}
