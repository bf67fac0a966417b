"""Two works bring lists of one firm in at the same moment."""

import threading
from datetime import timedelta
from time import sleep

import pytest
from django.db import connection

from tests.cast import DAY, make_cast
from tests.register.lists import firm, firms, staged
from zuji.core import works
from zuji.register import actions, relinking
from zuji.register.models import Link


class Anything:
    """What equals whatever it is compared with, as if nobody had looked."""

    __hash__ = None  # type: ignore[assignment]  # it stands for no one thing

    def __eq__(self, other: object) -> bool:
        return True


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("looking", "linked_rows"), [(False, 1), (True, 2)])
def test_two_lists_of_one_firm_that_come_in_at_once_make_one_firm(monkeypatch, looking, linked_rows):
    """Who does not look again under the lock takes for gone the rows that another work has just brought."""
    cast, meeting = make_cast(), threading.Barrier(2)
    lists = [staged(cast, [firm(0, staff=staff)]) for staff in (12, 13)]
    asked = [actions.take_in(actor=cast.tao, list_ids=[each.pk], at=DAY) for each in lists]
    link = relinking.link
    met = set()

    def linked(*args, **kwargs):
        found = link(*args, **kwargs)
        if threading.get_ident() not in met:
            met.add(threading.get_ident())
            meeting.wait(timeout=30)
        return found

    def run(work):
        try:
            works.run(work.pk, now=lambda: DAY)
        finally:
            connection.close()

    monkeypatch.setattr(relinking, "link", linked)
    if not looking:
        monkeypatch.setattr(relinking, "counting", lambda *_: Anything())
    threads = [threading.Thread(target=run, args=[work]) for work in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert Link.objects.filter(ended_at=None).count() == linked_rows
    assert len(firms(cast.panyu.pk)) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("beats_every", "shown"), [(60, "failed"), (0.05, "running")])
def test_a_work_whose_step_is_long_is_not_taken_for_dead(monkeypatch, beats_every, shown):
    """Without signs of life of its own it would look dead while it links a district's rows."""
    cast = make_cast()
    work = actions.take_in(actor=cast.tao, list_ids=[staged(cast, [firm(0)]).pk], at=DAY)
    seen = []
    link = relinking.link

    def linked(*args, **kwargs):
        sleep(1.3)
        seen.append(works.access_work(cast.tao, work.pk).shown)
        return link(*args, **kwargs)

    monkeypatch.setattr(relinking, "link", linked)
    monkeypatch.setattr(works, "BEATS_EVERY_S", beats_every)
    monkeypatch.setattr(works, "DEAD_AFTER", timedelta(seconds=1))
    works.run(work.pk, now=lambda: DAY)
    assert seen == [shown]
