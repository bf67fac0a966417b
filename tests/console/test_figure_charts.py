"""The steps along which a figure's course is counted, and how its rows are called."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.cast import DAY
from zuji.briefing.ledger import Entry
from zuji.briefing.queries import definition_of
from zuji.console.figure_charts import Asked, Span, steps
from zuji.console.figure_rows import called, records
from zuji.core.models import Association

HERE = Association(pk=1, time_zone="Asia/Shanghai")


def along(span, until):
    with timezone.override(HERE.time_zone):
        return steps(Asked(HERE, definition_of("T3"), until), span)


def labels(span, until):
    return [step.label for step in along(span, until)]


class TestSteps:
    """Up to the cut-off, which is the last of them."""

    def test_hours_go_from_the_morning_to_the_instant(self):
        assert labels(Span.HOURS, DAY) == ["06:00", "07:00", "08:00", "09:00", "09:30"]

    def test_a_whole_hour_is_no_step_of_its_own_before_the_cut_off(self):
        assert labels(Span.HOURS, DAY.replace(minute=0)) == ["06:00", "07:00", "08:00", "09:00"]

    def test_of_a_night_the_hours_since_midnight_are_shown(self):
        assert labels(Span.HOURS, datetime(2021, 7, 25, 18, 30, tzinfo=UTC)) == ["02:00", "02:30"]

    def test_a_days_end_is_called_so(self):
        assert labels(Span.HOURS, date(2021, 7, 26))[-2:] == ["23:00", "24:00"]

    def test_days_are_thirty_with_the_cut_offs_own(self):
        found = along(Span.DAYS, date(2021, 7, 26))
        assert len(found) == 30
        assert [step.at for step in found][::29] == [date(2021, 6, 27), date(2021, 7, 26)]
        assert found[0].url == "/figures/T3/?as_of=2021-06-27"

    def test_months_end_with_their_last_day(self):
        found = [step.at for step in along(Span.MONTHS, date(2021, 3, 31))]
        assert found[-2:] == [date(2021, 2, 28), date(2021, 3, 31)]
        assert len(found) == 13
        assert found[0] == date(2020, 3, 31)


class TestRows:
    """What a difference names, and where a share leads."""

    def test_the_first_three_names_stand_for_the_rest(self, cast):
        entries = [Entry(str(key), 1, {"organisation_id": key}) for key in (cast.firm.pk, cast.second_firm.pk)]
        assert called(entries) == "木棉数科、榕声互动"
        more = [*entries, *(Entry(f"u{number}", 1, {"organisation_id": cast.unit.pk}) for number in range(20))]
        assert called(more) == "木棉数科、榕声互动、共建单位甲 等"

    def test_rows_without_a_name_and_no_rows_are_called_nothing(self):
        assert called([]) == ""
        assert called([Entry("1/2", 1, {"person_id": 2})]) == ""

    @pytest.mark.parametrize(
        ("dimensions", "query"),
        [
            ({"organisation_id": 3, "person_id": 4}, "organisation=3&person=4&state=counted"),
            ({"grade": "A"}, "grade=A&state=counted"),
            ({"late": True}, "late=yes&state=counted"),
            ({"late": False}, "late=no&state=counted"),
        ],
    )
    def test_a_share_leads_to_what_counts_now(self, dimensions, query):
        assert records(dimensions, None) == f"/walk/checkins/?{query}"

    def test_at_a_days_end_it_leads_to_what_counted_then(self):
        assert records({"site_id": 3}, date(2021, 7, 26)) == "/walk/checkins/?site=3&until=2021-07-26"
