from datetime import date

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import Range

from tests.cast import DAY
from tests.committee.branches import branch
from zuji.committee.actions import cover, uncover
from zuji.committee.errors import Refusal
from zuji.committee.models import Coverage
from zuji.core.errors import Forbidden, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.register.models import Enterprise

SINCE, LAST = date(2021, 3, 1), date(2021, 6, 30)


@pytest.fixture
def pair(cast):
    """A branch of the district and a firm on its register, by their keys."""
    firm = Enterprise.objects.create(association=cast.panyu, made_at=DAY)
    return {"organisation_id": branch(cast, "木棉数科党支部").pk, "enterprise_id": firm.pk}


def test_an_organisation_covers_a_firm_from_a_day_to_another(cast, pair):
    made = cover(actor=cast.tao, **pair, since=SINCE, at=DAY)
    assert made.during == Range(SINCE, None)
    ended = uncover(actor=cast.tao, **pair, last=LAST, at=DAY)
    assert ended.during == Range(SINCE, date(2021, 7, 1))
    told = AuditEntry.objects.filter(verb__in=("firm_covered", "coverage_ended")).order_by("pk")
    assert [entry.facts for entry in told] == [{"since": "2021-03-01"}, {"last": "2021-06-30"}]


def test_a_joint_branch_covers_several_firms_and_a_firm_may_have_two(cast, pair):
    other = Enterprise.objects.create(association=cast.panyu, made_at=DAY)
    second = branch(cast, "联合党支部")
    cover(actor=cast.tao, **pair, since=SINCE, at=DAY)
    cover(actor=cast.tao, **pair | {"enterprise_id": other.pk}, since=SINCE, at=DAY)
    cover(actor=cast.tao, **pair | {"organisation_id": second.pk}, since=SINCE, at=DAY)
    assert Coverage.objects.count() == 3


def test_a_firm_is_covered_once_at_a_time_and_may_be_again(cast, pair):
    cover(actor=cast.tao, **pair, since=SINCE, at=DAY)
    with pytest.raises(Refused, match=Refusal.FIRM_COVERED_ALREADY):
        cover(actor=cast.tao, **pair, since=LAST, at=DAY)
    uncover(actor=cast.tao, **pair, last=LAST, at=DAY)
    assert cover(actor=cast.tao, **pair, since=date(2021, 7, 1), at=DAY).pk
    with pytest.raises(IntegrityError, match="covered_once_at_a_time"), transaction.atomic():
        Coverage.objects.create(**pair, during=Range(LAST, None))


def test_what_is_not_covered_then_is_not_uncovered(cast, pair):
    with pytest.raises(Refused, match=Refusal.FIRM_NOT_COVERED):
        uncover(actor=cast.tao, **pair, last=LAST, at=DAY)
    cover(actor=cast.tao, **pair, since=LAST, at=DAY)
    with pytest.raises(Refused, match=Refusal.FIRM_NOT_COVERED):
        uncover(actor=cast.tao, **pair, last=SINCE, at=DAY)


def test_before_it_existed_an_organisation_covers_nothing(cast, pair):
    with pytest.raises(Refused, match=Refusal.ORGANISATION_NOT_THEN):
        cover(actor=cast.tao, **pair, since=date(2018, 10, 31), at=DAY)


def test_neither_another_associations_firm_nor_by_another_associations_office(cast, pair):
    elsewhere = Enterprise.objects.create(association=cast.other, made_at=DAY)
    with pytest.raises(NotFound):
        cover(actor=cast.tao, **pair | {"enterprise_id": elsewhere.pk}, since=SINCE, at=DAY)
    with pytest.raises(NotFound):
        cover(actor=cast.qin, **pair, since=SINCE, at=DAY)
    cast.tao.grants.update(role="committee_member")
    with pytest.raises(Forbidden):
        cover(actor=cast.tao, **pair, since=SINCE, at=DAY)
