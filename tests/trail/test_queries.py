from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY
from tests.trail.files import without_last_stop
from zuji.trail.actions import decline_impression, reopen_impression, withdraw_impression
from zuji.trail.enums import DeclineReason
from zuji.trail.queries import approved_impressions, impressions_of, stops_of


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
