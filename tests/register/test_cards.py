"""A firm's card: put together from its rows, the same however often, and from nothing but them."""

from datetime import date

import pytest
from psycopg.types.range import Range

from tests.cast import DAY, LONG_AGO
from tests.register.rows import authority, cards, firm, firms, row, source
from zuji.register.cards import rebuild_cards
from zuji.register.enums import EnterpriseStatus
from zuji.register.models import Card, Enterprise, Filing, Overruling, Precedence

FULL = {
    "name": "广州木棉数科有限公司",
    "code": "91440113MA59AAAA0Y",
    "town": "石碁镇",
    "status": "在营（开业）企业",
    "founded": "2019.3.5",
    "industry_code": "6513",
    "staff": "12人",
    "filing": "粤ICP备12345678号-2",
    "domain": "mumian.example",
    "audited": "2020-05-06",
    "person": "陈阿木",
    "phone": "13800138000",
}


def rebuilt(cast, ids=None):
    return rebuild_cards(ids, association_id=cast.panyu.pk, at=DAY)


@pytest.fixture
def mumian(cast):
    return firms(cast.panyu, FULL)[0]


def test_a_card_says_what_the_row_says_in_types(mumian):
    card = Card.objects.get(enterprise=mumian)
    assert (card.name, card.town, card.status) == (FULL["name"], "440113120", EnterpriseStatus.ACTIVE)
    assert (card.founded, card.staff, card.industry_code) == (date(2019, 3, 5), 12, "6513")
    assert (card.rows, card.lists) == (1, 1)


def test_every_value_keeps_the_cell_that_it_came_from(mumian):
    value = Card.objects.get(enterprise=mumian).values["name"]
    assert value == {"value": FULL["name"], "row": mumian.links.get().row_id, "column": "B", "others": 0}


def test_nothing_of_persons_goes_onto_a_card(mumian):
    told = str(Card.objects.filter(enterprise=mumian).values().get())
    assert "陈阿木" not in told
    assert "13800138000" not in told


def test_a_filing_stands_with_its_form_and_day(mumian):
    filing = Filing.objects.get(enterprise=mumian)
    assert (filing.kind, filing.number, filing.well_formed) == ("icp", "粤ICP备12345678号-2", True)
    assert (filing.domain, filing.dated) == ("mumian.example", date(2020, 5, 6))


def test_all_cards_dropped_and_put_together_anew_are_the_same(cast, mumian):
    firms(cast.panyu, {"name": "广州榕声互动有限公司"}, {"name": "广州荔湾软件有限公司"}, by="税务局")
    before = cards(cast.panyu)
    Card.objects.all().delete()
    assert rebuilt(cast) == len(before) == 3
    assert cards(cast.panyu) == before


def test_a_merged_firm_has_no_card_and_its_rows_count_for_the_one_that_it_is(cast, mumian):
    other = firms(cast.panyu, {"name": "木棉数科", "brand": "木棉云"}, by="税务局")[0]
    Enterprise.objects.filter(pk=other.pk).update(merged_into=mumian)
    rebuilt(cast, [other.pk])
    card = Card.objects.get()
    assert (card.pk, card.rows, card.lists) == (mumian.pk, 2, 2)
    assert "木棉云" in card.search_key


def test_a_firm_without_rows_in_force_has_no_card(cast, mumian):
    mumian.links.update(ended_at=DAY)
    rebuilt(cast, [mumian.pk])
    assert not Card.objects.exists()
    assert not Filing.objects.exists()


def test_a_refused_row_counts_for_nothing(cast, mumian):
    bad = row(mumian.links.get().row.source, 9, name="坏行", staff="99")
    bad.refused = True
    bad.save()
    assert rebuilt(cast, [firm(cast.panyu, bad).pk]) == 0


def test_the_later_list_wins_until_an_order_says_otherwise(cast, mumian):
    early = source(cast.panyu, [FULL | {"staff": "30"}], by="税务局", as_of=date(2020, 1, 1))
    early.rows.get().links.create(enterprise=mumian, band="sure", made_at=LONG_AGO)
    rebuilt(cast, [mumian.pk])
    assert Card.objects.get().staff == 12
    order = [authority(cast.panyu, "税务局").pk]
    Precedence.objects.create(
        association=cast.panyu, field="staff", authorities=order, during=Range(date(2021, 1, 1), None)
    )
    rebuilt(cast, [mumian.pk])
    card = Card.objects.get()
    assert (card.staff, card.values["staff"]["others"]) == (30, 1)


def test_a_persons_value_wins_over_every_list(cast, mumian):
    said = Overruling.objects.create(
        enterprise=mumian, field="town", value="440113007", reason="实地核实", made_by=cast.mei.pk, made_at=DAY
    )
    rebuilt(cast, [mumian.pk])
    card = Card.objects.get()
    assert card.town == "440113007"
    assert card.values["town"] == {"value": "440113007", "row": None, "ruling": said.pk, "others": 1}


@pytest.mark.parametrize("several", [1, 3])
def test_as_many_questions_for_one_firm_as_for_three(cast, several, django_assert_max_num_queries):
    made = firms(cast.panyu, *[{"name": f"广州数科{each}有限公司"} for each in range(several)])
    with django_assert_max_num_queries(16):
        rebuilt(cast, [each.pk for each in made])
