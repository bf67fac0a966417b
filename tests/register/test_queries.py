"""Firms are found by whatever one remembers of them, and each value is told with the cell that it comes from."""

from datetime import date

import pytest

from tests.cast import DAY
from tests.register.rows import firms, source
from zuji.register import actions
from zuji.register.cards import rebuild_cards
from zuji.register.models import Card, Enterprise
from zuji.register.queries import counts_by_town, record_of, resolved, search

MUMIAN = {
    "name": "广州木棉数科有限公司",
    "code": "91440113MA59AAAA0Y",
    "former_name": "番禺红棉网络有限公司",
    "brand": "木棉云",
    "domain": "huya.example",
    "filing": "粤ICP备12345678号-2",
    "town": "市桥街道",
    "phone": "13800138000",
}
OTHER = {"name": "广州榕声互动网络科技有限公司", "town": "石碁镇"}


@pytest.fixture
def two(cast):
    return firms(cast.panyu, MUMIAN, OTHER)


@pytest.mark.parametrize(
    "asked",
    [
        *("木棉", "木棉数科", "棉数", "木棉數科", "ｈｕｙａ", "huya", "HUYA.example", "红棉", "木棉云", "mumianshuke"),
        *("gzmmsk", "mmsk", "mumi", "mumians", "91440113MA59", "59AAAA", "12345678", "粤ICP备1234", "hongmian"),
    ],
)
def test_a_firm_is_found_by_part_of_what_it_is_called(two, asked):
    assert [card.pk for card in search(Card.objects.all(), asked)] == [two[0].pk]


@pytest.mark.parametrize("asked", ["", " ", "龙眼", "zzzz", "木榕", "138001"])
def test_what_nothing_is_called_finds_nothing(two, asked):
    assert not search(Card.objects.all(), asked).exists()


def test_what_several_are_called_comes_in_the_order_of_names(two):
    assert [card.name for card in search(Card.objects.all(), "广州")] == [MUMIAN["name"], OTHER["name"]]


def test_one_character_finds_what_begins_with_it(two):
    assert search(Card.objects.all(), "广").count() == 2
    assert search(Card.objects.all(), "木").count() == 0


def test_a_search_keeps_to_the_cards_that_it_is_given(two):
    assert not search(Card.objects.exclude(pk=two[0].pk), "木棉").exists()


def told(record):
    return {each.field: each for each in record}


def test_each_value_is_told_with_its_cell(two):
    record = told(record_of(two[0], at=DAY))
    (cell,) = record["name"].cells
    assert (cell.text, cell.row, cell.column, cell.authority) == (MUMIAN["name"], 2, "B", "市场监管局")
    assert cell.as_of == date(2021, 6, 30)
    assert "phone" not in record


def test_what_is_said_of_persons_is_told_where_it_is_asked_for_and_while_it_is_there(two):
    assert told(record_of(two[0], at=DAY, persons=True))["phone"].value == "13800138000"
    row = two[0].links.get().row
    row.detail.delete()
    assert "phone" not in told(record_of(two[0], at=DAY, persons=True))


def test_a_persons_word_stands_before_the_cells_that_say_something_else(cast, two):
    actions.overrule(actor=cast.mei, enterprise_id=two[0].pk, field="brand", value="红棉云", reason="官网所示", at=DAY)
    brand = told(record_of(two[0], at=DAY))["brand"]
    assert (brand.value, brand.ruling.reason) == ("红棉云", "官网所示")
    assert [cell.text for cell in brand.others] == ["木棉云"]


def test_a_merged_firm_tells_of_the_one_that_it_is(two):
    Enterprise.objects.filter(pk=two[1].pk).update(merged_into=two[0])
    gone = Enterprise.objects.get(pk=two[1].pk)
    assert len(told(record_of(gone, at=DAY))["name"].cells) == 2
    assert resolved(two[1].pk) == resolved(two[0].pk) == two[0].pk


def test_a_list_of_the_same_day_and_later_key_comes_after(cast, two):
    later = source(cast.panyu, [MUMIAN | {"brand": "木棉"}], by="税务局")
    later.rows.get().links.create(enterprise=two[0], band="sure", made_at=DAY)
    rebuild_cards([two[0].pk], association_id=cast.panyu.pk, at=DAY)
    assert [cell.text for cell in told(record_of(two[0], at=DAY))["brand"].cells] == ["木棉云", "木棉"]


def test_firms_are_counted_by_town(two):
    counts = dict.fromkeys(("internet", "in_district", "active"), "yes")
    Card.objects.filter(pk=two[0].pk).update(**counts, three_haves="unknown")
    counted = {each.town: each for each in counts_by_town(Card.objects.all())}
    assert {town: each.firms for town, each in counted.items()} == {"440113007": 1, "440113120": 1}
    assert (counted["440113007"].counted, counted["440113007"].not_known) == (1, 1)
    assert (counted["440113120"].counted, counted["440113120"].not_known) == (0, 0)
