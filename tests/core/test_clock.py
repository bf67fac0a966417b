from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from zuji.core import clock
from zuji.core.enums import HomeKind
from zuji.core.errors import Refused
from zuji.core.models import Home

WALK = datetime(2021, 7, 26, 1, 30, tzinfo=UTC)


def sql_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select zuji_now()")
        return cursor.fetchone()[0]


@pytest.fixture
def demo(db, settings, tmp_path):
    settings.CLOCK_FILE = str(tmp_path / "clock.json")
    Home.objects.update(kind=HomeKind.DEMO)


def test_a_real_home_shows_real_time_and_announces_nothing(db, settings, tmp_path):
    settings.CLOCK_FILE = str(tmp_path / "clock.json")
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)
    assert abs(sql_now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert clock.announced() is None


def test_a_real_home_refuses_to_set_its_clock(db, settings, tmp_path):
    settings.CLOCK_FILE = str(tmp_path / "clock.json")
    with pytest.raises(Refused, match="clock_not_demo"):
        clock.hold(WALK)
    assert clock.announced() is None


def test_the_database_refuses_a_set_clock_in_a_real_home(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Home.objects.update(held_at=WALK)


def test_a_demo_holds_its_clock_in_python_and_in_sql_alike(demo):
    clock.hold(WALK)
    assert clock.now() == WALK
    assert sql_now() == WALK
    assert clock.announced() == WALK


def test_a_held_clock_steps_from_event_to_event(demo):
    for minutes in (0, 3, 1):
        clock.hold(WALK + timedelta(minutes=minutes))
        assert clock.now() == sql_now() == WALK + timedelta(minutes=minutes)


def test_a_released_clock_runs_on_from_where_it_was_let_go(demo):
    clock.hold(WALK)
    clock.release(WALK)
    first = clock.now()
    assert timedelta() <= first - WALK < timedelta(seconds=2)
    assert abs(sql_now() - first) < timedelta(seconds=2)
    assert clock.now() > first


def test_time_stands_within_a_frozen_block_only(settings, tmp_path):
    settings.CLOCK_FILE = str(tmp_path / "clock.json")
    with clock.frozen(WALK):
        assert clock.now() == WALK
    assert clock.now() != WALK
