"""Where a join code leads, and how a checkpoint fills."""

from datetime import date, timedelta

import pytest

from tests.cast import DAY, Cast, campaign, checkpoint
from tests.checkin.desks import Counter, item, new_pass, serial
from zuji.checkin.arriving import arrivals_at, join_target
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Campaign
from zuji.core.errors import Refused

SOON = DAY.date() + timedelta(days=60)


def test_an_empty_checkpoint_expects_those_who_hold_a_pass(cast: Cast):
    new_pass(cast.firm, cast.campaign)
    standing = arrivals_at(cast.entrance)
    assert (standing.expected, standing.arrived, standing.probably, standing.last_received) == (1, 0, 0, None)


def test_who_was_before_and_after_but_not_here_is_probably_still_on_a_phone(cast: Cast, counter: Counter):
    end = checkpoint(cast.activity, 3)
    walker = new_pass(cast.firm, cast.campaign)
    first, last = (serial(place, cast.guo, CodeKind.POSTER) for place in (cast.entrance, end))
    counter.take(item(walker, first), item(walker, last), at=DAY)
    standing = arrivals_at(cast.hall)
    assert (standing.arrived, standing.probably) == (0, 1)
    assert arrivals_at(end).last_received == DAY


def test_the_campaign_that_runs_is_joined_before_the_one_to_come(cast: Cast):
    campaign(cast.panyu, "autumn")
    Campaign.objects.filter(slug="autumn").update(opens_on=SOON, closes_on=SOON)
    assert join_target("aaaaaa", at=DAY) == (cast.campaign, cast.firm)
    assert join_target("AAAAAA", at=DAY + timedelta(days=50))[0].slug == "autumn"


@pytest.mark.parametrize(("code", "why"), [("ZZZZZZ", "unknown_join_code"), ("", "unknown_join_code")])
def test_a_code_that_is_nobodys_leads_nowhere(cast: Cast, code: str, why: str):
    with pytest.raises(Refused, match=why):
        join_target(code, at=DAY)


def test_the_last_day_is_by_the_associations_clock(cast: Cast):
    Campaign.objects.filter(pk=cast.campaign.pk).update(closes_on=date(2021, 7, 26))
    before_midnight_there = DAY.replace(hour=15, minute=59)
    assert join_target("AAAAAA", at=before_midnight_there)
    with pytest.raises(Refused, match="campaign_over"):
        join_target("AAAAAA", at=before_midnight_there + timedelta(minutes=1))
