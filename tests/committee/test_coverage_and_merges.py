"""What covers a firm hangs on it: it goes with a merge, comes back with its undoing, and may forbid it."""

from datetime import date

import pytest

from tests.cast import DAY
from tests.committee.branches import FOUNDED, branch
from tests.register.lists import staged, taken
from tests.register.rows import firms
from zuji.committee.actions import cover, uncover
from zuji.committee.covering import covered, covered_twice
from zuji.committee.errors import Refusal
from zuji.committee.queries import firms_covered
from zuji.core.errors import Refused
from zuji.register import actions
from zuji.register.models import Doubt, Enterprise, Link
from zuji.register.relinking import relink

ON = DAY.date()


@pytest.fixture
def two(cast):
    return firms(cast.panyu, {"name": "广州木棉有限公司"}, {"name": "木棉公司"})


def covers(cast, organisation, *made, since=FOUNDED):
    for each in made:
        about = {"organisation_id": organisation.pk, "enterprise_id": each.pk, "since": since}
        cover(actor=cast.tao, at=DAY, **about)


def merged(cast, gone, kept):
    return actions.merge(actor=cast.mei, gone_id=gone.pk, kept_id=kept.pk, reason="电话核实", at=DAY)


def test_coverage_follows_a_merged_firm_and_comes_back(cast, two):
    covers(cast, branch(cast, "木棉党支部"), two[1])
    made = merged(cast, two[1], two[0])
    assert firms_covered({cast.panyu.pk}, on=ON) == {two[0].pk}
    actions.undo_merge(actor=cast.mei, merge_id=made.pk, at=DAY)
    assert firms_covered({cast.panyu.pk}, on=ON) == {two[1].pk}


def test_two_firms_that_one_organisation_covers_at_once_are_not_made_one(cast, two):
    own = branch(cast, "木棉党支部")
    covers(cast, own, *two)
    with pytest.raises(Refused, match=Refusal.FIRMS_SHARE_ORGANISATION) as told:
        merged(cast, two[1], two[0])
    assert told.value.facts["organisation"] == "木棉党支部"
    uncover(actor=cast.tao, organisation_id=own.pk, enterprise_id=two[1].pk, last=date(2021, 7, 1), at=DAY)
    assert covered_twice(two[1].pk, two[0].pk, DAY)
    assert covered([each.pk for each in two]) == {each.pk for each in two}


def test_one_after_the_other_is_no_conflict(cast, two):
    own = branch(cast, "木棉党支部")
    covers(cast, own, two[1])
    uncover(actor=cast.tao, organisation_id=own.pk, enterprise_id=two[1].pk, last=date(2020, 12, 31), at=DAY)
    covers(cast, own, two[0], since=date(2021, 1, 1))
    assert merged(cast, two[1], two[0])


@pytest.mark.parametrize("both", [True, False])
def test_linking_leaves_apart_what_does_not_fit_and_asks_a_person(cast, both):
    """Two lists made two firms; a third row shows that they are one, which their coverage stands against."""
    rows = [("木棉一", ""), ("木棉二", "")]
    made = []
    for name, known in rows:
        taken(cast, staged(cast, [(name, known)], name=name, headings=("企业名称", "统一社会信用代码")))
        made.append(Enterprise.objects.latest("pk"))
    covers(cast, branch(cast, "木棉党支部"), *(made if both else made[:1]))
    one, other = (Link.objects.get(enterprise=each, ended_at=None).row_id for each in made)
    about = {"one_id": min(one, other), "other_id": max(one, other), "same": True}
    cast.panyu.rulings.create(made_by=cast.mei.pk, made_at=DAY, **about)
    for _ in range(2):
        told = relink(cast.panyu.pk, at=DAY)
        firms_now = {each.merged_into_id for each in Enterprise.objects.filter(pk__in=[each.pk for each in made])}
        waiting = Doubt.objects.filter(state="waiting", one=min(one, other), other=max(one, other)).count()
        assert (firms_now == {None}, waiting) == ((True, 1) if both else (False, 0))
    assert (told.moved, told.merged) == (0, 0)
