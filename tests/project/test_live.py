"""The served home that browser tests stand on."""

from datetime import timedelta

import pytest

from tests.cast import DAY
from tests.live import LiveHome
from zuji.checkin.models import Campaign
from zuji.core import clock


def test_a_live_home_answers_over_the_network(live_home: LiveHome) -> None:
    with live_home.client() as client:
        answer = client.get("/api/v1/me")
    assert answer.status_code in (401, 404), live_home.log()


def test_its_database_is_another_than_the_tests_own(live_home: LiveHome, db: None) -> None:
    assert Campaign.objects.count() == 0
    with live_home.database():
        assert set(Campaign.objects.values_list("slug", flat=True)) >= {"walk", "elsewhere"}  # others add their own
    assert Campaign.objects.count() == 0


def test_its_clock_runs_on_from_the_morning_of_the_walk(live_home: LiveHome) -> None:
    assert clock.announced() is None
    with live_home.database():
        assert DAY <= clock.now() < DAY + timedelta(hours=1)


@pytest.mark.django_db
def test_outside_of_it_nothing_stays_unblocked(live_home: LiveHome) -> None:
    with live_home.database():
        pass
    assert not Campaign.objects.exists()
