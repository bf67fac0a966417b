from django.db import connection

from tests.cast import DAY
from tests.committee.workbooks import FIRM, UNIT, workbook
from zuji.committee.actions import import_participants
from zuji.committee.facts import FACTS


def test_participants_are_published_with_what_they_are_and_without_contacts(cast):
    data = workbook([FIRM, UNIT])
    import_participants(actor=cast.tao, association_id=cast.panyu.pk, data=data, file="名单.xlsx", at=DAY)
    with connection.cursor() as cursor:
        cursor.execute("select * from facts.participants where association_id = %s and sample", [cast.panyu.pk])
        columns = [column.name for column in cursor.description]
        rows = {row[columns.index("name")]: dict(zip(columns, row, strict=True)) for row in cursor.fetchall()}
    assert {name: row["kind"] for name, row in rows.items()} == {FIRM[0]: "firm", UNIT[0]: "institution"}
    assert set(columns) == set(FACTS[0].columns)
