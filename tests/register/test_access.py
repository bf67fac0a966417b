import pytest

from tests.cast import DAY, grant
from tests.register.lists import firm, staged
from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right, Role, ScopeKind
from zuji.register.access import access_authority, access_list, access_register, visible_authorities, visible_lists


def test_an_association_sees_its_own_lists_and_nobody_elses(cast):
    source = staged(cast, [firm(0)])
    for who, seen in ((cast.tao, [source]), (cast.mei, [source]), (cast.lan, []), (cast.qin, []), (None, [])):
        assert list(visible_lists(who, at=DAY)) == seen
        assert list(visible_authorities(who, at=DAY)) == [each.authority for each in seen]


def test_what_is_seen_without_the_right_is_forbidden_and_the_unseen_looks_absent(cast):
    source = staged(cast, [firm(0)])
    grant(cast.guo, Role.COMMITTEE_MEMBER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    tries = ((access_list, source.pk), (access_authority, source.authority_id), (access_register, cast.panyu.pk))
    for access, key in tries:
        assert access(cast.guo, key, Right.SEE_REGISTER, at=DAY).pk == key
        for who, error in ((cast.guo, Forbidden), (cast.qin, NotFound), (cast.lan, NotFound), (None, NotFound)):
            with pytest.raises(error):
                access(who, key, Right.IMPORT_LISTS, at=DAY)


def test_lists_come_with_their_authority_in_one_query(cast, django_assert_num_queries):
    for number in range(3):
        staged(cast, [firm(number)])
    with django_assert_num_queries(2):
        assert {each.authority.name for each in visible_lists(cast.tao, at=DAY)} == {"市场监管局"}
