"""A person's word on a field."""

import pytest

from tests.cast import DAY
from tests.register.rows import cards, firms
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.register import actions
from zuji.register.cards import rebuild_cards
from zuji.register.errors import Refusal
from zuji.register.models import Card, Enterprise, Overruling


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
