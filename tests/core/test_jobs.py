from enum import StrEnum

from django.db import connection, transaction

from zuji.core.jobs import after_commit


class Job(StrEnum):
    TELL = "tests.tell"


def queued(key: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs where (args ->> 'booking_id')::int = %s", [key])
        return [name for (name,) in cursor.fetchall()]


def test_a_job_is_queued_by_name_and_keys_once_the_transaction_has_committed(transactional_db):
    with transaction.atomic():
        after_commit(Job.TELL, booking_id=7)
        assert queued(7) == []
    assert queued(7) == ["tests.tell"]


def test_nothing_is_queued_when_the_transaction_rolls_back(transactional_db):
    with transaction.atomic():
        after_commit(Job.TELL, booking_id=8)
        transaction.set_rollback(True)
    assert queued(8) == []
