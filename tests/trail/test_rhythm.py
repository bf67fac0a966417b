"""When people check in: what counts, in which quarter and at which site."""

from datetime import date, timedelta

import pytest

from tests.briefing.walk import another_day
from tests.cast import DAY
from zuji.briefing.queries import compute
from zuji.checkin.actions import reduce_campaign
from zuji.trail.rhythm import days_of, quarters_of

WALK_DAY = date(2021, 7, 26)
EVENING = DAY + timedelta(hours=10)


@pytest.fixture
def walk(writers):
    return writers.walk


def quarters(walk, day=WALK_DAY, at=EVENING, **some):
    found = quarters_of(walk.cast.campaign, day, as_of=at, **some)
    places = {walk.cast.entrance.pk: walk.school.pk, walk.cast.hall.pk: walk.house.pk}
    assert all(each.site in (None, places[each.checkpoint]) for each in found)
    return [(each.begins, each.site, each.checkins) for each in found]


def test_check_ins_of_one_quarter_and_site_are_one_row(walk):
    for minutes in (0, 14, 15):
        walk.check_in(at=DAY + timedelta(minutes=minutes))
    walk.check_in(place=walk.cast.hall, at=DAY)
    assert sorted(quarters(walk)) == [
        (DAY, walk.school.pk, 2),
        (DAY, walk.house.pk, 1),
        (DAY + timedelta(minutes=15), walk.school.pk, 1),
    ]


def test_a_checkpoint_that_is_at_no_site_has_none(walk):
    walk.cast.hall.place.delete()
    walk.check_in(place=walk.cast.hall)
    assert quarters(walk) == [(DAY, None, 1)]


def test_what_is_counted_is_what_the_figure_counts(walk):
    walk.take_back(walk.check_in())
    walk.seats(walk.cast.unit, 6)
    walk.check_in(at=EVENING + timedelta(hours=1))
    rehearsal = another_day(walk.cast.campaign, rehearsal=True)
    walk.cast.hall.activity = rehearsal
    walk.cast.hall.save()
    walk.check_in(place=walk.cast.hall)
    walk.check_in()
    counted = compute("T4", association=walk.cast.panyu, as_of=EVENING).value
    assert sum(count for *_, count in quarters(walk)) == counted == 1
    assert days_of(walk.cast.campaign, as_of=EVENING) == {WALK_DAY: 1}


def test_some_organisations_are_counted_alone(walk):
    walk.check_in()
    walk.check_in(walk.walker(walk.cast.unit))
    assert quarters(walk, organisations=[walk.cast.unit.pk]) == [(DAY, walk.school.pk, 1)]
    assert days_of(walk.cast.campaign, as_of=EVENING, organisations=[]) == {}


def test_days_are_the_associations_own(walk):
    walk.check_in(at=DAY)
    walk.check_in(at=DAY + timedelta(hours=15))
    assert days_of(walk.cast.campaign, as_of=DAY + timedelta(days=2)) == {WALK_DAY: 1, date(2021, 7, 27): 1}


def test_a_reduced_campaign_has_days_and_no_hours(walk):
    walk.check_in()
    later = DAY.replace(month=9, day=30)
    reduce_campaign(actor=walk.cast.mei, campaign_id=walk.cast.campaign.pk, at=later)
    assert quarters(walk, at=later) == []
    assert days_of(walk.cast.campaign, as_of=later) == {WALK_DAY: 1}


def test_another_campaigns_are_not_among_them(walk):
    walk.check_in()
    assert days_of(walk.cast.foreign, as_of=EVENING) == {}
