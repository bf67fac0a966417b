from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.briefing.walk import lay_trail, site
from tests.cast import DAY, checkpoint
from tests.trail.files import without_last_stop
from zuji.checkin.models import Activity
from zuji.trail.actions import decline_impression, reopen_impression, withdraw_impression
from zuji.trail.enums import DeclineReason
from zuji.trail.models import Stop, Trail
from zuji.trail.queries import approved_impressions, impressions_of, stops_of, undecided, unopened


@pytest.mark.parametrize("text", [without_last_stop(), None], ids=["two_stops", "three_stops"])
def test_a_trails_page_costs_the_same_number_of_queries_however_long(take, text):
    trail = take(text) if text else take()
    with CaptureQueriesContext(connection) as queries:
        assert len(list(stops_of(trail))) == trail.stops.count()
    assert len(queries) - 1 == 5


def shown(writers, limit=10, at=DAY):
    return [each.text for each in approved_impressions(writers.cast.campaign, limit, as_of=at)]


class TestApprovedImpressions:
    """What a wall shows: approved by then and still, newest first."""

    def test_the_newest_come_first_and_only_so_many(self, writers):
        for minute, text in enumerate(("早", "中", "晚")):
            writers.approved(text, at=DAY + timedelta(minutes=minute))
        assert shown(writers, 2, DAY + timedelta(minutes=9)) == ["晚", "中"]
        assert shown(writers, 9, DAY + timedelta(minutes=1)) == ["中", "早"]

    def test_what_waits_was_declined_withdrawn_or_reopened_is_not_shown(self, writers):
        writers.write("等")
        declined, walker = writers.write("不"), writers.walker()
        decline_impression(actor=writers.cast.guo, impression_id=declined.pk, reason=DeclineReason.UNFIT, at=DAY)
        reopen_impression(actor=writers.cast.guo, impression_id=writers.approved("再看").pk, at=DAY)
        withdraw_impression(token=bytes(walker.token), impression_id=writers.write("收回", walk_pass=walker).pk, at=DAY)
        assert shown(writers) == []

    def test_a_rehearsals_are_shown_to_nobody(self, writers):
        writers.approved()
        writers.cast.activity.rehearsal = True
        writers.cast.activity.save()
        assert shown(writers) == []

    @pytest.mark.parametrize("rows", [1, 3])
    def test_more_of_them_cost_no_more_queries(self, writers, rows, django_assert_num_queries):
        for _ in range(rows):
            writers.approved()
        with django_assert_num_queries(1):
            assert [each.stop.site.short_zh for each in approved_impressions(writers.cast.campaign, 9, as_of=DAY)] == [
                "S01"
            ] * rows


def test_a_pass_sees_what_it_wrote_itself_in_order(writers):
    walker = writers.walker()
    writers.write("别人的")
    for minute in range(2):
        writers.write(f"第{minute}句", walk_pass=walker, at=DAY + timedelta(minutes=minute))
    assert [each.text for each in impressions_of(walker)] == ["第0句", "第1句"]


def trail_on(cast, day, places):
    """A trail of a day's activity with one stop for each place: a checkpoint, or None."""
    activity = Activity.objects.create(campaign=cast.campaign, name_zh="日", name_en="Day", held_on=date(2021, 7, day))
    doors = [place and checkpoint(activity, order, **place) for order, place in enumerate(places, 1)]
    trail = lay_trail(activity, [(door, site(cast.panyu, f"{day}-{n}")) for n, door in enumerate(doors) if door])
    for order, _ in enumerate((door for door in doors if door is None), 50):
        Stop.objects.create(trail=trail, site=site(cast.panyu, f"{day}-{order}"), order=order)
    return trail


class TestPending:
    def test_trails_that_are_not_open_say_how_many_stops_keep_them(self, cast, django_assert_num_queries):
        unready = trail_on(cast, 28, [{"coord_status": "unverified"}, {}, None])
        ready, opened, past = trail_on(cast, 27, [{}]), trail_on(cast, 29, [{}]), trail_on(cast, 20, [None])
        Trail.objects.filter(pk=opened.pk).update(opened_at=DAY)
        with django_assert_num_queries(1):
            found = [
                (each, each.unready, each.activity.campaign) for each in unopened([cast.campaign], since=DAY.date())
            ]
        assert found == [(ready, 0, cast.campaign), (unready, 2, cast.campaign)]
        assert past not in [each for each, *_ in found]
        assert list(unopened([cast.foreign], since=DAY.date())) == []

    def test_impressions_that_wait_are_counted_with_the_oldest(self, writers, django_assert_num_queries):
        writers.write("先", at=DAY - timedelta(hours=2))
        writers.write("后")
        writers.approved()
        with django_assert_num_queries(1):
            waiting = undecided([writers.cast.campaign, writers.cast.foreign])
        assert waiting == {writers.cast.campaign.pk: (2, DAY - timedelta(hours=2))}
