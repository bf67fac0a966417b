"""Who sees a form's small counts, and what of the census an enumerator sees."""

from datetime import timedelta

import pytest

from tests.cast import DAY, account
from tests.register.census.forms import FULL, a_form, a_round
from tests.register.judged import INTERNET, card
from zuji.people.enums import Role, ScopeKind
from zuji.register.census.access import sees_counts, visible_rounds
from zuji.register.census.actions import check_form, hand_in, remind, save_by_link, save_form, send_back
from zuji.register.census.queries import counted, to_remind, token_of

TOWN = 440113102


def seeing(form, *people):
    return [who.name for who in people if sees_counts(who, form, at=DAY)]


def test_counts_are_told_to_who_entered_who_is_to_check_and_who_checked(cast):
    form, ren = a_form(cast), account(cast.panyu, "Ren", Role.ENUMERATOR, ScopeKind.TOWN, TOWN)
    everybody = (ren, cast.mei, cast.tao, cast.qin)
    assert seeing(save_form(actor=ren, form_id=form.pk, answers=FULL, at=DAY), *everybody) == ["Ren"]
    assert seeing(hand_in(actor=ren, form_id=form.pk, answers=FULL, at=DAY), *everybody) == ["Ren", "Mei", "Tao"]
    assert seeing(check_form(actor=cast.mei, form_id=form.pk, at=DAY), *everybody) == ["Ren", "Mei"]
    assert seeing(send_back(actor=cast.mei, form_id=form.pk, reason="x", at=DAY), *everybody) == ["Ren"]


@pytest.mark.parametrize(("members", "entered"), [("3", None), ("4", "Tao"), ("", "Tao")])
def test_who_leaves_a_count_alone_has_not_entered_it(cast, members, entered):
    form = a_form(cast)
    save_by_link(token=token_of(form.round_id, form.enterprise_id), answers={"members": "3"}, at=DAY)
    saved = save_form(actor=cast.tao, form_id=form.pk, answers={"members": members, "staff": "12"}, at=DAY)
    assert saved.entered_by == (cast.tao.pk if entered else None)


def test_an_enumerator_sees_the_rounds_in_which_the_own_town_has_forms(cast, django_assert_num_queries):
    first = a_round(cast, firms=2)
    card(cast.panyu, "别镇", **INTERNET | {"town": "440113103"})
    ren = account(cast.panyu, "Ren", Role.ENUMERATOR, ScopeKind.TOWN, 440113103)
    assert list(visible_rounds(ren, at=DAY)) == []
    second = a_round(cast, firms=0, name="下半年")
    with django_assert_num_queries(2):
        assert list(visible_rounds(ren, at=DAY)) == [second]
    assert set(visible_rounds(cast.mei, at=DAY)) == {first, second}


def test_how_many_can_be_reminded_of_and_how_many_wait_is_counted(cast, django_assert_num_queries):
    held = a_round(cast, firms=3)
    hand_in(actor=cast.tao, form_id=held.forms.first().pk, answers=FULL, at=DAY)
    assert to_remind(held, at=DAY) == 2
    remind(actor=cast.mei, round_id=held.pk, at=DAY)
    assert [to_remind(held, at=DAY + timedelta(hours=hours)) for hours in (3, 25)] == [0, 2]
    with django_assert_num_queries(1):
        assert counted(held.forms.all(), [held.pk]) == {
            held.pk: {"round": held.pk, "forms": 3, "handed_in": 1, "checked": 0}
        }
