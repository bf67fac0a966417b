"""To fetch a firm, its card or a doubtful pair is to be allowed to."""

import pytest

from tests.cast import DAY, grant
from tests.register.rows import doubt, firms
from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right, Role, ScopeKind
from zuji.register.access import (
    access_doubt,
    access_enterprise,
    visible_cards,
    visible_doubts,
    visible_enterprises,
    visible_precedences,
)
from zuji.register.models import Enterprise, Precedence

EDIT, DECIDE = Right.EDIT_REGISTER, Right.DECIDE_DOUBTS


@pytest.fixture
def pair(cast):
    return firms(cast.panyu, {"name": "广州木棉有限公司"}, {"name": "广州榕声有限公司"})


def test_an_association_sees_its_own_firms_and_nobody_elses(cast, pair):
    asked = doubt(*pair)
    for who, seen in ((cast.mei, True), (cast.tao, True), (cast.lan, False), (cast.qin, False), (None, False)):
        assert [*visible_enterprises(who, at=DAY)] == (pair if seen else [])
        assert [*visible_doubts(who, at=DAY)] == ([asked] if seen else [])
        assert visible_cards(who, at=DAY).count() == (2 if seen else 0)


def test_a_firm_that_was_found_to_be_another_is_seen_and_has_no_card_in_the_list(cast, pair):
    Enterprise.objects.filter(pk=pair[1].pk).update(merged_into=pair[0])
    assert visible_enterprises(cast.mei, at=DAY).count() == 2
    assert [card.pk for card in visible_cards(cast.mei, at=DAY)] == [pair[0].pk]


def test_what_is_seen_without_the_right_is_forbidden_and_the_unseen_looks_absent(cast, pair):
    asked = doubt(*pair)
    grant(cast.guo, Role.COMMITTEE_MEMBER, ScopeKind.ASSOCIATION, cast.panyu.pk)
    for access, key, right in ((access_enterprise, pair[0].pk, EDIT), (access_doubt, asked.pk, DECIDE)):
        assert access(cast.tao, key, right, at=DAY).pk == key
        for who, error in ((cast.guo, Forbidden), (cast.qin, NotFound), (None, NotFound)):
            with pytest.raises(error):
                access(who, key, right, at=DAY)


def test_orders_of_authorities_are_an_associations_own(cast):
    made = Precedence.objects.create(association=cast.panyu, field="", authorities=[], during=("2021-01-01", None))
    assert [*visible_precedences(cast.tao, at=DAY)] == [made]
    assert [*visible_precedences(cast.qin, at=DAY)] == []
