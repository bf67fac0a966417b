"""What each indicator of the walk counts, and what it leaves out."""

from datetime import date, datetime, timedelta

import pytest

from tests.briefing.walk import GUANGZHOU, another_day, lay_trail, site
from tests.cast import DAY, campaign, checkpoint, participant
from zuji.briefing.definitions import catalogue
from zuji.briefing.queries import all_figures, trace
from zuji.checkin.enums import Grade, Outcome
from zuji.checkin.models import BLANKED, Activity, Item
from zuji.committee.enums import ParticipantKind

WALK_DAY = date(2021, 7, 26)
IDS = [name for name in catalogue() if name.startswith("T")]
NOTHING = dict.fromkeys(IDS, 0)
ONE_OF_A_FIRM = NOTHING | dict.fromkeys(["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8"], 1)


def values(walk, as_of=WALK_DAY, **options):
    """Value by indicator."""
    return {
        figure.id: figure.value
        for figure in all_figures(association=options.pop("of", walk.cast.panyu), as_of=as_of, **options)
        if figure.id in IDS
    }


def test_before_anybody_came_every_figure_is_nothing(walk):
    walk.walker()
    assert values(walk) == NOTHING


def test_a_walker_of_a_firm_counts_in_every_figure_but_those_of_late_ones_and_seats(walk):
    walk.check_in()
    assert values(walk) == ONE_OF_A_FIRM


def test_a_walker_at_two_sites_is_two_checkins_one_person_time_and_one_person(walk):
    walker = walk.walker()
    walk.check_in(walker, walk.cast.entrance)
    walk.check_in(walker, walk.cast.hall)
    assert values(walk) == ONE_OF_A_FIRM | {"T1": 2, "T4": 2, "T8": 2}


def test_two_checkpoints_at_one_site_are_one_site(walk):
    day = another_day(walk.cast.campaign)
    door = checkpoint(day, 1)
    lay_trail(day, [(door, walk.school)])
    walk.check_in(place=walk.cast.entrance)
    walk.check_in(place=door)
    assert values(walk)["T1"] == 1


def test_two_walkers_of_one_firm_are_one_firm_and_two_people(walk):
    walk.check_in()
    walk.check_in()
    assert values(walk) == ONE_OF_A_FIRM | dict.fromkeys(["T3", "T4", "T5", "T6", "T8"], 2)


def test_an_organisation_that_is_no_firm_is_in_the_figures_of_all_organisations_only(walk):
    walk.check_in(walk.walker(walk.cast.unit))
    assert values(walk) == ONE_OF_A_FIRM | {"T2": 0, "T3": 0}


def test_a_walker_who_comes_on_two_days_is_two_person_times_and_one_person(walk):
    day = another_day(walk.cast.campaign)
    door = checkpoint(day, 1)
    lay_trail(day, [(door, walk.school)])
    walker = walk.walker()
    walk.check_in(walker)
    walk.check_in(walker, door)
    counted = values(walk)
    assert (counted["T5"], counted["T6"], counted["T3"]) == (2, 1, 1)


def test_a_walker_of_two_campaigns_is_two_people_since_nobody_can_know(walk):
    second = campaign(walk.cast.panyu, "autumn")
    day = another_day(second)
    door = checkpoint(day, 1)
    lay_trail(day, [(door, walk.school)])
    walk.check_in()
    walk.check_in(walk.walker(campaign=second), door)
    assert values(walk)["T3"] == 2
    assert values(walk, campaign=second.pk)["T3"] == 1


def test_a_rehearsal_is_counted_nowhere(walk):
    Activity.objects.filter(pk=walk.cast.activity.pk).update(rehearsal=True)
    walk.check_in()
    walk.seats(walk.cast.unit, 12)
    assert values(walk) == NOTHING


def test_an_activity_without_a_trail_is_no_walk(walk):
    door = checkpoint(another_day(walk.cast.campaign), 1)
    walk.check_in(place=door, late=True)
    walk.seats(walk.cast.unit, 12, door)
    assert values(walk) == NOTHING


def test_a_checkpoint_of_the_walk_that_stands_at_no_site_counts_people_but_no_site(walk):
    walk.check_in(place=checkpoint(walk.cast.activity, 3))
    assert values(walk) == ONE_OF_A_FIRM | {"T1": 0}


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.ALREADY])
def test_an_attempt_is_counted_nowhere(walk, outcome):
    walk.check_in(outcome=outcome)
    assert values(walk) == NOTHING


@pytest.mark.parametrize("grade", list(Grade))
def test_every_grade_is_participation(walk, grade):
    walk.check_in(grade=grade)
    assert values(walk) == ONE_OF_A_FIRM | {"T8": int(grade in "AB")}


def test_a_late_checkin_is_a_checkin_and_a_late_one(walk):
    walk.check_in(late=True, grade=Grade.B)
    assert values(walk) == ONE_OF_A_FIRM | {"T9": 1}


def test_a_withdrawn_pass_leaves_what_it_did(walk):
    walker = walk.walker()
    walk.check_in(walker)
    walker.withdrawn_at = DAY
    walker.save()
    assert values(walk) == ONE_OF_A_FIRM


def test_passes_marked_as_one_person_are_one_person_and_two_checkins(walk):
    lost, second = walk.walker(), walk.walker()
    walk.check_in(lost)
    walk.check_in(second)
    second.person = lost.pk
    second.save()
    assert values(walk) == ONE_OF_A_FIRM | {"T4": 2, "T8": 2}


def test_a_person_who_walked_for_a_firm_and_for_a_unit_is_one_person_of_a_firm(walk):
    first, second = walk.walker(), walk.walker(walk.cast.unit)
    walk.check_in(first)
    walk.check_in(second)
    second.person = first.pk
    second.save()
    counted = values(walk)
    assert (counted["T2"], counted["T3"], counted["T6"], counted["T7"]) == (1, 1, 1, 2)


def test_anonymous_seats_are_person_times_but_never_people_or_checkins(walk):
    walk.seats(walk.cast.firm, 12)
    assert values(walk) == NOTHING | {"T1": 1, "T2": 1, "T5": 12, "T7": 1, "T10": 12}


def test_seats_are_in_no_share_of_the_checkins_whatever_their_grade(walk):
    walk.seats(walk.cast.firm, 12, grade=Grade.A, late=True)
    counted = values(walk)
    assert (counted["T4"], counted["T8"], counted["T9"]) == (0, 0, 0)


def test_seats_counted_at_two_doors_are_person_times_once(walk):
    walk.seats(walk.cast.unit, 12, walk.cast.entrance)
    walk.seats(walk.cast.unit, 9, walk.cast.hall)
    counted = values(walk)
    assert (counted["T5"], counted["T10"]) == (12, 21)


def test_two_groups_of_seats_at_one_door_add_up(walk):
    walk.seats(walk.cast.unit, 12)
    walk.seats(walk.cast.unit, 9)
    walk.seats(walk.cast.firm, 5)
    assert values(walk)["T5"] == 26


def test_seats_and_walkers_of_one_organisation_are_person_times_together(walk):
    walk.check_in(walk.walker(walk.cast.unit))
    walk.seats(walk.cast.unit, 3)
    assert values(walk)["T5"] == 4


def test_nothing_of_another_association_is_counted(walk):
    other = walk.cast.other
    day = another_day(walk.cast.foreign)
    door = checkpoint(day, 1)
    lay_trail(day, [(door, site(other, "X1"))])
    stranger = participant(other, "外区企业", ParticipantKind.FIRM, "DDDDDD")
    walk.check_in(walk.walker(stranger, walk.cast.foreign), door, late=True)
    walk.seats(stranger, 12, door, campaign=walk.cast.foreign)
    assert values(walk) == NOTHING
    assert values(walk, of=other) == ONE_OF_A_FIRM | {"T5": 13, "T9": 1, "T10": 12}


def test_a_date_counts_to_its_very_end_in_the_associations_zone(walk):
    midnight = datetime(2021, 7, 27, tzinfo=GUANGZHOU)
    for at in (midnight - timedelta(microseconds=1), midnight):
        walk.check_in(at=at, late=True)
        walk.seats(walk.cast.unit, 3, at=at)
    counted = [values(walk, date(2021, 7, day)) for day in (26, 27)]
    assert [(of["T4"], of["T9"], of["T10"]) for of in counted] == [(1, 1, 3), (2, 2, 6)]
    assert values(walk, date(2021, 7, 25)) == NOTHING


def test_an_instant_counts_what_happened_at_it(walk):
    walk.check_in(at=DAY)
    assert values(walk, DAY) == ONE_OF_A_FIRM
    assert values(walk, DAY - timedelta(microseconds=1)) == NOTHING


def test_what_arrived_after_the_cut_off_counts_by_its_judged_time(walk):
    walk.check_in(at=DAY, received_at=DAY + timedelta(days=3))
    assert values(walk) == ONE_OF_A_FIRM


def test_a_checkin_that_was_taken_back_is_not_counted(walk):
    walk.take_back(walk.check_in())
    assert values(walk) == NOTHING


def test_a_taking_back_after_the_cut_off_does_not_count_back(walk):
    walk.take_back(walk.check_in(), DAY + timedelta(days=1))
    assert values(walk) == ONE_OF_A_FIRM
    assert values(walk, date(2021, 7, 27)) == NOTHING


def test_a_checkin_put_back_counts_again_from_then_on_and_once(walk):
    item = walk.check_in()
    walk.take_back(item, DAY + timedelta(hours=1))
    walk.put_back(item, DAY + timedelta(hours=2))
    seen = [values(walk, DAY + timedelta(minutes=minutes)) for minutes in (30, 90, 150)]
    assert seen == [ONE_OF_A_FIRM, NOTHING, ONE_OF_A_FIRM]


def test_a_checkin_taken_back_twice_is_not_counted(walk):
    item = walk.check_in()
    walk.take_back(item, DAY + timedelta(hours=1))
    walk.put_back(item, DAY + timedelta(hours=2))
    walk.take_back(item, DAY + timedelta(hours=3))
    assert values(walk) == NOTHING
    assert values(walk, DAY + timedelta(minutes=150)) == ONE_OF_A_FIRM


def test_a_reduced_campaign_counts_on_every_day_what_it_counted_before(walk):
    walk.check_in(at=DAY)
    walk.take_back(walk.check_in(), DAY + timedelta(hours=1))
    walk.take_back(walk.check_in(), DAY + timedelta(days=1))
    again = walk.check_in()
    walk.take_back(again, DAY + timedelta(hours=1))
    walk.put_back(again, DAY + timedelta(hours=2))
    days = [date(2021, 7, day) for day in (25, 26, 27)]
    before = [values(walk, day) for day in days]
    assert [counted["T4"] for counted in before] == [0, 3, 2]
    Item.objects.update(**dict.fromkeys(BLANKED))
    assert [values(walk, day) for day in days] == before


def test_within_a_day_a_reduced_campaign_counts_nothing_that_may_have_come_later(walk):
    walk.check_in(at=DAY)
    Item.objects.update(**dict.fromkeys(BLANKED))
    assert values(walk, DAY + timedelta(hours=1)) == NOTHING


def crowd(walk):
    """Walkers of all kinds, seats among them."""
    for organisation in (walk.cast.firm, walk.cast.second_firm, walk.cast.unit):
        for place in (walk.cast.entrance, walk.cast.hall):
            walk.check_in(walk.walker(organisation), place, late=place == walk.cast.hall)
    walk.seats(walk.cast.unit, 4)


def test_every_figure_can_be_asked_of_one_campaign(walk):
    crowd(walk)
    empty = campaign(walk.cast.panyu, "autumn")
    assert values(walk, campaign=walk.cast.campaign.pk) == values(walk)
    assert values(walk, campaign=empty.pk) == NOTHING


@pytest.mark.parametrize("indicator", IDS)
def test_a_trace_has_one_entry_a_key_and_adds_up_to_the_value(walk, indicator):
    crowd(walk)
    entries = trace(indicator, association=walk.cast.panyu, as_of=WALK_DAY)
    assert entries
    assert len({entry.key for entry in entries}) == len(entries)
    assert sum(entry.weight for entry in entries) == values(walk)[indicator]
    if indicator not in ("T5", "T10"):
        assert len(entries) == values(walk)[indicator]


@pytest.mark.parametrize("indicator", ["T2", "T3", "T4", "T5", "T6", "T7", "T8"])
def test_one_row_less_is_one_less(walk, indicator):
    walk.check_in(walk.walker(walk.cast.second_firm))
    before = values(walk)[indicator]
    item = walk.check_in()
    assert values(walk)[indicator] == before + 1
    walk.take_back(item)
    assert values(walk)[indicator] == before
