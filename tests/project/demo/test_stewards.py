import asyncio
import json
from datetime import UTC, datetime

import httpx
import pytest

from zuji.checkin import codes
from zuji.checkin.enums import CodeKind
from zuji.core.ids import b64
from zuji.project.demo.stewards import Screen, StewardPhone

NINE = datetime(2021, 7, 26, 1, 0, tzinfo=UTC)
KEY = bytes(range(32))


def answering(answers, seen):
    """A steward's phone before a home that answers by path."""

    def handle(request):
        seen.append(request)
        status, body = answers[request.url.path]
        return httpx.Response(status, json=body)

    http = httpx.AsyncClient(base_url="http://home", transport=httpx.MockTransport(handle), cookies={"csrftoken": "c"})
    return StewardPhone(http)


def test_a_screen_shows_what_the_house_takes_for_genuine():
    code = codes.parse(Screen(12, 3, KEY).code(NINE))
    assert (code.checkpoint, code.kind, code.serial) == (12, CodeKind.SCREEN, 3)
    assert code.step == codes.step_at(NINE.timestamp())
    assert codes.is_genuine(code, KEY)


def test_the_short_code_beside_it_is_of_the_same_step():
    short = codes.parse(Screen(12, 3, KEY).short(NINE))
    step = codes.step_at(NINE.timestamp())
    assert codes.short_step(KEY, short.digits, around=step, steps=0) == step


def test_preparing_a_place_gets_a_screen_and_a_grant_and_proves_to_be_no_stranger():
    seen: list[httpx.Request] = []
    phone = answering(
        {
            "/api/v1/checkpoints/12/screens": (200, {"serial": 3, "key": b64(KEY)}),
            "/api/v1/checkpoints/12/grants": (200, {"code": "12.g1.20210726.mac"}),
        },
        seen,
    )
    asyncio.run(phone.prepare(12))
    assert phone.screens[12] == Screen(12, 3, KEY)
    assert phone.grants[12] == "12.g1.20210726.mac"
    assert {request.headers["X-CSRFToken"] for request in seen} == {"c"}


def test_what_the_home_refuses_is_not_taken_for_done():
    phone = answering({"/api/v1/checkpoints/12/location": (403, {})}, [])
    with pytest.raises(httpx.HTTPStatusError):
        asyncio.run(phone.confirm(12, {"lat": 22.9, "lon": 113.4, "accuracy": 9}))


def test_a_roll_hands_in_what_it_was_given():
    seen: list[httpx.Request] = []
    answers = [{"id": "a", "outcome": "accepted"}]
    phone = answering({"/api/v1/checkpoints/12/rolls": (200, {"items": answers})}, seen)
    assert asyncio.run(phone.enter_roll(12, {"reason": "示例"})) == answers
    assert json.loads(seen[0].content) == {"reason": "示例"}
