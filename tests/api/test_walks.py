"""A phone asks for the walk once, and has all of it."""

import pytest

from tests.cast import DAY, Cast
from zuji.checkin.models import Campaign
from zuji.trail.actions import open_trail, waive_location
from zuji.trail.models import Stop, Trail

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def opened(cast: Cast, trail: Trail) -> Trail:
    for stop in Stop.objects.filter(trail=trail):
        waive_location(actor=cast.mei, stop_id=stop.pk, at=DAY)
    return open_trail(actor=cast.mei, trail_id=trail.pk, at=DAY)


def walk(client, trail: Trail):
    return client.get(f"/api/v1/walks/{trail.activity.campaign_id}").json()


def test_a_walk_says_where_to_go_in_order_and_how(client, opened: Trail):
    stops = walk(client, opened)["stops"]
    assert [stop["order"] for stop in stops] == [1, 2, 3]
    assert stops[0]["leg"] is None
    assert stops[1]["leg"] == {
        "mode": "coach",
        "distance_m": 12000,
        "minutes": 35,
        "departs_at": "2021-07-26T02:30:00Z",
    }
    assert [place["name"]["zh"] for place in stops[0]["checkpoints"]] == ["校门", "展厅"]
    assert (stops[1]["site"]["seal"], stops[1]["site"]["sample"]) == ("故居", True)


def test_a_stop_has_its_halls_and_exhibits_with_pictures_and_sound(client, opened: Trail):
    (hall,) = walk(client, opened)["stops"][0]["halls"]
    table, lamp = hall["exhibits"]
    assert hall["name"] == {"zh": "第一展厅", "en": "First hall"}
    assert (table["title"]["en"], table["text"]["zh"], table["sample"]) == ("A table", "一张桌子", True)
    assert table["image"].startswith("/media/trail/")
    assert table["image"].endswith(".png")
    assert table["audio"].endswith(".mp3")
    assert (lamp["image"], lamp["audio"], lamp["sample"]) == (None, None, False)


def test_a_walk_says_who_holds_it_until_when_and_what_time_it_is(client, opened: Trail):
    document = walk(client, opened)
    assert document["association"]["name"] == {"zh": "番禺", "en": "Panyu"}
    assert document["campaign"]["theme"]["en"] == "Heritage trail"
    assert document["campaign"]["closes_at"] == "2021-09-01T00:00:00+08:00"
    assert document["campaign"]["rehearsal"] is False
    assert document["clock"] == {"announced": None, "now": "2021-07-26T01:30:00Z"}
    assert document["log"] == {"epoch": 1, "size": 0}
    assert document["sample"] is True


def test_a_scanned_checkpoint_leads_to_the_same_walk(client, opened: Trail):
    document = walk(client, opened)
    checkpoint = document["stops"][1]["checkpoints"][0]["id"]
    assert client.get(f"/api/v1/walks/by-checkpoint/{checkpoint}").json() == document


def test_before_a_trail_is_opened_nothing_of_it_is_shown(client, trail: Trail):
    document = walk(client, trail)
    assert (document["stops"], document["sample"]) == ([], False)
    assert document["campaign"]["theme"] == document["campaign"]["name"]


def test_organisations_are_listed_only_where_one_may_choose(client, cast: Cast):
    url = f"/api/v1/walks/{cast.campaign.pk}"
    names = [each["name"] for each in client.get(url).json()["organisations"]]
    assert sorted(names) == sorted([cast.firm.name, cast.second_firm.name, cast.unit.name])
    Campaign.objects.filter(pk=cast.campaign.pk).update(join_by_list=False)
    assert client.get(url).json()["organisations"] is None


@pytest.mark.parametrize("path", ["walks/999999", "walks/by-checkpoint/999999"])
def test_a_walk_that_there_is_not_is_not_found_in_both_languages(client, path: str):
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert all(answer.json()["say"].values())


def test_a_longer_trail_costs_no_more_queries(client, opened: Trail, django_assert_num_queries):
    with django_assert_num_queries(10):
        walk(client, opened)
    Stop.objects.filter(trail=opened, order=3).delete()
    with django_assert_num_queries(10):
        walk(client, opened)
