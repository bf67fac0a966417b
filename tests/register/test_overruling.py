"""A person's word on a field, and whose value wins."""

from datetime import date

import pytest

from tests.cast import DAY
from tests.register.rows import authority, cards, firms, source
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.register import actions
from zuji.register.cards import rebuild_cards
from zuji.register.errors import Refusal
from zuji.register.models import Card, Enterprise, Overruling, Precedence


@pytest.fixture
def mumian(cast):
    return firms(cast.panyu, {"name": "广州木棉数科有限公司", "staff": "12", "town": "市桥街道"})[0]


def overrule(cast, firm, field="staff", value="40", reason="实地核实"):
    about = {"enterprise_id": firm.pk, "field": field, "value": value, "reason": reason}
    return actions.overrule(actor=cast.mei, at=DAY, **about)


def test_a_persons_word_counts_at_once_and_ended_all_is_as_before(cast, mumian):
    before = cards(cast.panyu)
    said = overrule(cast, mumian)
    assert Card.objects.get().staff == 40
    actions.end_overruling(actor=cast.mei, overruling_id=said.pk, at=DAY)
    assert cards(cast.panyu) == before
    with pytest.raises(Refused, match=Refusal.OVERRULING_ENDED):
        actions.end_overruling(actor=cast.mei, overruling_id=said.pk, at=DAY)


def test_a_second_word_on_a_field_ends_the_first(cast, mumian):
    first = overrule(cast, mumian)
    overrule(cast, mumian, value="50")
    first.refresh_from_db()
    assert (first.ended_at, Card.objects.get().staff) == (DAY, 50)
    assert AuditEntry.objects.filter(verb="value_overruled").count() == 2


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        *(("person", "陈", Refusal.FIELD_NOT_OVERRULED), ("members", "", Refusal.OVERRULING_UNREADABLE)),
        *(("staff", "许多", Refusal.OVERRULING_UNREADABLE), ("founded", "去年", Refusal.OVERRULING_UNREADABLE)),
        *(("code", "123", Refusal.OVERRULING_UNREADABLE), ("internet", "也许", Refusal.OVERRULING_UNREADABLE)),
        *(("town", "天河", Refusal.OVERRULING_UNREADABLE), ("name", "长" * 201, Refusal.OVERRULING_UNREADABLE)),
    ],
)
def test_a_word_must_be_one_that_the_field_can_hold(cast, mumian, field, value, code):
    with pytest.raises(Invalid, match=code):
        overrule(cast, mumian, field, value)
    assert not Overruling.objects.exists()


def test_whether_a_firm_deals_with_the_internet_is_a_persons_to_say(cast, mumian):
    assert overrule(cast, mumian, "internet", "yes").value == "yes"
    assert "internet" not in Card.objects.get().values


def test_the_kept_firms_word_outweighs_that_of_one_that_was_found_to_be_it(cast, mumian):
    other = firms(cast.panyu, {"name": "木棉"}, by="税务局")[0]
    overrule(cast, mumian)
    overrule(cast, other, value="99")
    overrule(cast, other, "brand", "红棉云")
    Enterprise.objects.filter(pk=other.pk).update(merged_into=mumian)
    rebuild_cards([other.pk], association_id=cast.panyu.pk, at=DAY)
    card = Card.objects.get()
    assert (card.staff, card.values["brand"]["value"]) == (40, "红棉云")
    with pytest.raises(Refused, match=Refusal.FIRM_IS_MERGED):
        overrule(cast, other)


def test_whoever_may_not_edit_the_register_overrules_nothing(cast, mumian):
    said = overrule(cast, mumian)
    for who in (cast.qin, cast.lan):
        with pytest.raises((NotFound, Forbidden)):
            actions.end_overruling(actor=who, overruling_id=said.pk, at=DAY)
    with pytest.raises(NotFound):
        actions.end_overruling(actor=cast.mei, overruling_id=10**6, at=DAY)


def order(cast, *names, field="staff", since=date(2021, 1, 1)):
    keys = [authority(cast.panyu, name).pk for name in names]
    about = {"field": field, "authority_ids": keys, "since": since}
    return actions.set_precedence(actor=cast.mei, association_id=cast.panyu.pk, at=DAY, **about)


@pytest.fixture
def told_twice(cast, mumian):
    tax = source(cast.panyu, [{"name": "木棉", "staff": "30"}], by="税务局", as_of=date(2020, 1, 1))
    tax.rows.get().links.create(enterprise=mumian, band="sure", made_at=DAY)
    rebuild_cards([mumian.pk], association_id=cast.panyu.pk, at=DAY)
    return mumian


def test_an_order_of_authorities_holds_from_its_day_on_for_its_field(cast, told_twice):
    assert Card.objects.get().staff == 12
    order(cast, "税务局", since=date(2021, 12, 1))
    assert Card.objects.get().staff == 12
    order(cast, "税务局", field="")
    assert (Card.objects.get().staff, Card.objects.get().name) == (30, "木棉")


def test_a_fields_own_order_goes_before_that_of_all(cast, told_twice):
    order(cast, "税务局", field="")
    assert Card.objects.get().staff == 30
    order(cast, "市场监管局")
    assert Card.objects.get().staff == 12


def test_a_new_order_ends_the_one_before_and_not_one_that_begins_later(cast, told_twice):
    order(cast, "税务局")
    order(cast, "市场监管局", since=date(2021, 3, 1))
    assert [str(each.during.upper) for each in Precedence.objects.order_by("during")] == ["2021-03-01", "None"]
    order(cast, "税务局", since=date(2021, 3, 1))
    assert Card.objects.get().staff == 30
    with pytest.raises(Refused, match=Refusal.PRECEDENCE_TOO_EARLY):
        order(cast, "税务局", since=date(2021, 2, 1))


def test_an_order_names_authorities_of_the_register_once(cast, told_twice):
    elsewhere = authority(cast.other)
    for keys in ([elsewhere.pk], [authority(cast.panyu).pk] * 2):
        with pytest.raises(Invalid, match=Refusal.PRECEDENCE_AUTHORITIES):
            actions.set_precedence(
                actor=cast.mei,
                association_id=cast.panyu.pk,
                field="",
                authority_ids=keys,
                since=date(2021, 1, 1),
                at=DAY,
            )
