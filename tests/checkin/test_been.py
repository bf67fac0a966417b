"""Where passes have been is counted by organisation, as a count over every pass by itself would."""

import random
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.briefing.walk import Walk, another_day, lay_trail, site
from tests.cast import Cast, checkpoint
from zuji.checkin.been import Kept, been
from zuji.checkin.models import Campaign, Checkpoint, Correction
from zuji.checkin.queries import recount, still_on_phones
from zuji.checkin.standing import Cell, Standing

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


def as_kept(campaign: Campaign) -> Standing:
    """The matrix as the engine would keep it of these rows."""
    cells = {key: Cell(share.delivered, share.seats, None) for key, share in recount(campaign.pk).items()}
    last = Correction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return Standing(cells=cells, corrections=last)


HOW = {"new": "fresh as (", "some": "pass.organisation_id = any(", "all": ""}
"""By what each of the three ways to count is known."""


class Asking:
    """Asks what is kept again and again, and tells what was counted anew: all, some organisations, or only new rows."""

    def __init__(self, walk: Walk, doors: list[Checkpoint]) -> None:
        self.kept, self.walk, self.keys = Kept(), walk, keys(doors)

    def __call__(self) -> list[str]:
        campaign = self.walk.cast.campaign
        now = as_kept(campaign)
        with CaptureQueriesContext(connection) as queries:
            found = self.kept.get(campaign.pk, self.keys, now)
        true = been(campaign.pk, self.keys)
        assert {key: +counts for key, counts in found.items() if +counts} == true
        texts = [query["sql"] for query in queries if "), been as (" in query["sql"]]
        return [next(how for how, sign in HOW.items() if sign in text) for text in texts]


def test_only_what_was_added_is_read(walk, doors):
    cast, ask = walk.cast, Asking(walk, doors)
    walkers = [walk.walker(organisation) for organisation in (cast.firm, cast.second_firm, cast.unit)]
    for walker in walkers:
        walk.check_in(walker)
    assert ask() == ["all"]
    assert ask() == ["new"]
    walk.check_in(walkers[0], doors[1])
    walk.check_in(walkers[0], doors[3])
    walk.check_in(walk.walker(cast.unit), doors[2])
    walk.seats(cast.unit, 12)
    assert ask() == ["new"]
    walk.check_in(walkers[0], doors[2])
    assert ask() == ["new"]
    assert ask.kept._counts[cast.firm.pk] == {"11110": 1}


def test_a_row_that_the_last_look_did_not_see_is_found_by_the_matrix(walk, doors):
    cast, ask = walk.cast, Asking(walk, doors)
    for organisation in (cast.firm, cast.second_firm, cast.unit):
        walk.check_in(walk.walker(organisation))
    ask()
    walk.check_in(walk.walker(cast.unit))
    # as though the row stood before the last one that was seen
    ask.kept._last = "(4000000,1)"
    assert ask() == ["new", "some"]


def test_rows_that_come_twice_are_found_by_the_matrix(walk, doors):
    cast, ask = walk.cast, Asking(walk, doors)
    for organisation in (cast.firm, cast.second_firm, cast.unit):
        walk.check_in(walk.walker(organisation))
    ask()
    ask.kept._last = "(0,0)"
    assert ask() == ["new", "all"]


def test_refused_and_repeated_items_and_other_campaigns_add_nothing(walk, doors):
    ask = Asking(walk, doors)
    walk.check_in()
    ask()
    walk.check_in(outcome="refused", code="expired_code")
    walk.check_in(walk.walker(campaign=walk.cast.foreign))
    assert ask() == ["new"]
    walk.check_in()
    assert ask() == ["new"]


def test_corrections_are_counted_from_the_start(walk, doors):
    ask, first = Asking(walk, doors), walk.walker()
    item = walk.check_in(first)
    ask()
    walk.take_back(item)
    assert ask() == ["all"]
    walk.put_back(item)
    assert ask() == ["all"]
    walk.check_in(first, doors[1])
    assert ask() == ["new"]


def test_other_checkpoints_are_counted_from_the_start(walk, doors):
    ask = Asking(walk, doors)
    walk.check_in()
    ask()
    ask.keys = ask.keys[:2]
    assert ask() == ["all"]


def test_however_the_rows_come_what_is_kept_is_what_is_there(walk, doors):
    dice, ask = random.Random(11), Asking(walk, doors)
    organisations = (walk.cast.firm, walk.cast.second_firm, walk.cast.unit)
    walkers = [walk.walker(dice.choice(organisations)) for _ in range(12)]
    left = [(walker, door) for walker in walkers for door in doors]
    dice.shuffle(left)
    items = []
    while left:
        items += [walk.check_in(*left.pop()) for _ in range(min(len(left), dice.randint(0, 6)))]
        if dice.random() < 0.2 and items:
            walk.take_back(items.pop())
        ask()


def test_what_is_probably_still_on_phones_never_reaches_from_one_day_into_the_next(walk, doors):
    cast = walk.cast
    next_day = another_day(cast.campaign)
    morning = [checkpoint(next_day, order) for order in (1, 2)]
    walker = walk.walker()
    for door in (doors[0], doors[2], doors[3], morning[0]):
        walk.check_in(walker, door)
    assert still_on_phones(cast.campaign.pk) == {(cast.firm.pk, doors[1].pk): 1}
