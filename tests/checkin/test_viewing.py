"""How much of a matrix somebody sees, and what its totals count."""

from datetime import timedelta

import pytest

from tests.cast import DAY, Cast
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin.actions import add_roll, mark_same_person, take_back
from zuji.checkin.enums import CodeKind
from zuji.checkin.matrix import FEW
from zuji.checkin.models import Activity
from zuji.checkin.rolls import Roll, Seats
from zuji.checkin.viewing import ALL, PUBLIC, Totals, View, campaign_of, matrix_seen, totals_seen, view_of
from zuji.core.errors import NotFound
from zuji.core.ids import uuid7
from zuji.people.models import Account

NOON = DAY + timedelta(hours=1)


@pytest.fixture
def both(cast: Cast, counter: Counter):
    """One walker of the firm at both checkpoints, one at the entrance alone; returns the answers."""
    twice, once = (new_pass(cast.firm, cast.campaign) for _ in range(2))
    entrance, hall = (serial(place, cast.guo, CodeKind.POSTER) for place in (cast.entrance, cast.hall))
    return counter.take(item(twice, entrance), item(twice, hall), item(once, entrance), at=DAY)


def seen(cast: Cast, who: Account | None) -> View:
    return view_of(who, cast.campaign, at=DAY)


def totals(cast: Cast, view: View = ALL) -> Totals | None:
    return totals_seen(cast.campaign, view, as_of=NOON)


def test_the_office_and_the_steward_see_all_the_contact_its_own_and_others_the_masked_whole(cast: Cast):
    assert seen(cast, cast.mei) == seen(cast, cast.guo) == ALL
    assert seen(cast, cast.lan) == View(frozenset({cast.firm.pk}))
    assert seen(cast, cast.qin) == seen(cast, None) == PUBLIC


def test_a_contact_sees_another_associations_walk_as_the_public_does(cast: Cast):
    assert view_of(cast.lan, cast.foreign, at=DAY) == PUBLIC
    assert view_of(cast.guo, cast.foreign, at=DAY) == PUBLIC


def test_what_the_public_sees_hides_small_counts(cast: Cast, both):
    public = matrix_seen(cast.campaign, PUBLIC, as_of=DAY)
    own = matrix_seen(cast.campaign, View(frozenset({cast.firm.pk})), as_of=DAY)
    assert {cell.delivered for cell in public.cells} <= {FEW, 0, "…"}
    assert sorted(cell.delivered for cell in own.cells) == [1, 2]


def test_check_ins_person_times_and_people_are_three_figures(cast: Cast, both):
    assert totals(cast) == Totals(checkins=3, person_times=2, people=2)


def test_anonymous_seats_are_person_times_and_never_people(cast: Cast, both):
    roll = Roll(uuid7(DAY), "门口点数", seats=[Seats(cast.unit.pk, 7)])
    add_roll(actor=cast.guo, checkpoint_id=cast.entrance.pk, roll=roll, at=DAY)
    assert totals(cast) == Totals(checkins=10, person_times=9, people=2)
    assert totals(cast, View(frozenset({cast.unit.pk}))) == Totals(checkins=7, person_times=7, people=0)


def test_two_passes_of_one_person_are_one(cast: Cast, both):
    first, second = sorted({answer["receipt"]["fields"]["pass"] for answer in both})
    mark_same_person(actor=cast.lan, first_id=first, second_id=second, at=DAY)
    assert totals(cast) == Totals(checkins=3, person_times=1, people=1)


def test_what_was_taken_back_counts_no_longer(cast: Cast, both):
    take_back(actor=cast.guo, campaign_id=cast.campaign.pk, item_id=both[2]["id"], reason="误扫", at=DAY)
    assert totals(cast) == Totals(checkins=2, person_times=1, people=1)


def test_a_rehearsal_counts_nowhere(cast: Cast, both):
    Activity.objects.update(rehearsal=True)
    assert totals(cast) == Totals(checkins=0, person_times=0, people=0)


def test_the_public_gets_no_totals_of_people(cast: Cast, both):
    assert totals(cast, PUBLIC) is None


def test_a_campaign_that_there_is_not_is_not_found(db: None):
    with pytest.raises(NotFound):
        campaign_of(999_999)
