import pytest

from tests.cast import DAY, grant
from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right, Role, ScopeKind
from zuji.trail.access import access_stop, access_trail, visible_sites, visible_trails


@pytest.mark.parametrize("who", ["mei", "tao", "lan"])
def test_the_office_and_the_associations_contacts_see_the_trail(cast, trail, who):
    assert list(visible_trails(getattr(cast, who), at=DAY)) == [trail]


def test_a_steward_sees_the_trail_of_the_own_campaign_only(cast, trail):
    assert not visible_trails(cast.guo, at=DAY)
    grant(cast.guo, Role.STEWARD, ScopeKind.CAMPAIGN, trail.activity.campaign_id)
    assert list(visible_trails(cast.guo, at=DAY)) == [trail]


def test_another_district_and_nobody_see_no_trail(cast, trail):
    assert not visible_trails(cast.qin, at=DAY)
    assert not visible_trails(None, at=DAY)
    with pytest.raises(NotFound):
        access_trail(cast.qin, trail.pk, Right.SEE_TRAIL, at=DAY)


def test_the_office_sees_a_trail_that_only_the_lead_may_open(cast, trail):
    with pytest.raises(Forbidden):
        access_trail(cast.tao, trail.pk, Right.OPEN_TRAIL, at=DAY)


def test_a_stop_is_reached_through_its_trail(cast, trail):
    stop = trail.stops.first()
    assert access_stop(cast.mei, stop.pk, Right.OPEN_TRAIL, at=DAY) == stop
    with pytest.raises(NotFound):
        access_stop(cast.qin, stop.pk, Right.SEE_TRAIL, at=DAY)


def test_a_stop_that_is_not_there_is_not_found(cast, trail):
    with pytest.raises(NotFound):
        access_stop(cast.mei, 0, Right.OPEN_TRAIL, at=DAY)


def test_sites_belong_to_their_association(cast, trail):
    assert visible_sites(cast.tao, at=DAY).count() == 14
    assert not visible_sites(cast.qin, at=DAY)
