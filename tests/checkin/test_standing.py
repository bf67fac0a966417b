from datetime import timedelta

import pytest

from tests.cast import DAY, Cast
from tests.checkin.desks import item, new_pass, serial
from zuji.checkin.corrections import take_back
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Correction, Item
from zuji.checkin.standing import doors_of, signed_up, standing


@pytest.fixture
def poster(cast: Cast):
    return serial(cast.entrance, cast.guo, CodeKind.POSTER)


def test_the_cells_stand_as_the_last_batch_left_them(cast, counter, poster):
    walkers = [new_pass(cast.firm, cast.campaign) for _ in range(2)]
    counter.take(*(item(walker, poster) for walker in walkers))
    found = standing(cast.campaign)
    assert [(key, cell.delivered, cell.seats) for key, cell in found.cells.items()] == [
        ((cast.firm.pk, cast.entrance.pk), 2, 0)
    ]
    assert found.corrections == 0
    assert standing(cast.foreign).cells == {}


def test_an_organisations_cells_differ_once_one_of_them_does(cast, counter, poster):
    counter.take(item(new_pass(cast.firm, cast.campaign), poster))
    before = standing(cast.campaign).by_organisation
    assert standing(cast.campaign).by_organisation == before
    counter.take(item(new_pass(cast.firm, cast.campaign), poster))
    assert standing(cast.campaign).by_organisation[cast.firm.pk] != before[cast.firm.pk]


def test_a_correction_is_told_by_its_key(cast, counter, poster):
    counter.take(item(new_pass(cast.firm, cast.campaign), poster))
    only = Item.objects.get()
    take_back(actor=cast.mei, campaign_id=cast.campaign.pk, item_id=only.id, reason="误扫", at=DAY)
    assert standing(cast.campaign).corrections == Correction.objects.get().pk


def test_organisations_stand_in_the_order_of_their_first_pass(cast):
    for organisation in (cast.unit, cast.firm, cast.unit, cast.second_firm):
        new_pass(organisation, cast.campaign)
    new_pass(cast.firm, cast.foreign)
    found = signed_up(cast.campaign)
    assert found.organisations == [cast.unit.pk, cast.firm.pk, cast.second_firm.pk]
    assert found.passes == 4


def test_a_withdrawn_pass_is_no_longer_expected_unless_it_has_come(cast, counter, poster):
    came, gone = (new_pass(cast.firm, cast.campaign) for _ in range(2))
    new_pass(cast.firm, cast.campaign)
    counter.take(item(came, poster))
    for each in (came, gone):
        each.withdrawn_at = DAY + timedelta(hours=1)
        each.save()
    assert signed_up(cast.campaign).passes == 2


def test_every_checkpoint_of_the_campaign_is_a_column(cast):
    assert doors_of(cast.campaign) == [cast.entrance.pk, cast.hall.pk]
    assert doors_of(cast.foreign) == []
