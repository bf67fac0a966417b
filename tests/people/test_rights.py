"""A right is held over scopes and for a time, through any of the roles that have it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from psycopg.types.range import Range

from tests.cast import DAY, Cast, grant
from zuji.core import clock
from zuji.core.errors import Forbidden
from zuji.people.enums import Right, Role, ScopeKind
from zuji.people.guards import needs
from zuji.people.models import RoleGrant
from zuji.people.rights import (
    RIGHTS,
    Scope,
    require,
    rights_of,
    roles_of,
    roles_remembered,
    roles_with,
    scope_of,
    scopes_of,
)


def test_scopes_of_several_roles_add_up(cast: Cast):
    grant(cast.lan, Role.CONTACT, ScopeKind.ORGANISATION, cast.unit.pk)
    grant(cast.lan, Role.STEWARD, ScopeKind.CAMPAIGN, cast.campaign.pk)
    assert scope_of(cast.lan, Right.SEE_PASSES, at=DAY) == Scope(
        organisations=frozenset({cast.firm.pk, cast.unit.pk}), campaigns=frozenset({cast.campaign.pk})
    )
    assert scope_of(cast.lan, Right.SHOW_CODES, at=DAY) == Scope(campaigns=frozenset({cast.campaign.pk}))


def test_a_role_counts_from_its_first_instant_to_before_its_last(cast: Cast):
    end = DAY + timedelta(hours=1)
    RoleGrant.objects.filter(account=cast.tao).update(during=Range(DAY, end))
    instants = (DAY - timedelta(microseconds=1), DAY, end - timedelta(microseconds=1), end)
    assert [bool(scope_of(cast.tao, Right.SEE_PASSES, at=at)) for at in instants] == [False, True, True, False]


def test_all_scopes_are_those_of_each_right_by_one_query(cast: Cast, django_assert_num_queries):
    grant(cast.lan, Role.STEWARD, ScopeKind.CAMPAIGN, cast.campaign.pk)
    with django_assert_num_queries(1):
        scopes = scopes_of(cast.lan, at=DAY)
    assert scopes == {right: scope_of(cast.lan, right, at=DAY) for right in rights_of(cast.lan, at=DAY)}
    assert scopes_of(None, at=DAY) == {}
    cast.lan.is_active = False
    assert scopes_of(cast.lan, at=DAY) == {}


def test_rights_of_an_account_are_those_of_all_its_roles(cast: Cast):
    grant(cast.lan, Role.STEWARD, ScopeKind.CAMPAIGN, cast.campaign.pk)
    assert rights_of(cast.lan, at=DAY) == RIGHTS[Role.CONTACT] | RIGHTS[Role.STEWARD]
    assert rights_of(None, at=DAY) == set()


def test_requiring_a_right_gives_its_scope_or_names_it(cast: Cast):
    assert require(cast.mei, Right.BACKFILL, at=DAY).associations == {cast.panyu.pk}
    with pytest.raises(Forbidden) as refusal:
        require(cast.tao, Right.BACKFILL, at=DAY)
    assert refusal.value.facts == {"right": "backfill"}


def test_an_empty_scope_is_false(cast: Cast):
    assert not Scope()
    assert Scope(towns=frozenset({1}))


def test_every_row_is_found_again_by_its_right():
    assert {role for right in Right for role in roles_with(right)} == set(Role)
    assert all((role in roles_with(right)) == (right in RIGHTS[role]) for role in Role for right in Right)


def test_the_three_administrative_roles_share_only_what_they_see():
    shared = RIGHTS[Role.ADMINISTRATOR] & RIGHTS[Role.SECURITY] & RIGHTS[Role.AUDITOR]
    assert shared == {Right.SEE_FRAME, Right.SEE_ACCOUNTS}
    assert roles_with(Right.MANAGE_ACCOUNTS) == {Role.ADMINISTRATOR}
    assert roles_with(Right.GRANT_ROLES) == {Role.SECURITY}


def test_the_same_role_is_never_held_twice_at_a_time(cast: Cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(cast.tao, Role.OFFICE, ScopeKind.ASSOCIATION, cast.panyu.pk)
    RoleGrant.objects.filter(account=cast.tao).update(during=Range(None, DAY))
    RoleGrant.objects.create(
        account=cast.tao,
        role=Role.OFFICE,
        scope_kind=ScopeKind.ASSOCIATION,
        scope_id=cast.panyu.pk,
        during=Range(DAY, None),
    )


def test_a_page_that_only_reads_looks_a_persons_roles_up_once(cast: Cast, django_assert_num_queries):
    with django_assert_num_queries(2), roles_remembered():
        for who in (cast.lan, cast.guo, cast.lan):
            for right in Right:
                assert bool(scope_of(who, right, at=DAY)) is (right in rights_of(who, at=DAY))


def test_what_is_remembered_is_judged_by_the_instant_and_forgotten_afterwards(cast: Cast):
    end = DAY + timedelta(hours=1)
    RoleGrant.objects.filter(account=cast.tao).update(during=Range(DAY, end))
    with roles_remembered():
        instants = (DAY - timedelta(microseconds=1), DAY, end - timedelta(microseconds=1), end)
        assert [roles_of(cast.tao, at=at) for at in instants] == [[], [Role.OFFICE], [Role.OFFICE], []]
        RoleGrant.objects.filter(account=cast.tao).delete()
        assert roles_of(cast.tao, at=DAY) == [Role.OFFICE]
    assert roles_of(cast.tao, at=DAY) == []


def test_what_writes_remembers_nothing(cast: Cast):
    """A page that grants and then asks must see what it granted."""
    seen = []

    @needs(Right.SEE_PASSES)
    def page(request):
        seen.append(roles_of(cast.tao, at=DAY))
        RoleGrant.objects.filter(account=cast.tao).delete()
        seen.append(roles_of(cast.tao, at=DAY))
        return HttpResponse()

    for method, after in (("post", []), ("get", [Role.OFFICE])):
        seen.clear()
        RoleGrant.objects.filter(account=cast.tao).delete()
        grant(cast.tao, Role.OFFICE, ScopeKind.ASSOCIATION, cast.panyu.pk)
        request = getattr(RequestFactory(), method)("/")
        request.user = cast.tao
        with clock.frozen(DAY):
            page(request)
        assert seen == [[Role.OFFICE], after]
