from datetime import date, timedelta

import pytest
from django.db import connection

from tests.briefing.walk import tamper
from tests.cast import DAY
from zuji.briefing.actions import publish
from zuji.briefing.enums import Flaw
from zuji.briefing.verifying import verify

WALK_DAY = date(2021, 7, 26)
NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture
def ledger(walk):
    """Three published figures of a walk with one walker."""
    walk.check_in()
    for indicator in ("T1", "T2", "T3"):
        publish(
            actor=walk.cast.mei, association_id=walk.cast.panyu.pk, indicator=indicator, as_of=WALK_DAY, at=NEXT_DAY
        )
    return walk


def flaws(walk):
    return {check.entry.number: set(check.flaws) for check in verify(association=walk.cast.panyu)}


def test_a_ledger_that_nobody_touched_holds_and_the_records_say_the_same(ledger):
    checks = verify(association=ledger.cast.panyu)
    assert [(check.entry.number, check.flaws, check.live, check.same_rows) for check in checks] == [
        (1, (), 1, True),
        (2, (), 1, True),
        (3, (), 1, True),
    ]


def test_an_empty_ledger_has_nothing_to_check(walk):
    assert verify(association=walk.cast.panyu) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("update briefing_ledgerentry set value = 9 where number = 2", {2: {Flaw.ENTRY_CHANGED, Flaw.VALUE_DIFFERS}}),
        ("update briefing_ledgerentry set qualifier = 'exact' where number = 3", {3: {Flaw.ENTRY_CHANGED}}),
        ("update briefing_ledgerentry set published_by = null where number = 1", {1: {Flaw.ENTRY_CHANGED}}),
        ("delete from briefing_ledgerentry where number = 2", {3: {Flaw.NUMBER_MISSING, Flaw.CHAIN_BROKEN}}),
        ("update briefing_ledgerentry set digest = repeat('0', 64) where number = 1", {
            1: {Flaw.ENTRY_CHANGED}, 2: {Flaw.CHAIN_BROKEN},
        }),
        ("update briefing_evidence set rows = '[[\"9\", 1, 9]]' where columns::text like '%site_id%'", {
            1: {Flaw.EVIDENCE_CHANGED},
        }),
        ("update briefing_evidence set rows = '[]' where columns::text like '%site_id%'", {
            1: {Flaw.EVIDENCE_CHANGED, Flaw.VALUE_DIFFERS},
        }),
        ("update briefing_publisheddefinition set text = text || ' limit 0' where text like '%\"T1\"%'", {
            1: {Flaw.DEFINITION_CHANGED},
        }),
    ],
)  # fmt: skip
def test_tampering_shows_at_the_entry_that_it_hit(ledger, statement, found):
    tamper(statement)
    assert {number: flawed for number, flawed in flaws(ledger).items() if flawed} == found


def test_a_definition_that_was_changed_is_not_run(ledger):
    tamper("update briefing_publisheddefinition set text = text || ' limit 0' where text like '%\"T1\"%'")
    first = verify(association=ledger.cast.panyu)[0]
    assert (first.live, first.same_rows) == (None, False)


def test_a_late_upload_gives_another_answer_today_and_is_no_flaw(ledger):
    ledger.check_in(ledger.walker(ledger.cast.second_firm), at=DAY, received_at=NEXT_DAY + timedelta(hours=1))
    checks = verify(association=ledger.cast.panyu)
    assert [(check.flaws, check.live, check.same_rows) for check in checks] == [
        ((), 1, True),
        ((), 2, False),
        ((), 2, False),
    ]


def test_other_rows_of_the_same_number_are_another_answer_too(ledger):
    lost = ledger.check_in(ledger.walker(ledger.cast.second_firm))
    publish(actor=None, association_id=ledger.cast.panyu.pk, indicator="T2", as_of=DAY, at=NEXT_DAY)
    ledger.take_back(lost, DAY)
    ledger.check_in(ledger.walker(ledger.cast.unit))
    ledger.check_in(ledger.walker(ledger.cast.unit))
    last = verify(association=ledger.cast.panyu)[-1]
    assert (last.entry.value, last.live, last.same_rows) == (2, 1, False)


def test_an_old_definition_whose_facts_are_gone_can_no_longer_be_asked(ledger):
    with connection.cursor() as cursor:
        cursor.execute("drop view facts.stops cascade")
    first, second, _ = verify(association=ledger.cast.panyu)
    assert (first.flaws, first.live, first.same_rows) == ((), None, False)
    assert second.live == 1
