"""A form is checked at the very moment at which its round closes."""

import threading

import pytest
from django.db import connection

from tests.cast import DAY, make_cast
from tests.register.census.forms import FULL, a_form
from zuji.core.errors import Refused
from zuji.register.census import access, forms
from zuji.register.census.actions import check_form, close_round, hand_in
from zuji.register.census.errors import Refusal
from zuji.register.census.models import CensusForm, CensusRound
from zuji.register.enums import FormState

WAITS_S = 1.0
"""How long a check that has written and not yet committed waits for the closing: longer than that takes."""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("locking", "listed"), [(False, 0), (True, 1)])
def test_a_form_that_is_checked_while_its_round_closes_is_in_the_rounds_list(monkeypatch, locking, listed):
    """Without the round's lock it is called checked, and is in no list."""
    cast = make_cast()
    form = hand_in(actor=cast.tao, form_id=a_form(cast).pk, answers=FULL, at=DAY)
    written, closed = threading.Event(), threading.Event()
    tell = forms._told

    def told(*args, **kwargs):
        written.set()
        closed.wait(timeout=WAITS_S)
        return tell(*args, **kwargs)

    def check():
        try:
            check_form(actor=cast.mei, form_id=form.pk, at=DAY)
        finally:
            connection.close()

    monkeypatch.setattr(forms, "_told", told)
    if not locking:
        monkeypatch.setattr(access, "share_round", lambda _: None)
    checking = threading.Thread(target=check)
    checking.start()
    assert written.wait(timeout=30)
    close_round(actor=cast.mei, round_id=form.round_id, at=DAY)
    closed.set()
    checking.join(timeout=30)
    source = CensusRound.objects.get(pk=form.round_id).source
    assert CensusForm.objects.get().state == FormState.CHECKED
    assert (source.rows.count() if source else 0) == listed


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_form_that_comes_while_its_round_closes_waits_and_is_refused(monkeypatch):
    """Who waited for the closing reads the round as it is then, and not as it was."""
    from zuji.register.census import rounds

    cast = make_cast()
    form = a_form(cast)
    refused, asked = [], threading.Event()
    bring_in = rounds.bring_in

    def brought(*args, **kwargs):
        coming.start()
        asked.wait(timeout=30)
        coming.join(timeout=0.5)
        assert coming.is_alive()
        return bring_in(*args, **kwargs)

    def come():
        asked.set()
        try:
            hand_in(actor=cast.tao, form_id=form.pk, answers=FULL, at=DAY)
        except Refused as problem:
            refused.append(problem.code)
        finally:
            connection.close()

    coming = threading.Thread(target=come)
    monkeypatch.setattr(rounds, "bring_in", brought)
    close_round(actor=cast.mei, round_id=form.round_id, at=DAY)
    coming.join(timeout=30)
    assert refused == [Refusal.CENSUS_CLOSED]
    assert CensusForm.objects.get().state == FormState.OPEN
