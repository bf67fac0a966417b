from collections.abc import Callable

import pytest

from zuji.core.pace import SOON_S, Pace, Paced


class Maker:
    """A clock, and a value that takes some of it to make."""

    def __init__(self, cost_s: float = 0.0) -> None:
        self.now, self.cost_s, self.made = 100.0, cost_s, 0

    def clock(self) -> float:
        return self.now

    def __call__(self) -> int:
        self.made += 1
        self.now += self.cost_s
        return self.made


def test_what_did_not_change_is_made_once():
    maker = Maker()
    pace = Pace[int](now=maker.clock)
    assert [pace.get("a", maker) for _ in range(3)] == [Paced(1)] * 3


def test_what_is_cheap_is_made_anew_at_every_change():
    maker = Maker()
    pace = Pace[int](now=maker.clock)
    assert [pace.get(sign, maker).value for sign in "abba"] == [1, 2, 2, 3]


def test_what_is_dear_waits_for_its_turn_and_says_how_long():
    maker = Maker(cost_s=0.2)
    pace = Pace[int](share=0.1, now=maker.clock)
    assert pace.get("a", maker) == Paced(1)
    value, again_s = pace.get("b", maker)
    assert (value, maker.made) == (1, 1)
    assert again_s == pytest.approx(1.8)
    maker.now += 1.9
    assert pace.get("b", maker) == Paced(2)


@pytest.mark.parametrize("cost_s", [0.05, 0.3, 2.0])
def test_making_takes_no_more_than_its_share_however_often_one_asks(cost_s):
    maker = Maker(cost_s)
    pace = Pace[int](share=0.1, now=maker.clock)
    began = maker.now
    for sign in range(20_000):
        pace.get(sign, maker)
        maker.now += 0.01
    assert maker.made * cost_s <= 0.1 * (maker.now - began) + cost_s
    assert maker.made >= 0.09 * (maker.now - began) / cost_s - 1


def test_what_grew_old_is_made_anew_though_nothing_changed():
    maker = Maker()
    pace = Pace[int](fresh_s=10, now=maker.clock)
    pace.get("a", maker)
    maker.now += 9.9
    assert pace.get("a", maker) == Paced(1)
    maker.now += 0.2
    assert pace.get("a", maker) == Paced(2)


def test_a_value_that_could_not_be_made_is_tried_again_and_the_old_one_is_kept():
    maker = Maker()
    pace = Pace[int](now=maker.clock)
    pace.get("a", maker)

    def fail() -> int:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        pace.get("b", fail)
    assert pace.get("a", maker) == Paced(1)
    assert pace.get("b", maker) == Paced(2)


def test_what_is_made_beside_keeps_nobody_waiting_and_is_made_once_at_a_time():
    maker = Maker(cost_s=0.2)
    later: list[Callable[[], None]] = []
    pace = Pace[int](share=0.5, now=maker.clock, run=later.append)
    assert pace.get("a", maker) == Paced(1)
    maker.now += 1
    assert [pace.get("b", maker) for _ in range(3)] == [Paced(1, SOON_S)] * 3
    (work,) = later
    work()
    assert pace.get("b", maker) == Paced(2)


def test_what_failed_beside_is_tried_again_in_its_turn():
    maker = Maker(cost_s=0.2)
    later: list[Callable[[], None]] = []

    def fail() -> int:
        maker()
        raise RuntimeError

    pace = Pace[int](share=0.1, now=maker.clock, run=later.append)
    pace.get("a", maker)
    maker.now += 10
    pace.get("b", fail)
    with pytest.raises(RuntimeError):
        later.pop()()
    assert pace.get("b", maker).value == 1
    assert not later
    maker.now += 2
    pace.get("b", maker)
    later.pop()()
    assert pace.get("b", maker).again_s is None
