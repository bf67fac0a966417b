"""Two administrators at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.cast import DAY, account, make_cast
from zuji.core.errors import Refused
from zuji.people.actions import end_role, grant_role, make_account
from zuji.people.enums import Role, ScopeKind
from zuji.people.models import Account, RoleGrant
from zuji.people.values import NewAccount

pytestmark = pytest.mark.usefixtures("committing")
TOGETHER = 4


def race(act: Callable[[], object]) -> list[str]:
    """What became of the same act done by several at once: "done", or the code of its refusal."""
    start, ends = threading.Barrier(TOGETHER), []

    def run() -> None:
        start.wait()
        try:
            act()
        except Refused as refusal:
            ends.append(refusal.code)
        else:
            ends.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_a_username_goes_to_one_of_them():
    cast = make_cast()
    ann = account(cast.panyu, "Ann", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    values = NewAccount(association_id=cast.panyu.pk, username="ping", name="Ping")
    assert race(lambda: make_account(actor=ann, values=values, at=DAY)) == ["done", *["username_taken"] * 3]
    assert Account.objects.filter(username="ping").count() == 1


def test_a_role_is_granted_and_ended_once():
    cast = make_cast()
    sue = account(cast.panyu, "Sue", Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk)
    wanted = {"actor": sue, "account_id": cast.tao.pk, "role": Role.VIEWER, "scope_id": cast.panyu.pk, "at": DAY}
    assert race(lambda: grant_role(**wanted)) == ["done", *["role_already_held"] * 3]
    grant = RoleGrant.objects.get(account=cast.tao, role=Role.VIEWER)
    assert race(lambda: end_role(actor=sue, grant_id=grant.pk, at=DAY)) == ["done", *["role_already_ended"] * 3]
