import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY
from tests.committee.workbooks import FIRM, MEMBER, UNIT, workbook
from zuji.committee.access import visible_participants
from zuji.committee.actions import import_participants
from zuji.committee.imports import COLUMNS
from zuji.committee.queries import participants_by_name, participants_workbook
from zuji.core.sheets import read_table


@pytest.fixture
def listed(cast):
    import_participants(
        actor=cast.tao, association_id=cast.panyu.pk, data=workbook([FIRM, MEMBER, UNIT]), file="名单.xlsx", at=DAY
    )
    return visible_participants(cast.tao, at=DAY)


def export(rows):
    return participants_workbook(rows, made_at=DAY.replace(tzinfo=None), language="zh")


def test_an_export_can_be_read_as_a_list_again(listed):
    rows = {row["name"]: row for row in read_table(export(listed), file="名单.xlsx", columns=COLUMNS[:1]).rows()}
    assert FIRM[0] in rows
    assert len(rows) == listed.count()


def test_an_export_keeps_telephones_as_text(listed):
    columns = (COLUMNS[0], COLUMNS[4])
    rows = {row["name"]: row for row in read_table(export(listed), file="名单.xlsx", columns=columns).rows()}
    assert rows[FIRM[0]].raw("contact_phone") == "13800138000"


def test_a_list_is_read_in_the_same_number_of_queries_however_long(listed):
    counts = []
    for rows in (listed.filter(name=FIRM[0]), listed):
        with CaptureQueriesContext(connection) as queries:
            export(rows)
        counts.append(len(queries))
    assert counts == [1, 1]


def test_a_list_is_in_the_order_of_pinyin(listed):
    made = [each.name for each in participants_by_name(listed) if each.sort_key]
    assert made == [FIRM[0], MEMBER[0], UNIT[0]]
