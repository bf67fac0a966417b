from datetime import date, timedelta

import pytest

from tests.cast import DAY
from zuji.briefing.access import access_association, visible_associations, visible_entries
from zuji.briefing.actions import publish
from zuji.core.errors import Forbidden, NotFound
from zuji.people.enums import Right

SEE, PUBLISH = Right.SEE_FIGURES, Right.PUBLISH_FIGURES


@pytest.mark.parametrize(
    ("name", "sees", "publishes"),
    [
        ("mei", ["panyu"], ["panyu"]),
        ("tao", ["panyu"], []),
        ("lan", [], []),
        ("guo", [], []),
        ("qin", ["other"], ["other"]),
    ],
)
def test_figures_are_seen_and_published_by_whom_the_rights_table_says(cast, name, sees, publishes):
    account = getattr(cast, name)
    assert [each.slug for each in visible_associations(account, SEE, at=DAY)] == sees
    assert [each.slug for each in visible_associations(account, PUBLISH, at=DAY)] == publishes


def test_nobody_sees_no_figures(cast):
    assert not visible_associations(None, at=DAY)
    assert not visible_entries(None, at=DAY)


def test_an_association_is_fetched_by_who_has_the_right_over_it(cast):
    assert access_association(cast.mei, cast.panyu.pk, PUBLISH, at=DAY) == cast.panyu
    with pytest.raises(Forbidden):
        access_association(cast.tao, cast.panyu.pk, PUBLISH, at=DAY)
    with pytest.raises(NotFound):
        access_association(cast.mei, cast.other.pk, SEE, at=DAY)


def test_entries_are_seen_within_the_association_only(walk):
    at = DAY + timedelta(days=1)
    entry = publish(
        actor=walk.cast.mei, association_id=walk.cast.panyu.pk, indicator="T1", as_of=date(2021, 7, 26), at=at
    )
    assert list(visible_entries(walk.cast.tao, at=at)) == [entry]
    assert not visible_entries(walk.cast.qin, at=at)
    assert not visible_entries(walk.cast.lan, at=at)
