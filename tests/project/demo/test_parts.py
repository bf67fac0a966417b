from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.project.demo.parts import ONCE, TRAITS, Part, assign
from zuji.project.demo.phones import REFUSED_WAYS


@given(st.integers(0, 400), st.integers(0, 100))
def test_everybody_has_a_part(walkers, seed):
    assert len(assign(walkers, Random(seed))) == walkers


@pytest.mark.parametrize("walkers", [len(ONCE), 60, 243])
def test_each_special_part_is_played_once(walkers):
    counts = Counter(assign(walkers, Random(1)))
    assert {part: counts[part] for part in ONCE} == dict.fromkeys(ONCE, 1)


def test_every_part_is_played_by_somebody_in_a_walk_of_two_hundred():
    assert set(assign(200, Random(1))) == set(Part)


def test_with_few_walkers_special_parts_come_first():
    assert set(assign(5, Random(1))) <= set(ONCE)


def test_the_same_seed_gives_the_same_parts_and_another_gives_others():
    assert assign(100, Random(1)) == assign(100, Random(1)) != assign(100, Random(2))


def test_whoever_tries_something_that_is_refused_has_a_way_that_is_not():
    tries = [traits for traits in TRAITS.values() if traits.first_try]
    assert {traits.first_try for traits in tries} == REFUSED_WAYS
    assert not any(traits.way in REFUSED_WAYS for traits in TRAITS.values())


def test_shares_add_up_to_all():
    assert sum(traits.share or 0 for traits in TRAITS.values()) == pytest.approx(1.0)
