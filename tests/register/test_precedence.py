"""The order of authorities: whose value wins since when, what another order would change, and its taking back."""

from datetime import date, timedelta

import pytest

from tests.cast import DAY
from tests.register.rows import authority, cards, firms, source
from zuji.core import works
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry, Work
from zuji.register import actions
from zuji.register.cards import rebuild_cards
from zuji.register.errors import Refusal
from zuji.register.models import Card, Precedence
from zuji.register.precedence import reorder_where_a_day_begins

JANUARY = date(2021, 1, 1)


@pytest.fixture
def told_twice(cast):
    mumian = firms(cast.panyu, {"name": "广州木棉数科有限公司", "staff": "12", "town": "市桥街道"})[0]
    tax = source(cast.panyu, [{"name": "木棉", "staff": "30"}], by="税务局", as_of=date(2020, 1, 1))
    tax.rows.get().links.create(enterprise=mumian, band="sure", made_at=DAY)
    rebuild_cards([mumian.pk], association_id=cast.panyu.pk, at=DAY)
    return mumian


def about(cast, *names, field="staff", since=JANUARY):
    keys = [authority(cast.panyu, name).pk for name in names]
    asked = {"field": field, "authority_ids": keys, "since": since}
    return {"actor": cast.mei, "association_id": cast.panyu.pk, "at": DAY} | asked


def follow(ordered):
    if ordered.work:
        assert works.run(ordered.work.pk, now=lambda: DAY).state == "done"
    return ordered


def order(cast, *names, **asked):
    return follow(actions.set_precedence(**about(cast, *names, **asked)))


def take_back(cast, field="staff"):
    asked = {"association_id": cast.panyu.pk, "field": field, "at": DAY}
    return follow(actions.take_back_precedence(actor=cast.mei, **asked))


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
                since=JANUARY,
                at=DAY,
            )


def test_the_cards_follow_as_a_long_work_and_not_in_the_page(cast, told_twice):
    made = actions.set_precedence(**about(cast, "税务局"))
    assert Card.objects.get().staff == 12
    follow(made)
    assert Card.objects.get().staff == 30
    # a work that died is done again to the same end
    before = cards(cast.panyu)
    Work.objects.update(state="failed")
    works.resume(actor=cast.mei, work_id=made.work.pk, at=DAY)
    follow(made)
    assert cards(cast.panyu) == before


def test_an_order_that_touches_no_card_needs_no_work(cast, told_twice):
    assert order(cast, "税务局", field="brand").work is None
    assert order(cast, "税务局", since=date(2021, 12, 1)).work is None


def test_an_order_to_come_begins_with_its_day(cast, told_twice):
    order(cast, "税务局", since=DAY.date() + timedelta(days=1))
    midnight = DAY.replace(hour=16, minute=5)
    assert reorder_where_a_day_begins(midnight - timedelta(days=1)) == 0
    assert (reorder_where_a_day_begins(midnight), Card.objects.get().staff) == (1, 30)


def test_a_preview_names_the_firms_whose_value_would_change_and_writes_nothing(cast, told_twice):
    firms(cast.panyu, {"name": "另一家", "staff": "7"})
    before = cards(cast.panyu)
    swaps = actions.preview_precedence(**about(cast, "税务局"))
    assert [(each.enterprise, each.field, each.before, each.after) for each in swaps] == [
        (told_twice.pk, "staff", "12", "30")
    ]
    assert {each.field for each in actions.preview_precedence(**about(cast, "税务局", field=""))} == {"name", "staff"}
    assert (cards(cast.panyu), Precedence.objects.exists()) == (before, False)


@pytest.mark.parametrize("field", ["", "staff", "name", "town"])
def test_what_a_preview_promises_is_what_the_order_does(cast, told_twice, field):
    swaps = actions.preview_precedence(**about(cast, "税务局", field=field))
    before = Card.objects.get().values
    order(cast, "税务局", field=field)
    after = Card.objects.get().values
    changed = {
        of: (before[of]["value"], after[of]["value"]) for of in after if before[of]["value"] != after[of]["value"]
    }
    assert {each.field: (each.before, each.after) for each in swaps} == changed


def test_where_a_person_has_spoken_no_order_changes_anything(cast, told_twice):
    said = {"field": "staff", "value": "99", "reason": "实地核实"}
    actions.overrule(actor=cast.mei, enterprise_id=told_twice.pk, at=DAY, **said)
    assert actions.preview_precedence(**about(cast, "税务局")) == []


def test_the_last_order_is_taken_back_and_all_is_as_before(cast, told_twice):
    before = cards(cast.panyu)
    order(cast, "市场监管局")
    first = cards(cast.panyu)
    order(cast, "税务局", since=date(2021, 3, 1))
    kept = take_back(cast).order
    assert (cards(cast.panyu), kept.during.upper) == (first, None)
    assert take_back(cast).order is None
    assert cards(cast.panyu) == before
    assert AuditEntry.objects.filter(verb="precedence_taken_back").count() == 2
    with pytest.raises(Refused, match=Refusal.PRECEDENCE_NONE):
        take_back(cast)


def test_whoever_may_not_edit_the_register_sets_no_order(cast, told_twice):
    for act in (actions.set_precedence, actions.preview_precedence):
        for who in (cast.qin, cast.lan):
            with pytest.raises((NotFound, Forbidden)):
                act(**about(cast, "税务局") | {"actor": who})
