"""A check-in is found by the code on a participant's screen, by whoever may see it."""

import pytest

from tests.cast import DAY, Cast
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin.access import visible_items
from zuji.checkin.enums import CodeKind
from zuji.checkin.finding import items_by_check_code
from zuji.checkin.listings import proof_of
from zuji.checkin.models import Item, LogBatch


@pytest.fixture
def items(cast: Cast) -> list[Item]:
    """Three check-ins in one batch."""
    code = serial(cast.entrance, cast.guo, CodeKind.SCREEN)
    passes = [new_pass(organisation, cast.campaign) for organisation in (cast.firm, cast.firm, cast.unit)]
    Counter().take(*(item(each, code) for each in passes), at=DAY)
    return [Item.objects.get(pass_id=each.pk) for each in passes]


def code_of(found: Item) -> str:
    return proof_of(found).check_code.replace(" ", "")


def test_each_is_found_by_its_own_code(cast: Cast, items: list[Item]):
    for each in items:
        assert list(items_by_check_code(Item.objects.all(), code_of(each))) == [each]
        assert list(items_by_check_code(Item.objects.all(), code_of(each).lower())) == [each]


def test_a_code_of_nothing_finds_nothing(items: list[Item]):
    assert not items_by_check_code(Item.objects.all(), "00000000")


def test_bytes_that_lie_across_two_leaves_are_no_code(items: list[Item]):
    leaves = bytes(LogBatch.objects.get().leaves)
    assert not items_by_check_code(Item.objects.all(), leaves[2:6].hex())
    assert not items_by_check_code(Item.objects.all(), leaves[30:34].hex())


def test_it_finds_no_more_than_may_be_seen(cast: Cast, items: list[Item]):
    of_unit = code_of(items[2])
    assert items_by_check_code(visible_items(cast.mei, at=DAY), of_unit)
    assert not items_by_check_code(visible_items(cast.lan, at=DAY), of_unit)
    assert not items_by_check_code(visible_items(cast.qin, at=DAY), of_unit)
