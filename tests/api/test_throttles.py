"""How much one address may ask in a minute."""

import pytest
from django.test import RequestFactory

from zuji.api.throttles import PerAddress
from zuji.checkin import limits


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    clock = [0.0]
    windows = limits.Windows
    monkeypatch.setattr(limits, "Windows", lambda _: windows(lambda: clock[0]))
    return clock


def asked_from(address: str):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def test_an_address_that_asks_too_often_waits_until_its_minute_is_over(now: list[float]):
    throttle = PerAddress(2)
    assert [throttle.allow_request(asked_from("10.0.0.1")) for _ in range(3)] == [True, True, False]
    assert 0 < throttle.wait() <= 61
    now[0] += throttle.wait()
    assert throttle.allow_request(asked_from("10.0.0.1"))


def test_it_holds_up_nobody_else(now: list[float]):
    throttle = PerAddress(1)
    assert throttle.allow_request(asked_from("10.0.0.1"))
    assert not throttle.allow_request(asked_from("10.0.0.1"))
    assert throttle.allow_request(asked_from("10.0.0.2"))
