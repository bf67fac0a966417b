"""The office reminds organisations that announced people and have signed nobody up."""

import pytest

from tests.cast import DAY, Cast
from tests.checkin.desks import new_pass
from zuji.checkin.reminding import Reminded, remind_organisations
from zuji.core.errors import Forbidden, NotFound
from zuji.core.models import AuditEntry
from zuji.people.messages.models import Notice


def remind(cast: Cast, actor: object) -> Reminded:
    return remind_organisations(actor=actor, campaign_id=cast.campaign.pk, at=DAY)


def test_those_that_have_signed_somebody_up_or_announced_nobody_are_left_alone(cast: Cast):
    new_pass(cast.second_firm, cast.campaign)
    cast.unit.expected = None
    cast.unit.save()
    assert remind(cast, cast.tao) == Reminded(told=1, unreached=0)
    assert [(each.account, each.facts["organisation"]["zh"]) for each in Notice.objects.all()] == [
        (cast.lan, cast.firm.name)
    ]


def test_the_act_is_written_down_with_its_count(cast: Cast):
    assert remind(cast, cast.tao) == Reminded(told=1, unreached=2)
    assert AuditEntry.objects.get(verb="organisations_reminded").facts == {"organisations": 1}


def test_to_remind_twice_a_day_tells_once(cast: Cast):
    remind(cast, cast.tao)
    remind(cast, cast.mei)
    assert Notice.objects.count() == 1


def test_only_the_office_of_the_campaign_reminds(cast: Cast):
    for who in (cast.lan, cast.guo):
        with pytest.raises(Forbidden):
            remind(cast, who)
    with pytest.raises(NotFound):
        remind(cast, cast.qin)
