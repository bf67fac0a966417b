"""What the office makes of the lists, held against what is true of the firms."""

import pytest

from tests.project.demo.registers import SMALL, built
from zuji.project.demo.register.firms import Kind, Size, World
from zuji.register.enums import Answer, Band
from zuji.register.models import Card, Link, Precedence, RuleVersion, Standing

TINY = Size(60, 25)
YES = {"internet": Answer.YES, "in_district": Answer.YES, "active": Answer.YES}


@pytest.fixture
def done(cast):
    return built(cast)


def test_the_firms_that_count_are_those_that_should_and_no_others(cast, done):
    assert (done.torn, done.mixed) == (done.waiting, 0)
    firms = World(2021, SMALL).firms
    counted = Card.objects.filter(**YES, enterprise__merged_into=None)
    codes = {code for code in counted.values_list("code", flat=True) if code}
    assert counted.count() == SMALL.counted
    assert codes <= {firm.code for firm in firms if firm.kind == Kind.COUNTED}
    have = set(counted.filter(three_haves=Answer.YES).values_list("code", flat=True))
    assert have == {
        firm.code for firm in firms if firm.kind == Kind.COUNTED and firm.survey and firm.survey.is_three_haves
    }


def test_rows_come_to_their_firms_by_linking_and_by_a_persons_word(cast, done):
    assert done.decided > 0
    assert Link.objects.filter(ended_at=None).count() == done.rows
    assert set(Link.objects.values_list("band", flat=True)) >= {Band.SURE, Band.APART}


def test_rules_and_whose_value_wins_are_in_force_before_the_report(cast, done):
    days = {each.during.lower.isoformat() for each in (*RuleVersion.objects.all(), *Precedence.objects.all())}
    assert days == {"2021-07-01"}
    assert {each.during.lower.isoformat() for each in Standing.objects.all()} == {"2021-07-05"}


def test_every_number_follows_from_the_lists(cast):
    """With other firms asked for, other firms are counted."""
    built(cast, TINY)
    assert Card.objects.filter(**YES, enterprise__merged_into=None).count() == TINY.counted
