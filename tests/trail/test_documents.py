"""Which walk a phone is told of; what the document holds is tested where it is served."""

from datetime import date, timedelta

import pytest

from tests.cast import DAY, Cast
from zuji.checkin.models import Activity
from zuji.core.errors import NotFound
from zuji.trail.documents import places_of, walk_at_checkpoint, walk_document, walk_of_campaign
from zuji.trail.models import Exhibit, Trail


def activity(cast: Cast, held_on: date, **values: object) -> Activity:
    names = {"name_zh": f"{held_on}", "name_en": f"{held_on}"}
    return Activity.objects.create(campaign=cast.campaign, held_on=held_on, **names | values)


def on(cast: Cast, day: date) -> Activity:
    return walk_of_campaign(cast.campaign.pk, at=DAY.replace(year=day.year, month=day.month, day=day.day))


def test_a_campaign_is_about_todays_activity_else_the_next_else_the_last(cast: Cast):
    first = activity(cast, date(2021, 7, 20))
    last = activity(cast, date(2021, 8, 10))
    assert on(cast, date(2021, 7, 1)) == first
    assert on(cast, date(2021, 7, 20)) == first
    assert on(cast, date(2021, 7, 21)) == cast.activity
    assert on(cast, date(2021, 7, 27)) == last
    assert on(cast, date(2021, 9, 1)) == last


def test_a_rehearsal_on_the_same_day_comes_after_the_walk_itself(cast: Cast):
    activity(cast, cast.activity.held_on, rehearsal=True)
    assert on(cast, cast.activity.held_on) == cast.activity


def test_today_is_by_the_associations_clock(cast: Cast):
    last = activity(cast, date(2021, 8, 10))
    midnight_there = DAY.replace(hour=16, minute=0)
    assert walk_of_campaign(cast.campaign.pk, at=midnight_there - timedelta(minutes=1)) == cast.activity
    assert walk_of_campaign(cast.campaign.pk, at=midnight_there) == last


def test_what_there_is_not_is_not_found(cast: Cast):
    with pytest.raises(NotFound):
        walk_of_campaign(cast.foreign.pk, at=DAY)
    with pytest.raises(NotFound):
        walk_at_checkpoint(999_999)


def test_sample_text_anywhere_is_announced(trail: Trail):
    Trail.objects.update(opened_at=DAY)
    trail.stops.update(site=trail.stops.get(order=1).site)
    assert walk_document(trail.activity, at=DAY)["sample"]
    Exhibit.objects.update(sample=False)
    assert not walk_document(trail.activity, at=DAY)["sample"]


def test_places_say_at_which_site_each_checkpoint_stands(trail: Trail):
    places = places_of(trail.activity.campaign_id)
    assert set(places) == set(trail.activity.checkpoints.values_list("pk", flat=True))
    assert {place["stop"] for place in places.values()} == set(trail.stops.values_list("pk", flat=True))
