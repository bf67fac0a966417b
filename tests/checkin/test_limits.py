"""Who must wait, by a clock that the test holds."""

import pytest

from zuji.checkin import limits
from zuji.checkin.limits import Addresses, Guesses, Windows


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_an_address_waits_until_its_minute_is_over(clock):
    addresses = Addresses(10, clock=clock)
    assert addresses.wait_s("10.0.0.1", 10) == 0
    clock.now += 20
    assert addresses.wait_s("10.0.0.1", 1) == 41
    assert addresses.wait_s("10.0.0.2", 10) == 0
    clock.now += 40
    assert addresses.wait_s("10.0.0.1", 10) == 0


def test_what_is_turned_away_is_not_counted(clock):
    addresses = Addresses(10, clock=clock)
    assert addresses.wait_s("10.0.0.1", 11) > 0
    assert addresses.wait_s("10.0.0.1", 10) == 0


@pytest.mark.parametrize(("limit", "address"), [(0, "10.0.0.1"), (1, "127.0.0.1"), (1, "::1")])
def test_no_limit_and_this_machine_itself_wait_for_nothing(limit, address, clock):
    assert Addresses(limit, clock=clock).wait_s(address, 50) == 0


def test_five_wrong_guesses_make_both_wait_for_the_rest_of_the_minute(clock):
    guesses = Guesses(clock=clock)
    for _ in range(5):
        assert guesses.wait_s(("pass", "address")) == 0
        guesses.wrong(("pass", "address"))
        clock.now += 1
    assert guesses.wait_s(("pass", "other")) == guesses.wait_s(("other", "address")) == 56
    assert guesses.wait_s(("other",)) == 0
    clock.now += 55
    assert guesses.wait_s(("pass", "address")) == 0


def test_only_so_many_keys_are_kept(clock, monkeypatch):
    monkeypatch.setattr(limits, "KEYS_KEPT", 3)
    windows = Windows(clock)
    for key in "abcd":
        windows.add(key, 1)
    assert [windows.count(key) for key in "abcd"] == [0, 1, 1, 1]
