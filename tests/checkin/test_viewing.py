"""How much of a matrix somebody sees, and what its totals count."""

from datetime import timedelta

import pytest

from tests.cast import DAY, Cast
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin.enums import CodeKind
from zuji.checkin.matrix import FEW
from zuji.checkin.viewing import ALL, PUBLIC, View, campaign_of, matrix_seen, view_of
from zuji.core.errors import NotFound
from zuji.people.models import Account

NOON = DAY + timedelta(hours=1)


@pytest.fixture
def both(cast: Cast, counter: Counter):
    """One walker of the firm at both checkpoints, one at the entrance alone; returns the answers."""
    twice, once = (new_pass(cast.firm, cast.campaign) for _ in range(2))
    entrance, hall = (serial(place, cast.guo, CodeKind.POSTER) for place in (cast.entrance, cast.hall))
    return counter.take(item(twice, entrance), item(twice, hall), item(once, entrance), at=DAY)


def seen(cast: Cast, who: Account | None) -> View:
    return view_of(who, cast.campaign, at=DAY)


def test_the_office_and_the_steward_see_all_the_contact_its_own_and_others_the_masked_whole(cast: Cast):
    assert seen(cast, cast.mei) == seen(cast, cast.guo) == ALL
    assert seen(cast, cast.lan) == View(frozenset({cast.firm.pk}))
    assert seen(cast, cast.qin) == seen(cast, None) == PUBLIC


def test_a_contact_sees_another_associations_walk_as_the_public_does(cast: Cast):
    assert view_of(cast.lan, cast.foreign, at=DAY) == PUBLIC
    assert view_of(cast.guo, cast.foreign, at=DAY) == PUBLIC


def test_what_the_public_sees_hides_small_counts(cast: Cast, both):
    public = matrix_seen(cast.campaign, PUBLIC, as_of=DAY)
    own = matrix_seen(cast.campaign, View(frozenset({cast.firm.pk})), as_of=DAY)
    assert {cell.delivered for cell in public.cells} <= {FEW, 0, "…"}
    assert sorted(cell.delivered for cell in own.cells) == [1, 2]


def test_a_campaign_that_there_is_not_is_not_found(db: None):
    with pytest.raises(NotFound):
        campaign_of(999_999)
