"""The matrix by HTTP: in full, in part or masked by who asks; and live, within a second of an acknowledged check-in."""

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
from tests.checkin.desks import Counter, item, new_pass, serial
from tests.live import LiveHome
from zuji.api.schemas.matrix import Matrix
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Checkpoint, CodeSerial
from zuji.trail.models import Trail

WATCHERS = 25
WITHIN_S = 1.0


@pytest.fixture
def walked(cast: Cast, counter: Counter, morning: None) -> Cast:
    """Four of the firm and one of the unit at the entrance, one of the firm in the hall; each at a site of a trail."""
    lay_trail(cast.activity, [(cast.entrance, site(cast.panyu, "S1")), (cast.hall, site(cast.panyu, "S2"))])
    poster, hall = (serial(place, cast.guo, CodeKind.POSTER) for place in (cast.entrance, cast.hall))
    four = [new_pass(cast.firm, cast.campaign) for _ in range(4)]
    counter.take(*(item(each, poster) for each in four), at=DAY)
    counter.take(item(new_pass(cast.unit, cast.campaign), poster), item(four[0], hall), at=DAY)
    return cast


def matrix(client: Client, cast: Cast):
    document = client.get(f"/api/v1/campaigns/{cast.campaign.pk}/matrix").json()
    Matrix.model_validate(document)
    return document


def delivered(document) -> dict[tuple[int, int], int | str]:
    return {
        (row["id"], cell["checkpoint"]): cell["delivered"] for row in document["organisations"] for cell in row["cells"]
    }


def test_the_office_and_the_steward_see_all_of_it(walked: Cast, as_):
    for account in (walked.mei, walked.tao, walked.guo):
        document = matrix(as_(account), walked)
        assert not document["masked"]
        assert delivered(document) == {
            (walked.firm.pk, walked.entrance.pk): 4,
            (walked.firm.pk, walked.hall.pk): 1,
            (walked.unit.pk, walked.entrance.pk): 1,
        }
        assert document["totals"] == {"checkins": 6, "person_times": 5, "people": 5, "seats": 0}


def test_a_cell_says_how_sure_how_late_and_when(walked: Cast, as_):
    row = next(row for row in matrix(as_(walked.mei), walked)["organisations"] if row["id"] == walked.firm.pk)
    cell = next(cell for cell in row["cells"] if cell["checkpoint"] == walked.entrance.pk)
    assert cell["grades"] == {"A": 0, "B": 0, "C": 4, "D": 0}
    assert (cell["late"], cell["probably"]) == (0, 0)
    assert (cell["last_at"], cell["last_received"]) == ("2021-07-26T01:30:00Z", "2021-07-26T01:30:00Z")
    assert (row["expected"], row["kind"]) == (5, "firm")


def test_a_contact_sees_the_own_organisations_row(walked: Cast, as_):
    document = matrix(as_(walked.lan), walked)
    assert [row["id"] for row in document["organisations"]] == [walked.firm.pk]
    assert document["totals"] == {"checkins": 5, "person_times": 4, "people": 4, "seats": 0}


@pytest.mark.parametrize("who", ["nobody", "qin"])
def test_everybody_else_sees_it_masked(walked: Cast, as_, client: Client, who: str):
    document = matrix(client if who == "nobody" else as_(walked.qin), walked)
    assert document["masked"]
    assert all(isinstance(count, str) or count >= 3 for count in delivered(document).values())
    assert all(
        cell["grades"] is None and cell["last_at"] is None for row in document["organisations"] for cell in row["cells"]
    )
    assert {row["expected"] for row in document["organisations"]} == {None}
    assert document["totals"] == {}
    assert [place["times"] for place in document["checkpoints"]] == [5, 1]


def test_columns_say_where_they_stand(cast: Cast, trail: Trail, as_):
    document = as_(cast.mei).get(f"/api/v1/campaigns/{trail.activity.campaign_id}/matrix").json()
    first = document["checkpoints"][0]
    assert (first["name"]["en"], first["site_short"]) == ("Gate", first["site_short"])
    assert first["site"]["zh"]
    assert first["stop"] == trail.stops.get(order=1).pk


@pytest.mark.parametrize("path", ["matrix", "matrix/stream"])
def test_a_campaign_that_there_is_not_is_not_found(db: None, client: Client, path: str):
    assert client.get(f"/api/v1/campaigns/999999/{path}").json()["code"] == "not_found"


def test_more_organisations_cost_no_more_queries(walked: Cast, counter: Counter, as_, django_assert_num_queries):
    mei = as_(walked.mei)
    with django_assert_num_queries(13):
        matrix(mei, walked)
    poster = serial(walked.hall, walked.guo, CodeKind.POSTER, 2)
    counter.take(item(new_pass(walked.second_firm, walked.campaign), poster))
    with django_assert_num_queries(13):
        assert len(matrix(mei, walked)["organisations"]) == 3


class TestStream:
    """Over a real network, from a home that serves."""

    @pytest.fixture
    def poster(self, live_home: LiveHome) -> CodeSerial:
        live_home.release(DAY)
        with live_home.database():
            number = Checkpoint.objects.count() + 100
            values = {"opens_at": live_home.cast.entrance.opens_at, "closes_at": live_home.cast.entrance.closes_at}
            place = Checkpoint.objects.create(activity=live_home.cast.activity, order=number, **values)
            return serial(place, live_home.cast.guo, CodeKind.POSTER)

    def walkers(self, live_home: LiveHome, count: int) -> list[str]:
        from tests.checkin.desks import token

        with live_home.database():
            return [token(new_pass(live_home.cast.firm, live_home.cast.campaign)) for _ in range(count)]

    def url(self, live_home: LiveHome) -> str:
        return f"/api/v1/campaigns/{live_home.cast.campaign.pk}/matrix/stream"

    def client(self, live_home: LiveHome, **options: object) -> httpx.AsyncClient:
        limits = httpx.Limits(max_connections=None)
        return httpx.AsyncClient(base_url=live_home.origin, limits=limits, timeout=20, trust_env=False, **options)

    def test_an_acknowledged_check_in_is_seen_by_all_within_a_second(self, live_home: LiveHome, poster: CodeSerial):
        (walker,) = self.walkers(live_home, 1)
        cookies = live_home.cookies(live_home.cast.guo)

        async def watch(client: httpx.AsyncClient, ready: asyncio.Semaphore) -> float:
            async with client.stream("GET", self.url(live_home)) as answer:
                assert answer.headers["content-type"] == "text/event-stream"
                async for document in frames(answer):
                    ready.release()
                    if times_at(document, poster.checkpoint_id):
                        return time.monotonic()
            raise AssertionError("the stream ended")

        async def scene() -> list[float]:
            async with self.client(live_home, cookies=cookies) as client:
                ready = asyncio.Semaphore(0)
                watching = [asyncio.create_task(watch(client, ready)) for _ in range(WATCHERS)]
                for _ in range(WATCHERS):
                    await asyncio.wait_for(ready.acquire(), 20)
                answer = await client.post("/api/v1/checkins", json={"items": [item(walker, poster)]})
                assert answer.json()["items"][0]["outcome"] == "accepted"
                acknowledged = time.monotonic()
                return [seen - acknowledged for seen in await asyncio.wait_for(asyncio.gather(*watching), 20)]

        assert max(asyncio.run(scene())) < WITHIN_S

    def test_the_public_stream_is_masked_and_the_stewards_is_not(self, live_home: LiveHome, poster: CodeSerial):
        async def first(**options: object) -> dict[str, Any]:
            async with self.client(live_home, **options) as client, client.stream("GET", self.url(live_home)) as answer:
                return await anext(frames(answer))

        assert asyncio.run(first())["masked"] is True
        assert asyncio.run(first(cookies=live_home.cookies(live_home.cast.guo)))["masked"] is False

    def test_a_flood_makes_at_most_two_frames_a_second(self, live_home: LiveHome, poster: CodeSerial):
        walkers = self.walkers(live_home, 40)

        async def scene() -> tuple[int, float]:
            async with self.client(live_home) as client, client.stream("GET", self.url(live_home)) as answer:
                stream = frames(answer)
                await anext(stream)
                began, count, times = time.monotonic(), 0, 0
                for walker in walkers:
                    await client.post("/api/v1/checkins", json={"items": [item(walker, poster)]})
                while times < len(walkers):
                    times = times_at(await asyncio.wait_for(anext(stream), 5), poster.checkpoint_id)
                    count += 1
                return count, time.monotonic() - began

        count, seconds = asyncio.run(scene())
        assert count <= seconds / 0.5 + 2

    def test_the_server_ends_at_once_though_somebody_watches(self, live_home: LiveHome):
        async def scene() -> float:
            async with self.client(live_home) as client, client.stream("GET", self.url(live_home)) as answer:
                stream = frames(answer)
                await anext(stream)
                began = time.monotonic()
                await asyncio.to_thread(live_home.stop)
                return time.monotonic() - began

        try:
            assert asyncio.run(scene()) < 5
        finally:
            live_home.start()


async def frames(answer: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """The documents of `matrix` events."""
    async for line in answer.aiter_lines():
        if line.startswith("data: {") and line != "data: {}":
            yield json.loads(line.removeprefix("data: "))


def times_at(document: dict[str, Any], checkpoint: int) -> int:
    return next((place["times"] for place in document["checkpoints"] if place["id"] == checkpoint), 0)
