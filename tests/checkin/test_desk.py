"""Items over one counter: each kind of code, each refusal, and that the same id gets the same answer for ever."""

import pytest

from tests.checkin.desks import Counter, code, item, new_pass, outcomes, serial
from zuji.checkin.enums import CodeKind

pytestmark = pytest.mark.django_db


def test_a_walker_checks_in(cast):
    counter = Counter()
    mine = new_pass(cast.firm, cast.campaign)
    screen = serial(cast.entrance, cast.guo, CodeKind.SCREEN)
    [answer] = counter.take(item(mine, screen))
    print(answer)
    assert (answer["outcome"], answer["grade"]) == ("accepted", "B")
    [again] = counter.take(item(mine, screen))
    print(again)
    assert again["outcome"] == "already"
