"""Words of walkers go with their campaign's reduction, also those that a reduction did not reach."""

from datetime import timedelta

from tests.cast import DAY
from zuji.checkin.models import Campaign
from zuji.core import personal
from zuji.trail.keeping import KEPT_DAYS, reduce_due
from zuji.trail.models import Impression

LAST = DAY.replace(month=8, day=31)


def test_the_nightly_erasing_takes_the_words_with_the_names(writers):
    writers.write()
    personal.erase_due(LAST + timedelta(days=KEPT_DAYS))
    assert Impression.objects.get().text
    erased = personal.erase_due(LAST + timedelta(days=KEPT_DAYS + 1))
    assert "trail.impression" in erased
    assert Impression.objects.get().text == ""


def test_what_a_reduction_did_not_reach_is_taken_the_next_night(writers):
    shown, waiting = writers.approved(), writers.write()
    Campaign.objects.filter(pk=writers.cast.campaign.pk).update(reduced_at=LAST)
    assert reduce_due(LAST) == 2
    assert reduce_due(LAST) == 0
    assert Impression.objects.get(pk=shown.pk).text
    assert not Impression.objects.get(pk=waiting.pk).text


def test_a_campaign_that_runs_keeps_its_words(writers):
    writers.write()
    assert reduce_due(LAST) == 0
