"""A wall by HTTP: the same for everybody, live within a second, and never a word of one or two people."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from django.test import Client

from tests.briefing.walk import lay_trail, site
from tests.cast import DAY, Cast
from tests.checkin.desks import item, new_pass, serial, token
from tests.live import LiveHome
from zuji.api.schemas.wall import Wall
from zuji.api.watching import WALL, boards, frame
from zuji.checkin.enums import CodeKind
from zuji.checkin.live import Topic
from zuji.trail.models import Trail

WITHIN_S = 1.0


@pytest.fixture(autouse=True)
def no_boards():
    """What another test's home showed is not this one's."""
    boards.clear()


@pytest.fixture
def walked(cast: Cast, counter, morning: None) -> Cast:
    """Four of the firm and one of the unit at the first site, one of the firm at the second."""
    lay_trail(cast.activity, [(cast.entrance, site(cast.panyu, "S1")), (cast.hall, site(cast.panyu, "S2"))])
    Trail.objects.update(opened_at=DAY)
    poster, hall = (serial(place, cast.guo, CodeKind.POSTER) for place in (cast.entrance, cast.hall))
    four = [new_pass(cast.firm, cast.campaign) for _ in range(4)]
    counter.take(*(item(each, poster) for each in four), at=DAY)
    counter.take(item(new_pass(cast.unit, cast.campaign), poster), item(four[0], hall), at=DAY)
    return cast


def wall(client: Client, cast: Cast) -> dict[str, Any]:
    document = client.get(f"/api/v1/campaigns/{cast.campaign.pk}/wall").json()
    Wall.model_validate(document)
    return document


@pytest.mark.parametrize("who", ["nobody", "qin", "lan", "guo", "mei"])
def test_everybody_sees_the_same_whoever_is_signed_in(walked: Cast, as_, client: Client, who: str):
    document = wall(client if who == "nobody" else as_(getattr(walked, who)), walked)
    assert [(row["name"], row["cells"]) for row in document["rows"]] == [
        ("木棉数科", ["…", "<3"]),
        ("共建单位甲", ["<3", "<3"]),
    ]
    assert [(each["here"], each["leaving"]) for each in document["stations"]] == [(5, 4), ("<3", 0)]
    assert document["totals"]["people"]["value"] == 4


def test_no_instant_but_the_last_and_no_name_of_a_person_is_told(walked: Cast, client: Client):
    text = json.dumps(wall(client, walked), ensure_ascii=False)
    for secret in ("grade", "Mei", "Guo", "nickname", "pass_id", "receipt"):
        assert secret not in text


@pytest.mark.parametrize("path", ["wall", "wall/stream"])
def test_a_campaign_that_there_is_not_is_not_found(db: None, client: Client, path: str):
    answer = client.get(f"/api/v1/campaigns/999999/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_an_event_is_one_line_of_what_the_route_answers(walked: Cast, client: Client):
    made = frame(Topic(walked.campaign.pk, WALL))
    assert made.event.startswith(b"event: wall\ndata: {")
    assert made.event.endswith(b"}\n\n")
    assert made.event.count(b"\n") == 3
    event = json.loads(made.event.removeprefix(b"event: wall\ndata: "))
    assert event["rows"] == wall(client, walked)["rows"]


class TestStream:
    """Over a real network, from a home that serves."""

    def url(self, home: LiveHome) -> str:
        return f"/api/v1/campaigns/{home.cast.campaign.pk}/wall/stream"

    def test_an_acknowledged_check_in_is_on_the_wall_within_a_second(self, live_home: LiveHome):
        live_home.release(DAY)
        with live_home.database():
            poster = serial(live_home.cast.entrance, live_home.cast.guo, CodeKind.POSTER, 900)
            walkers = [token(new_pass(live_home.cast.firm, live_home.cast.campaign)) for _ in range(4)]

        async def scene() -> float:
            async with (
                httpx.AsyncClient(base_url=live_home.origin, timeout=15, trust_env=False) as client,
                client.stream("GET", self.url(live_home)) as answer,
            ):

                async def check_in(walker: str) -> None:
                    answered = await client.post("/api/v1/checkins", json={"items": [item(walker, poster)]})
                    assert answered.json()["items"][0]["outcome"] == "accepted"

                stream, times = frames(answer), 0
                # the first three make it a number that is told
                for walker in walkers[:3]:
                    await check_in(walker)
                while not isinstance(times, int) or times < 3:
                    times = (await asyncio.wait_for(anext(stream), 5))["times"]
                await asyncio.sleep(1)
                await check_in(walkers[3])
                began, before = time.monotonic(), times
                while times <= before:
                    times = (await asyncio.wait_for(anext(stream), 5))["times"]
                return time.monotonic() - began

        assert asyncio.run(scene()) <= WITHIN_S


async def frames(answer: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """The frames of a stream, without its pings."""
    is_wall = False
    async for line in answer.aiter_lines():
        if line.startswith("event: "):
            is_wall = line == "event: wall"
        elif line.startswith("data: ") and is_wall:
            yield json.loads(line.removeprefix("data: "))
