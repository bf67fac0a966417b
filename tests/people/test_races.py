"""Two administrators at the same moment."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from tests.cast import DAY, account, make_cast
from zuji.core.errors import Refused
from zuji.people import actions
from zuji.people.access import access_account
from zuji.people.actions import end_role, grant_role, lend_role, make_account, take_back_role
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant
from zuji.people.rights import KEPT_APART
from zuji.people.values import NewAccount

pytestmark = pytest.mark.usefixtures("committing")
TOGETHER = 4
HOUR = timedelta(hours=1)


def race(*acts: Callable[[], object]) -> list[str]:
    """What became of acts done at once, or of one act done by several: "done", or the code of its refusal."""
    together = acts if len(acts) > 1 else acts * TOGETHER
    start, ends = threading.Barrier(len(together)), []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except Refused as refusal:
            ends.append(refusal.code)
        except IntegrityError:
            ends.append("failed")
        else:
            ends.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in together]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_a_username_goes_to_one_of_them():
    cast = make_cast()
    ann = account(cast.panyu, "Ann", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    values = NewAccount(username="ping", name="Ping")
    wanted = {"actor": ann, "association_id": cast.panyu.pk, "values": values, "at": DAY}
    assert race(lambda: make_account(**wanted)) == ["done", *["username_taken"] * 3]
    assert Account.objects.filter(username="ping").count() == 1


def test_a_role_is_granted_and_ended_once():
    cast = make_cast()
    sue = account(cast.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk)
    wanted = {"actor": sue, "account_id": cast.tao.pk, "role": Role.VIEWER, "scope_id": cast.panyu.pk, "at": DAY}
    assert race(lambda: grant_role(**wanted)) == ["done", *["role_already_held"] * 3]
    grant = RoleGrant.objects.get(account=cast.tao, role=Role.VIEWER)
    assert race(lambda: end_role(actor=sue, grant_id=grant.pk, at=DAY)) == ["done", *["role_already_ended"] * 3]


@pytest.fixture(params=[False, True], ids=["unlocked", "locked"])
def locking(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether an account is locked before it is looked at; unlocked, both look before either writes."""
    if not request.param:
        both, create = threading.Barrier(2), RoleGrant.objects.create

        def unlocked(*args: object, lock: bool = False, **kwargs: object) -> Account:
            return access_account(*args, **kwargs)

        def late(**values: object) -> RoleGrant:
            if threading.current_thread() is not threading.main_thread():
                both.wait(5)
            return create(**values)

        monkeypatch.setattr(actions, "access_account", unlocked)
        monkeypatch.setattr(RoleGrant.objects, "create", late)
    return bool(request.param)


def test_two_of_the_three_overseers_roles_never_come_to_one_account(locking: bool):
    cast = make_cast()
    officers = [account(cast.panyu, name, Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk) for name in ("Su", "Si")]

    def granting(actor: Account, role: Role) -> Callable[[], RoleGrant]:
        return lambda: grant_role(actor=actor, account_id=cast.tao.pk, role=role, scope_id=cast.panyu.pk, at=DAY)

    ends = race(granting(officers[0], Role.ADMINISTRATOR), granting(officers[1], Role.AUDITOR))
    held = RoleGrant.objects.filter(account=cast.tao, role__in=KEPT_APART).count()
    assert (ends, held) == ((["done", "roles_kept_apart"], 1) if locking else (["done", "done"], 2))


def test_of_two_loans_of_one_role_the_second_is_told_that_it_is_held(locking: bool):
    """Even unlocked the database keeps them from overlapping, but then the second one fails without words."""
    cast = make_cast()
    leads = [cast.mei, account(cast.panyu, "Lei", Role.OFFICE_LEAD, ScopeKind.ASSOCIATION, cast.panyu.pk)]

    def lending(actor: Account, day: int) -> Callable[[], RoleGrant]:
        wanted = {"account_id": cast.lan.pk, "role": Role.OFFICE, "scope_id": cast.panyu.pk, "at": DAY}
        return lambda: lend_role(actor=actor, until=date(2021, 7, day), **wanted)

    ends = race(lending(leads[0], 27), lending(leads[1], 30))
    assert ends == ["done", "role_already_held" if locking else "failed"]
    assert RoleGrant.objects.filter(account=cast.lan, role=Role.OFFICE).count() == 1


def test_a_loan_is_taken_back_once():
    cast = make_cast()
    wanted = {"account_id": cast.lan.pk, "role": Role.OFFICE, "scope_id": cast.panyu.pk, "at": DAY}
    made = lend_role(actor=cast.mei, until=date(2021, 7, 27), **wanted)
    act = lambda: take_back_role(actor=cast.mei, grant_id=made.pk, at=DAY + HOUR)  # noqa: E731
    assert race(act) == ["done", *["role_already_ended"] * 3]
