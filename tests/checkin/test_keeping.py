"""Ninety days after a campaign names, tokens and the time of day go by themselves."""

from datetime import timedelta

import pytest

from tests.cast import DAY
from tests.checkin.desks import item
from zuji.checkin.keeping import KEPT_DAYS, reduce_due
from zuji.checkin.models import Campaign, Item, PassDetail
from zuji.core import personal

pytestmark = pytest.mark.django_db

LAST = DAY.replace(month=8, day=31)


def test_names_stay_for_ninety_days_and_then_go_with_the_time_of_day(cast, counter, walker, screen):
    PassDetail.objects.create(walk_pass=walker, nickname="小莲")
    counter.take(item(walker, screen))
    assert reduce_due(LAST + timedelta(days=KEPT_DAYS)) == 0
    assert reduce_due(LAST + timedelta(days=KEPT_DAYS + 1)) == 1
    assert (PassDetail.objects.count(), Item.objects.get().at) == (0, None)
    assert reduce_due(LAST + timedelta(days=KEPT_DAYS + 2)) == 0


def test_the_nightly_erasing_knows_of_it(cast):
    erased = personal.erase_due(LAST + timedelta(days=KEPT_DAYS + 1))
    assert "checkin.passdetail" in erased
    assert all(Campaign.objects.values_list("reduced_at", flat=True))
