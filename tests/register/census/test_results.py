"""What a closed round brought in stays with its firms when all rows are linked anew."""

from datetime import date, timedelta

import pytest

from tests.cast import DAY
from tests.register import lists
from tests.register.census.forms import FULL, values
from tests.register.judged import judged
from zuji.register.census.actions import check_form, close_round, hand_in, open_round
from zuji.register.census.values import InScope
from zuji.register.models import Enterprise, Link, Ruling, SourceRow
from zuji.register.relinking import relink

LATER = DAY + timedelta(hours=2)


@pytest.fixture
def counted(cast):
    """A firm of a list whose form was checked, and the row that its closed round became."""
    lists.taken(cast, lists.staged(cast, [lists.firm(0), lists.firm(1)]))
    judged(cast.panyu, date(2021, 7, 1))
    about = {"actor": cast.mei, "at": DAY}
    held = open_round(association_id=cast.panyu.pk, values=values(), scope=InScope(answers={}), **about)
    form = held.forms.get(enterprise__card__name=lists.NAMES[0])
    hand_in(form_id=form.pk, answers=FULL, **about)
    check_form(form_id=form.pk, **about)
    return form.enterprise, close_round(round_id=held.pk, **about).source.rows.get()


def firm_of(row: SourceRow) -> int:
    return Link.objects.get(row=row, ended_at=None).enterprise_id


def test_linking_anew_moves_no_row_of_a_round(cast, counted):
    firm, row = counted
    before = lists.names(cast.panyu.pk)
    assert relink(cast.panyu.pk, at=LATER).moved == 0
    assert (firm_of(row), lists.names(cast.panyu.pk)) == (firm.pk, before)


@pytest.mark.parametrize(("ruled", "stays"), [(True, True), (False, False)])
def test_a_row_that_looks_like_no_firm_any_more_stays_where_its_ruling_says(cast, counted, ruled, stays):
    """The firm's name and code in the lists may change; without its ruling the row would become a firm of its own."""
    firm, row = counted
    SourceRow.objects.filter(pk=row.pk).update(values={"name": "深圳海风餐饮管理有限公司", "staff": "12"})
    if not ruled:
        Ruling.objects.all().delete()
    lists.taken(cast, lists.staged(cast, [lists.firm(2)], name="税务局", at=LATER), at=LATER)
    assert (firm_of(row) == firm.pk) is stays
    assert Enterprise.objects.filter(pk=firm.pk, merged_into=None).exists()


def test_a_second_round_is_ruled_to_the_same_firm(cast, counted):
    firm, row = counted
    again = {"name": "下半年", "opens_on": date(2021, 7, 20)}
    about = {"actor": cast.mei, "at": LATER}
    held = open_round(association_id=cast.panyu.pk, values=values(**again), scope=InScope(answers={}), **about)
    form = held.forms.get(enterprise=firm)
    hand_in(form_id=form.pk, answers=FULL | {"staff": "40"}, **about)
    check_form(form_id=form.pk, **about)
    second = close_round(round_id=held.pk, **about).source.rows.get()
    relink(cast.panyu.pk, at=LATER + timedelta(hours=1))
    assert {firm_of(row), firm_of(second)} == {firm.pk}
