"""A log that was tampered with is found out, whatever was changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.checkin.desks import item, new_pass
from zuji.checkin import proving
from zuji.checkin.proving import Fault

pytestmark = pytest.mark.django_db

UNGUARDED = "set session_replication_role = replica"
TAMPERED = {
    "update checkin_logbatch set root = decode(repeat('11', 32), 'hex') where size = 2": {Fault.ROOT, Fault.CHAIN},
    "update checkin_logbatch set prev = decode(repeat('11', 32), 'hex') where size = 2": {Fault.CHAIN},
    "update checkin_logbatch set time_ms = time_ms + 1 where size = 2": {Fault.CHAIN, Fault.SIGNATURE},
    "update checkin_logbatch set signature = decode(repeat('11', 64), 'hex') where size = 2": {Fault.SIGNATURE},
    "update checkin_logbatch set key_id = 'other' where size = 2": {Fault.KEY},
    "delete from checkin_logbatch where size = 2": {Fault.CHAIN, Fault.SIZE},
    "delete from checkin_logbatch where size = 3": {Fault.HEAD},
    "update checkin_loghead set size = 9": {Fault.HEAD},
    "update checkin_item set grade = 'A'": {Fault.LEAF},
    "update checkin_item set organisation_id = 1": {Fault.LEAF},
    "update checkin_item set leaf_index = 5": {Fault.LEAF},
}


@pytest.fixture
def three_batches(cast, counter, screen):
    for _ in range(3):
        counter.take(item(new_pass(cast.second_firm, cast.campaign), screen))


def test_an_untouched_log_is_sound(three_batches):
    report = proving.check_log()
    assert (report.batches, report.leaves, report.records, report.faults) == (3, 3, 3, [])


@pytest.mark.parametrize("tampering", TAMPERED)
def test_what_was_changed_is_found(three_batches, tampering):
    with connection.cursor() as cursor:
        cursor.execute(UNGUARDED)
        cursor.execute(tampering)
        cursor.execute("set session_replication_role = origin")
    assert TAMPERED[tampering] <= {found.fault for found in proving.check_log().faults}


def test_an_item_of_a_log_is_neither_changed_nor_deleted(three_batches):
    for tampering in (
        "update checkin_item set grade = 'D'",
        "delete from checkin_item",
        "delete from checkin_logbatch",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(tampering)
