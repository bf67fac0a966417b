"""What a role can be held over is said by the packages that have it."""

import pytest

from tests.cast import Cast
from zuji.people.enums import Role, ScopeKind
from zuji.people.rights import SCOPES
from zuji.people.scopes import ROWS, rows_of
from zuji.register.towns import towns


def test_each_kind_lists_what_one_association_has(cast: Cast):
    assert list(rows_of(ScopeKind.ASSOCIATION, cast.panyu.pk)) == [cast.panyu]
    assert list(rows_of(ScopeKind.CAMPAIGN, cast.panyu.pk)) == [cast.campaign]
    assert set(rows_of(ScopeKind.ORGANISATION, cast.panyu.pk)) == {cast.firm, cast.second_firm, cast.unit}
    assert not rows_of(ScopeKind.ORGANISATION, cast.other.pk).exists()
    assert [(str(each.pk), each.name) for each in rows_of(ScopeKind.TOWN, cast.panyu.pk)] == [
        (each.code, each.name) for each in towns().values()
    ]


def test_a_kind_that_nobody_registered_has_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(ROWS, ScopeKind.TOWN)
    assert not rows_of(ScopeKind.TOWN, cast.panyu.pk).exists()


def test_every_role_is_held_over_a_kind_that_is_registered():
    assert {SCOPES[role] for role in Role} <= set(ROWS)
