import pytest

from tests.cast import DAY
from tests.committee.branches import branch
from zuji.committee.access import (
    access_organisation,
    access_participant,
    access_register,
    visible_organisations,
    visible_participants,
)
from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right


def names(rows):
    return {row.name for row in rows}


def test_the_office_sees_its_association_whole(cast):
    assert names(visible_participants(cast.tao, at=DAY)) == {"木棉数科", "榕声互动", "共建单位甲"}


def test_a_contact_sees_the_own_organisation_only(cast):
    assert names(visible_participants(cast.lan, at=DAY)) == {"木棉数科"}


@pytest.mark.parametrize("who", ["qin", "guo"])
def test_another_district_and_a_steward_see_none(cast, who):
    assert not visible_participants(getattr(cast, who), at=DAY)


def test_nobody_signed_in_sees_nothing(cast):
    assert not visible_participants(None, at=DAY)
    assert not visible_organisations(None, at=DAY)


def test_a_firm_of_another_district_looks_absent(cast):
    with pytest.raises(NotFound):
        access_participant(cast.qin, cast.firm.pk, Right.EDIT_ORGANISATIONS, at=DAY)


def test_a_contact_reads_but_does_not_edit_the_own_firm(cast):
    assert access_participant(cast.lan, cast.firm.pk, Right.SEE_ORGANISATIONS, at=DAY) == cast.firm
    with pytest.raises(Forbidden):
        access_participant(cast.lan, cast.firm.pk, Right.EDIT_ORGANISATIONS, at=DAY)


def test_a_contact_does_not_find_another_firm(cast):
    with pytest.raises(NotFound):
        access_participant(cast.lan, cast.second_firm.pk, Right.SEE_ORGANISATIONS, at=DAY)


def test_an_organisation_of_another_district_looks_absent(cast):
    own = branch(cast, "党支部")
    assert list(visible_organisations(cast.tao, at=DAY)) == [own]
    with pytest.raises(NotFound):
        access_organisation(cast.qin, own.pk, Right.SEE_ORGANISATIONS, at=DAY)


@pytest.mark.django_db(transaction=False)
def test_the_list_of_another_district_cannot_be_written_to(cast):
    with pytest.raises(NotFound):
        access_register(cast.qin, cast.panyu.pk, Right.EDIT_ORGANISATIONS, at=DAY)


def test_a_contact_does_not_write_to_the_list(cast):
    with pytest.raises(NotFound):
        access_register(cast.lan, cast.panyu.pk, Right.EDIT_ORGANISATIONS, at=DAY)


def test_a_contact_sees_the_organisation_that_the_own_firm_is_of(cast):
    own, other = (branch(cast, name) for name in ("创显支部", "另一支部"))
    assert not visible_organisations(cast.lan, at=DAY)
    cast.firm.organisation = own
    cast.firm.save()
    assert list(visible_organisations(cast.lan, at=DAY)) == [own]
    with pytest.raises(Forbidden):
        access_organisation(cast.lan, own.pk, Right.EDIT_ORGANISATIONS, at=DAY)
    with pytest.raises(NotFound):
        access_organisation(cast.lan, other.pk, Right.SEE_ORGANISATIONS, at=DAY)
