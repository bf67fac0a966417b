"""Whose contacts hear of a firm on the register."""

from datetime import date

import pytest

from tests.cast import DAY, Cast
from tests.register.judged import INTERNET, card
from zuji.committee.covering import cover, uncover
from zuji.committee.enums import OrganisationKind
from zuji.committee.models import ParticipantOrganisation
from zuji.committee.organising import add_organisation
from zuji.committee.reaching import contacts_of_firms
from zuji.committee.values import OrganisationValues
from zuji.register.census.inviting import FINDERS

SINCE = date(2020, 1, 1)


@pytest.fixture
def organisation(cast: Cast):
    """The firm's own, by which it sends people."""
    values = OrganisationValues(name="木棉数科党支部", kind=OrganisationKind.BRANCH, since=SINCE)
    made = add_organisation(actor=cast.tao, association_id=cast.panyu.pk, values=values, at=DAY)
    ParticipantOrganisation.objects.filter(pk=cast.firm.pk).update(organisation=made)
    return made


def covered(cast: Cast, organisation, name: str) -> int:
    """A firm on the register with this organisation."""
    firm = card(cast.panyu, name, **INTERNET)
    cover(actor=cast.tao, organisation_id=organisation.pk, enterprise_id=firm.pk, since=SINCE, at=DAY)
    return firm.pk


def reached(cast: Cast, *firms: int) -> dict[int, set[int]]:
    found = contacts_of_firms(cast.panyu.pk, firms, DAY)
    return {firm: set(to.accounts) for firm, to in found.items()}


def test_the_census_asks_for_them():
    assert contacts_of_firms in FINDERS


def test_a_firm_is_reached_by_the_contact_of_its_own_organisation(cast, organisation):
    firm, other = covered(cast, organisation, "木棉数字科技有限公司"), card(cast.panyu, "别家", **INTERNET).pk
    assert reached(cast, firm, other) == {firm: {cast.lan.pk}}


def test_of_a_joint_organisation_a_contact_hears_only_of_the_firm_of_the_same_name(cast, organisation):
    own, other = covered(cast, organisation, cast.firm.name), covered(cast, organisation, "榕声互动")
    assert reached(cast, own, other) == {own: {cast.lan.pk}}


def test_once_an_organisation_is_a_firms_no_more_nobody_hears_of_it(cast, organisation):
    firm = covered(cast, organisation, "木棉数字科技有限公司")
    uncover(actor=cast.tao, organisation_id=organisation.pk, enterprise_id=firm, last=date(2021, 7, 25), at=DAY)
    assert reached(cast, firm) == {}
