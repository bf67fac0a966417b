"""Steps over Django's connection: rows are sent in, errors thrown in, and a transaction around them stays whole."""

import psycopg
import pytest
from django.db import connection, transaction

from zuji.checkin import steps
from zuji.checkin.models import UnknownPassCount
from zuji.checkin.steps import Mark, Query

pytestmark = pytest.mark.django_db

COUNT = "insert into checkin_unknownpasscount (day, items) values (%s, 1)"


def test_rows_come_back_and_the_result_is_returned():
    def work():
        [(number,)] = yield Query("select %s::int + 1", [41])
        return number

    assert steps.run(work()) == 42


def test_an_error_is_thrown_in_as_psycopgs_and_work_goes_on():
    def work():
        try:
            yield Query("select 1 / 0")
        except psycopg.errors.DivisionByZero:
            return (yield Query("select 'on'"))

    with transaction.atomic():
        assert steps.run(work()) == [("on",)]
        assert UnknownPassCount.objects.count() == 0


def test_what_is_rolled_back_is_undone_and_what_is_committed_stays():
    def work():
        yield Mark.BEGIN
        yield Query(COUNT, ["2021-07-26"])
        yield Mark.COMMIT
        yield Mark.BEGIN
        yield Query(COUNT, ["2021-07-27"])
        yield Mark.ROLLBACK
        yield Mark.ROLLBACK

    steps.run(work())
    assert [str(row.day) for row in UnknownPassCount.objects.all()] == ["2021-07-26"]


def test_an_error_that_nobody_catches_undoes_what_was_begun():
    def work():
        yield Mark.BEGIN
        yield Query(COUNT, ["2021-07-26"])
        yield Query("select 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        steps.run(work())
    assert not UnknownPassCount.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)
