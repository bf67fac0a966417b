from datetime import timedelta

import pytest

from zuji.committee.models import ContactDetail
from zuji.core import clock, personal, tasks
from zuji.core.personal import PersonalTable


def old_contacts(at):
    return ContactDetail.objects.filter(kept_since__lt=at - timedelta(days=90)).delete()[0]


@pytest.fixture
def table(monkeypatch):
    monkeypatch.setattr(personal, "TABLES", [])
    made = PersonalTable(model=ContactDetail, purpose="calling", days=90, erase_due=old_contacts)
    personal.register(made)
    return made


def contact(participant, since):
    return ContactDetail.objects.create(participant=participant, name="Lan", kept_since=since)


def test_details_go_when_their_time_has_come_and_not_before(cast, table):
    contact(cast.firm, cast.day)
    contact(cast.second_firm, cast.day - timedelta(days=91))
    assert personal.erase_due(cast.day) == {"committee.contactdetail": 1}
    assert [row.participant for row in ContactDetail.objects.all()] == [cast.firm]


def test_erasing_twice_is_erasing_once(cast, table):
    contact(cast.firm, cast.day - timedelta(days=91))
    personal.erase_due(cast.day)
    assert personal.erase_due(cast.day) == {"committee.contactdetail": 0}


def test_a_table_is_registered_once_however_often_its_package_is_read(table):
    personal.register(table)
    assert len(personal.TABLES) == 1


def test_the_nightly_task_erases_by_the_homes_clock(cast, table):
    contact(cast.firm, cast.day)
    with clock.frozen(cast.day + timedelta(days=1)):
        tasks.erase_personal(timestamp=0)
    assert ContactDetail.objects.exists()
    with clock.frozen(cast.day + timedelta(days=91)):
        tasks.erase_personal(timestamp=0)
    assert not ContactDetail.objects.exists()
