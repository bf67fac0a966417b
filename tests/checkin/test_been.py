"""Where passes have been is counted by organisation, as a count over every pass by itself would."""

import random
from collections import Counter

import pytest

from tests.briefing.walk import Walk, another_day, lay_trail, site
from tests.cast import Cast, checkpoint
from zuji.checkin.been import been, passed_by
from zuji.checkin.models import Checkpoint
from zuji.checkin.queries import still_on_phones

DOORS = 5


@pytest.fixture
def walk(cast: Cast) -> Walk:
    school, house = site(cast.panyu, "S1"), site(cast.panyu, "S2")
    lay_trail(cast.activity, [(cast.entrance, school), (cast.hall, house)])
    return Walk(cast, school, house)


@pytest.fixture
def doors(walk: Walk) -> list[Checkpoint]:
    more = [checkpoint(walk.cast.activity, order) for order in range(3, DOORS + 1)]
    return [walk.cast.entrance, walk.cast.hall, *more]


def keys(doors: list[Checkpoint]) -> list[int]:
    return [door.pk for door in doors]


def test_passes_are_counted_by_the_checkpoints_that_they_have_been_at(walk, doors):
    cast = walk.cast
    both, one = walk.walker(), walk.walker()
    for door in doors[:2]:
        walk.check_in(both, door)
    walk.check_in(one)
    walk.check_in(walk.walker(cast.unit), doors[4])
    assert been(cast.campaign.pk, keys(doors)) == {
        cast.firm.pk: Counter({"11000": 1, "10000": 1}),
        cast.unit.pk: Counter({"00001": 1}),
    }


def test_of_some_organisations_and_some_checkpoints_nothing_else_is_said(walk, doors):
    cast = walk.cast
    walk.check_in(walk.walker(cast.unit), doors[0])
    walk.check_in(walk.walker(), doors[3])
    assert been(cast.campaign.pk, [doors[0].pk]) == {cast.unit.pk: Counter({"1": 1})}
    assert been(cast.campaign.pk, keys(doors), {cast.firm.pk}) == {cast.firm.pk: Counter({"00010": 1})}
    assert been(cast.campaign.pk, keys(doors), set()) == {}
    assert been(cast.campaign.pk, []) == {}


def test_another_campaign_and_anonymous_seats_leave_no_marks(walk, doors):
    cast = walk.cast
    walk.seats(cast.firm, 20)
    walk.check_in(walk.walker(campaign=cast.foreign))
    assert been(cast.campaign.pk, keys(doors)) == {}


def test_a_check_in_that_was_taken_back_leaves_no_mark_until_it_is_put_back(walk, doors):
    cast = walk.cast
    walker = walk.walker()
    item = walk.check_in(walker)
    walk.check_in(walker, doors[1])
    walk.take_back(item)
    assert been(cast.campaign.pk, keys(doors)) == {cast.firm.pk: Counter({"01000": 1})}
    walk.put_back(item)
    assert been(cast.campaign.pk, keys(doors)) == {cast.firm.pk: Counter({"11000": 1})}


def test_it_is_what_a_count_of_every_pass_by_itself_gives(walk, doors):
    dice, expected = random.Random(7), {}
    for organisation in (walk.cast.firm, walk.cast.second_firm, walk.cast.unit):
        for _ in range(12):
            walker, marks = walk.walker(organisation), ""
            for door in doors:
                came, gone = dice.random() < 0.6, dice.random() < 0.2
                if came:
                    item = walk.check_in(walker, door)
                    if gone:
                        walk.take_back(item)
                marks += "1" if came and not gone else "0"
            if "1" in marks:
                expected.setdefault(organisation.pk, Counter())[marks] += 1
    assert been(walk.cast.campaign.pk, keys(doors)) == expected


@pytest.mark.parametrize(
    ("marks", "places"), [("", []), ("1", []), ("11", []), ("101", [1]), ("10101", [1, 3]), ("1001", []), ("0101", [2])]
)
def test_a_checkpoint_is_passed_by_where_the_ones_on_both_sides_count(marks, places):
    assert passed_by(marks) == places


def test_what_is_probably_still_on_phones_never_reaches_from_one_day_into_the_next(walk, doors):
    cast = walk.cast
    next_day = another_day(cast.campaign)
    morning = [checkpoint(next_day, order) for order in (1, 2)]
    walker = walk.walker()
    for door in (doors[0], doors[2], doors[3], morning[0]):
        walk.check_in(walker, door)
    assert still_on_phones(cast.campaign.pk) == {(cast.firm.pk, doors[1].pk): 1}
