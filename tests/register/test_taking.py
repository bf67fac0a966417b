"""Lists are taken in and back, whole, once, and wherever a process dies."""

from datetime import timedelta

from tests.cast import DAY
from tests.register.lists import firm, names, staged, taken
from zuji.register.enums import ListState
from zuji.register.models import SourceList

LATER = DAY + timedelta(days=1)


def test_two_lists_of_the_same_firms_become_one_firm_each(cast):
    one = staged(cast, [firm(0), firm(1)])
    other = staged(cast, [firm(1, name="榕声互动"), firm(2)], name="税务局")
    work = taken(cast, one, other)
    assert work.outcome["rows"] == 4
    assert len(names(cast.panyu.pk)) == 3
    assert {each.state for each in SourceList.objects.all()} == {ListState.TAKEN_IN}
