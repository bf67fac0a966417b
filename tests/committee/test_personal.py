from datetime import timedelta

from tests.cast import DAY
from zuji.committee.models import ContactDetail
from zuji.committee.personal import CONTACT_DAYS, CONTACTS, erase_contacts
from zuji.core.personal import TABLES

KEPT_FOR = timedelta(days=CONTACT_DAYS)


def test_contacts_are_known_to_the_erasing_task():
    assert CONTACTS in TABLES


def test_a_contact_goes_when_its_time_is_over_and_not_before(cast):
    for participant in (cast.firm, cast.unit):
        ContactDetail.objects.create(participant=participant, name="阿岚", kept_since=DAY)
    ContactDetail.objects.filter(participant=cast.unit).update(kept_since=DAY + timedelta(days=1))
    assert erase_contacts(DAY + KEPT_FOR - timedelta(seconds=1)) == 0
    assert erase_contacts(DAY + KEPT_FOR) == 1
    assert ContactDetail.objects.get().participant == cast.unit


def test_erasing_again_erases_nothing_more(cast):
    ContactDetail.objects.create(participant=cast.firm, name="阿岚", kept_since=DAY)
    assert [erase_contacts(DAY + KEPT_FOR) for _ in range(2)] == [1, 0]
