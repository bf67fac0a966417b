"""Which day a wall is about, and where its walk goes."""

from datetime import date, timedelta

import pytest

from tests.briefing.walk import another_day, lay_trail, site
from tests.cast import DAY, checkpoint
from zuji.checkin.models import Activity
from zuji.trail.models import Leg, Stop, StopCheckpoint, Trail
from zuji.trail.stations import chosen, day_shown, stations_of

REHEARSAL, WALK, SECOND = date(2021, 7, 24), date(2021, 7, 26), date(2021, 8, 2)


def days(*kinds: tuple[date, bool]) -> list[Activity]:
    return [Activity(held_on=day, rehearsal=rehearsal) for day, rehearsal in kinds]


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2021, 7, 1), (WALK, False)),
        (REHEARSAL, (REHEARSAL, True)),
        (date(2021, 7, 25), (WALK, False)),
        (WALK, (WALK, False)),
        (date(2021, 7, 27), (SECOND, False)),
        (SECOND, (SECOND, False)),
        (date(2021, 12, 1), (SECOND, False)),
    ],
)
def test_a_wall_is_about_today_else_the_next_day_else_the_last(today, shown):
    found = chosen(days((REHEARSAL, True), (WALK, False), (SECOND, False)), today)
    assert (found.held_on, found.rehearsal) == shown


def test_a_rehearsal_on_the_day_of_a_walk_gives_way_to_it():
    assert not chosen(days((WALK, False), (WALK, True)), WALK).rehearsal


def test_where_there_is_nothing_but_a_rehearsal_it_is_shown():
    assert chosen(days((REHEARSAL, True)), WALK).rehearsal
    assert chosen([], WALK) is None


def test_the_day_begins_at_midnight_where_the_association_is(cast):
    another_day(cast.campaign)
    late = DAY.replace(hour=15, minute=59)
    assert day_shown(cast.campaign, at=late).held_on == WALK
    assert day_shown(cast.campaign, at=late + timedelta(minutes=2)).held_on == date(2021, 7, 27)
    assert day_shown(cast.foreign, at=DAY) is None


@pytest.fixture
def trail(cast):
    """Two stops at the school, the second with two doors, and one at the house, by coach."""
    school, house = site(cast.panyu, "S1"), site(cast.panyu, "S2")
    more = [checkpoint(cast.activity, order) for order in (3, 4)]
    trail = lay_trail(cast.activity, [(cast.entrance, school), (cast.hall, school), (more[1], house)])
    stops = list(trail.stops.order_by("order"))
    StopCheckpoint.objects.create(stop=stops[1], checkpoint=more[0])
    Leg.objects.create(stop=stops[1], mode="foot", distance_m=300, minutes=6)
    Leg.objects.create(stop=stops[2], mode="coach", distance_m=12_000, minutes=35)
    return trail


def test_an_open_trail_gives_its_sites_with_all_doors(cast, trail):
    Trail.objects.update(opened_at=DAY)
    found = stations_of(cast.activity, at=DAY)
    assert [(each.name["zh"], each.short, each.letters, each.mode, len(each.checkpoints)) for each in found] == [
        ("旧址S1", "S1", "旧址", "", 3),
        ("旧址S2", "S2", "旧址", "coach", 1),
    ]
    assert found[0].checkpoints[:2] == (cast.entrance.pk, cast.hall.pk)


def test_a_trail_that_is_not_open_is_not_told(cast, trail):
    Trail.objects.update(opened_at=DAY + timedelta(seconds=1))
    found = stations_of(cast.activity, at=DAY)
    assert [each.name["zh"] for each in found] == ["入口1", "入口2", "入口3", "入口4"]
    assert {each.site for each in found} == {None}
    assert [each.letters for each in found] == ["入口1", "入口2", "入口3", "入口4"]


@pytest.mark.parametrize("more", [0, 3])
def test_more_stops_cost_no_more_queries(cast, trail, more, django_assert_num_queries):
    Trail.objects.update(opened_at=DAY)
    for order in range(10, 10 + more):
        stop = Stop.objects.create(trail=trail, site=site(cast.panyu, f"S{order}"), order=order)
        StopCheckpoint.objects.create(stop=stop, checkpoint=checkpoint(cast.activity, order))
    with django_assert_num_queries(4):
        assert len(stations_of(cast.activity, at=DAY)) == 2 + more
