"""To fetch is to be allowed: who sees which campaigns, checkpoints, passes and items of the cast."""

import pytest

from tests.cast import DAY
from tests.checkin.desks import item, new_pass, token
from zuji.checkin import access
from zuji.checkin.directory import read_token
from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right

pytestmark = pytest.mark.django_db

SEEN = {"mei": {"walk"}, "tao": {"walk"}, "lan": {"walk"}, "guo": {"walk"}, "qin": {"elsewhere"}}


@pytest.mark.parametrize(("name", "slugs"), SEEN.items())
def test_each_of_the_cast_sees_the_campaigns_of_their_own(cast, name, slugs):
    found = access.visible_campaigns(getattr(cast, name), at=DAY)
    assert {campaign.slug for campaign in found} == slugs


def test_nobody_sees_nothing(cast):
    for rows in (access.visible_campaigns, access.visible_checkpoints, access.visible_passes, access.visible_items):
        assert not rows(None, at=DAY).exists()


def test_a_contact_sees_the_passes_of_their_own_organisation_only(cast):
    own, other = new_pass(cast.firm, cast.campaign), new_pass(cast.unit, cast.campaign)
    assert set(access.visible_passes(cast.lan, at=DAY)) == {own}
    assert set(access.visible_passes(cast.guo, at=DAY)) == {own, other}
    assert not access.visible_passes(cast.qin, at=DAY).exists()


def test_items_are_seen_as_passes_are(cast, counter, screen):
    own, other = new_pass(cast.firm, cast.campaign), new_pass(cast.unit, cast.campaign)
    counter.take(item(own, screen), item(other, screen))
    assert [found.pass_id for found in access.visible_items(cast.lan, at=DAY)] == [own.pk]
    assert access.visible_items(cast.mei, at=DAY).count() == 2
    assert not access.visible_items(cast.qin, at=DAY).exists()


def test_what_is_seen_without_the_right_is_forbidden_and_what_is_not_seen_not_found(cast, walker):
    with pytest.raises(Forbidden):
        access.access_checkpoint(cast.lan, cast.entrance.pk, Right.SHOW_CODES, at=DAY)
    with pytest.raises(NotFound):
        access.access_checkpoint(cast.qin, cast.entrance.pk, Right.SHOW_CODES, at=DAY)
    with pytest.raises(Forbidden):
        access.access_campaign(cast.tao, cast.campaign.pk, Right.REDUCE_CAMPAIGN, at=DAY)
    with pytest.raises(NotFound):
        access.access_pass(cast.qin, walker.pk, Right.ISSUE_PASSES, at=DAY)


def test_who_holds_a_token_has_its_pass(cast, walker):
    assert access.pass_by_token(read_token(token(walker))) == walker
    with pytest.raises(NotFound):
        access.pass_by_token(bytes(16))
