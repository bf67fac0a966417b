"""Whose accounts somebody sees; a list costs the same however long it is."""

import pytest

from tests.cast import DAY, Cast, account
from zuji.core.errors import Forbidden, NotFound
from zuji.people.access import access_account, own_grants, visible_accounts, visible_grants, without_role
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.models import Account, RoleGrant


@pytest.fixture
def ann(cast: Cast) -> Account:
    return account(cast.panyu, "Ann", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)


def test_an_administrator_sees_the_own_associations_accounts(cast: Cast, ann: Account):
    assert set(visible_accounts(ann, at=DAY)) == {cast.mei, cast.tao, cast.lan, cast.guo, ann}
    assert not visible_accounts(cast.tao, at=DAY).exists()
    assert not visible_accounts(None, at=DAY).exists()


def test_a_foreign_account_looks_absent_and_an_own_one_without_the_right_forbidden(cast: Cast, ann: Account):
    assert access_account(ann, cast.tao.pk, Right.MANAGE_ACCOUNTS, at=DAY) == cast.tao
    with pytest.raises(NotFound):
        access_account(ann, cast.qin.pk, Right.MANAGE_ACCOUNTS, at=DAY)
    with pytest.raises(Forbidden):
        access_account(ann, cast.tao.pk, Right.GRANT_ROLES, at=DAY)


def test_roles_are_seen_with_their_accounts(cast: Cast, ann: Account):
    assert {grant.account for grant in visible_grants(ann, at=DAY)} == {cast.mei, cast.tao, cast.lan, cast.guo, ann}
    assert [grant.role for grant in own_grants(cast.lan, at=DAY)] == [Role.CONTACT]
    assert not own_grants(cast.lan, at=DAY.replace(year=2017)).exists()


@pytest.mark.parametrize("more", [0, 2])
def test_a_longer_list_costs_no_more_queries(cast: Cast, ann: Account, django_assert_num_queries, more: int):
    for number in range(more):
        account(cast.panyu, f"Extra {number}", Role.VIEWER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    with django_assert_num_queries(2):
        assert len([grant.account.name for grant in visible_grants(ann, at=DAY)]) == 5 + more


def test_an_account_without_a_role_in_force_is_found_while_it_is_open(cast: Cast):
    security = account(cast.panyu, "Sam", Role.SECURITY, ScopeKind.ASSOCIATION, cast.panyu.pk)
    assert list(without_role(security, at=DAY)) == []
    before = DAY.replace(year=2018, month=1)  # every role of the cast begins later, security's own too
    assert list(without_role(security, at=before)) == []
    RoleGrant.objects.filter(account__in=[cast.lan, cast.guo, cast.qin]).delete()
    Account.objects.filter(pk=cast.guo.pk).update(is_active=False)
    assert list(without_role(security, at=DAY)) == [cast.lan]
    assert list(without_role(cast.tao, at=DAY)) == []
