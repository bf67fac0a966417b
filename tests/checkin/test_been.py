"""Where passes have been is counted by organisation, as a count over every pass by itself would."""

import random
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.briefing.walk import Walk, another_day, lay_trail, site
from tests.cast import Cast, checkpoint
from zuji.checkin.been import Kept, been
from zuji.checkin.models import Checkpoint, Correction, Item
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
    dice = random.Random(7)
    expected: dict[int, Counter[str]] = {}
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


def cells(campaign) -> dict[int, tuple[object, ...]]:
    """What is kept of each organisation, as a matrix cell would say it."""
    items = Item.objects.filter(campaign=campaign, outcome="accepted", first_id=None)
    sums: dict[int, Counter[int | None]] = {}
    for item in items:
        sums.setdefault(item.organisation_id, Counter())[item.checkpoint_id] += 1
    return {key: tuple(sorted(counts.items())) for key, counts in sums.items()}


class Asking:
    """Asks what is kept again and again, and counts what that costs."""

    def __init__(self, walk: Walk, doors: list[Checkpoint]) -> None:
        self.kept, self.walk, self.keys = Kept(), walk, keys(doors)

    def __call__(self) -> list[int]:
        campaign = self.walk.cast.campaign
        last = Correction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        before = cells(campaign)
        with CaptureQueriesContext(connection) as queries:
            found = self.kept.get(campaign.pk, self.keys, cells=before, corrections=last)
        assert found == been(campaign.pk, self.keys)
        return [query["sql"].count("pass.organisation_id = any") for query in queries]


def test_only_organisations_whose_cells_changed_are_counted_anew(walk, doors):
    cast, ask = walk.cast, Asking(walk, doors)
    for organisation in (cast.firm, cast.second_firm, cast.unit):
        walk.check_in(walk.walker(organisation))
    assert ask() == [0]
    assert ask() == []
    walk.check_in(walk.walker(cast.unit))
    assert ask() == [1]
    assert ask() == []


def test_where_most_changed_all_are_counted_at_once(walk, doors):
    cast, ask = walk.cast, Asking(walk, doors)
    for organisation in (cast.firm, cast.second_firm, cast.unit):
        walk.check_in(walk.walker(organisation))
    ask()
    for organisation in (cast.firm, cast.unit):
        walk.check_in(walk.walker(organisation))
    assert ask() == [0]


def test_corrections_that_leave_every_cell_as_it_was_are_seen(walk, doors):
    ask, first, second = Asking(walk, doors), walk.walker(), walk.walker()
    walk.check_in(second, doors[1])
    item = walk.check_in(first)
    ask()
    walk.take_back(item)
    assert ask() == [0]


def test_other_checkpoints_are_counted_from_the_start(walk, doors):
    ask = Asking(walk, doors)
    walk.check_in()
    ask()
    ask.keys = ask.keys[:2]
    assert ask() == [0]


def test_what_is_probably_still_on_phones_never_reaches_from_one_day_into_the_next(walk, doors):
    cast = walk.cast
    next_day = another_day(cast.campaign)
    morning = [checkpoint(next_day, order) for order in (1, 2)]
    walker = walk.walker()
    for door in (doors[0], doors[2], doors[3], morning[0]):
        walk.check_in(walker, door)
    assert still_on_phones(cast.campaign.pk) == {(cast.firm.pk, doors[1].pk): 1}
