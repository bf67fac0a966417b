"""How wary a writer is after it met another, and which receipts it can still give."""

import psycopg
import pytest

from tests.checkin.test_log import SIGNER, START, sealed
from zuji.checkin import ledger as ledgers
from zuji.checkin.enums import Outcome
from zuji.checkin.ledger import Ledger
from zuji.checkin.rows import Verdict


@pytest.fixture
def ledger() -> Ledger:
    made = Ledger(SIGNER)
    made.tip, made.next_batch = START, 1
    return made


def test_a_writer_that_knows_the_end_of_the_log_tries_at_once(ledger):
    assert ledger.is_alone
    ledger.forget()
    assert not ledger.is_alone


def test_after_the_head_moved_it_locks_first_and_after_a_repeat_it_looks_first(ledger):
    ledger.met(psycopg.errors.DivisionByZero())
    assert (ledger.lock_first, ledger.look_first) == (ledgers.WARY_FOR, 0)
    ledger.met(psycopg.errors.UniqueViolation())
    assert ledger.look_first == ledgers.WARY_FOR


def test_wariness_wears_off(ledger):
    ledger.met(psycopg.errors.UniqueViolation())
    for _ in range(ledgers.WARY_FOR):
        assert not ledger.is_alone
        ledger.calm()
    assert ledger.is_alone


def test_only_so_many_batches_are_remembered(ledger, monkeypatch):
    monkeypatch.setattr(ledgers, "SEALED_KEPT", 2)
    for number in (1, 2, 3):
        ledger.ended(number, sealed(1)[1], number + 1)
    assert [ledger.sealed(number) is not None for number in (1, 2, 3)] == [False, True, True]
    assert (ledger.sealed(None), ledger.next_batch) == (None, 4)


def test_a_receipt_goes_with_an_answer_only_while_its_batch_is_known(ledger):
    [mine], batch = sealed(1)
    mine.batch_id = 7
    verdict = Verdict(Outcome.ACCEPTED, mine, mine)
    assert ledger.receipt(verdict) is None
    ledger.keep(7, batch)
    assert ledger.receipt(verdict) == batch.receipt_of(mine)
    assert ledger.receipt(Verdict(Outcome.REFUSED, mine)) is None
