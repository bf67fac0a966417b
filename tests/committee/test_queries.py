import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY
from tests.committee.workbooks import FIRM, MEMBER, UNIT, workbook
from zuji.committee.access import visible_participants
from zuji.committee.actions import import_participants
from zuji.committee.models import ContactDetail
from zuji.committee.queries import participants_by_name


@pytest.fixture
def listed(cast):
    data = workbook([UNIT, MEMBER, FIRM])
    import_participants(actor=cast.tao, association_id=cast.panyu.pk, data=data, file="名单.xlsx", at=DAY)
    return visible_participants(cast.tao, at=DAY)


def contact_of(participant):
    kept = getattr(participant, "contact", None)
    return kept.name if isinstance(kept, ContactDetail) else None


def test_a_list_is_in_the_order_of_pinyin(listed):
    made = [each.name for each in participants_by_name(listed) if each.sort_key]
    assert made == [FIRM[0], MEMBER[0], UNIT[0]]


def test_contacts_are_at_hand_where_there_are_any(listed):
    made = {each.name: contact_of(each) for each in participants_by_name(listed) if each.sort_key}
    assert made == {FIRM[0]: "阿岚", MEMBER[0]: None, UNIT[0]: "老郭"}


@pytest.mark.parametrize("names", [(FIRM[0],), (FIRM[0], MEMBER[0], UNIT[0])], ids=["one", "three"])
def test_a_list_is_read_in_one_query_however_long(listed, names):
    with CaptureQueriesContext(connection) as queries:
        rows = [contact_of(each) for each in participants_by_name(listed.filter(name__in=names))]
    assert len(rows) == len(names)
    assert len(queries) == 1
