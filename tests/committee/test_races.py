"""Two who write to the same list at once. With the list's lock off, both win; with it, one does."""

import threading
from contextlib import nullcontext, suppress
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.db import connection

from tests.cast import DAY, make_cast
from tests.committee.workbooks import FIRM, workbook
from zuji.checkin import walkers
from zuji.checkin.errors import Refusal as CheckinRefusal
from zuji.checkin.models import Campaign, Pass
from zuji.committee import access, actions, organising
from zuji.committee.enums import JoinsAs, OrganisationKind, ParticipantKind
from zuji.committee.errors import Refusal
from zuji.committee.models import Affiliation, ParticipantOrganisation
from zuji.committee.queries import participant_values
from zuji.committee.values import OrganisationValues, ParticipantValues
from zuji.core.errors import Refused
from zuji.core.models import Association

pytestmark = pytest.mark.usefixtures("committing")
NAMES = ("龙眼 科技", "龙眼科技")
"""The same name to a reader, two to a unique constraint."""


def race(acts):
    """Run these at once; the codes of their refusals, "done" for one that was not refused."""
    ends = []

    def run(act):
        try:
            act()
        except Refused as refusal:
            ends.append(refusal.code)
        else:
            ends.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def meeting(module, name, *, locking):
    """Both threads have read before either writes, as far as locks let them; without, a busy machine gets its time."""
    barrier, original = threading.Barrier(2), getattr(module, name)

    def read(*args, **kwargs):
        found = original(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):  # it breaks when the other one waits for our lock
            barrier.wait(0.5 if locking else 5)
        return found

    return patch.object(module, name, read)


def without_lock(manager):
    return patch.object(type(manager), "select_for_update", lambda self, **_: self.all())


@pytest.mark.parametrize(("locking", "added"), [(False, 2), (True, 1)])
def test_a_name_goes_on_the_list_once_however_it_is_spaced(locking, added):
    cast = make_cast()

    def add(name):
        values = ParticipantValues(name=name, kind=ParticipantKind.FIRM, joins_as=JoinsAs.FIRM_ORGANISATION)
        return lambda: actions.add_participant(actor=cast.tao, association_id=cast.panyu.pk, values=values, at=DAY)

    off = nullcontext() if locking else without_lock(Association.objects)
    with off, meeting(actions, "known_names", locking=locking):
        ends = race([add(name) for name in NAMES])
    assert ParticipantOrganisation.objects.filter(name__startswith="龙眼").count() == added
    assert ends.count("done") == added
    assert set(ends) <= {"done", Refusal.PARTICIPANT_NAME_TAKEN}


@pytest.mark.parametrize(("locking", "passes"), [(False, 2), (True, 1)])
def test_a_list_of_walkers_sent_twice_at_once_makes_its_passes_once(locking, passes):
    cast = make_cast()
    data = workbook([(cast.firm.name, "小棉")], ("单位名称", "昵称"))

    def take():
        walkers.import_walkers(actor=cast.tao, campaign_id=cast.campaign.pk, data=data, file="人员.xlsx", at=DAY)

    off = nullcontext() if locking else without_lock(Campaign.objects)
    with off, meeting(walkers, "_is_known", locking=locking):
        ends = race([take, take])
    assert Pass.objects.count() == passes
    assert set(ends) <= {"done", CheckinRefusal.WALKERS_LIST_KNOWN}


@pytest.mark.parametrize(("seeing", "kept"), [(False, {"expected"}), (True, {"name"})])
def test_of_two_who_change_one_entry_at_once_the_second_learns_of_it(seeing, kept):
    """Without what each has seen, both are done and the first change is gone; with it, the second is told."""
    cast = make_cast()
    seen = participant_values(cast.firm)
    changes = ({"name": "木棉数据"}, {"expected": 9})
    turn = threading.Event()

    def change(number):
        def act():
            if number:
                turn.wait(5)  # so that it is always the same one that comes second
            values = replace(seen, **changes[number])
            told = seen if seeing else None
            actions.change_participant(actor=cast.tao, participant_id=cast.firm.pk, values=values, seen=told, at=DAY)

        return act

    held = actions.audit

    def slow_audit(*args, **facts):
        turn.set()  # the first has written and holds its locks while the second begins
        return held(*args, **facts)

    with patch.object(actions, "audit", slow_audit):
        ends = race([change(0), change(1)])
    now = participant_values(ParticipantOrganisation.objects.get(pk=cast.firm.pk))
    assert {name for one in changes for name in one if getattr(now, name) == one[name]} == kept
    assert ends == (["changed_meanwhile", "done"] if seeing else ["done", "done"])


@pytest.mark.parametrize(("locking", "related"), [(False, 2), (True, 1)])
def test_two_organisations_do_not_come_to_belong_to_each_other(locking, related):
    cast = make_cast()
    values = [OrganisationValues(name=name, kind=OrganisationKind.BRANCH, since=DAY.date()) for name in "甲乙"]
    register = {"actor": cast.tao, "association_id": cast.panyu.pk, "at": DAY}
    one, other = (actions.add_organisation(values=each, **register) for each in values)

    def tie(first, second):
        keys = {"organisation_id": first.pk, "to_id": second.pk}
        return lambda: actions.affiliate(actor=cast.tao, **keys, since=DAY.date(), at=DAY)

    off = nullcontext() if locking else without_lock(Association.objects)
    with off, meeting(organising, "_above", locking=locking):
        ends = race([tie(one, other), tie(other, one)])
    assert Affiliation.objects.count() == related
    assert set(ends) <= {"done", Refusal.ORGANISATION_IN_A_CIRCLE}


def test_two_imports_of_one_list_add_each_firm_once():
    cast = make_cast()
    data = workbook([FIRM])

    def take():
        actions.import_participants(actor=cast.tao, association_id=cast.panyu.pk, data=data, file="名单.xlsx", at=DAY)

    with meeting(access, "scope_of", locking=True):
        assert race([take, take]) == ["done", "done"]
    assert ParticipantOrganisation.objects.filter(name=FIRM[0]).count() == 1
