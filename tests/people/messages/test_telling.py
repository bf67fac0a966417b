"""To tell: a notice and deliveries, once an event, in the transaction of the act."""

from datetime import time, timedelta

import pytest
from django.db import connection, transaction

from tests.cast import DAY, Cast
from tests.people.messages.places import FACTS, NO_QUIET, SOON, new, of_firm, own, told
from zuji.people.messages import actions, audience
from zuji.people.messages.access import owner_of
from zuji.people.messages.enums import DeliveryState, Topic
from zuji.people.messages.models import Delivery, Notice
from zuji.people.messages.telling import Job, tell
from zuji.people.messages.values import Habits

NIGHT = DAY.replace(hour=15)
"""Eleven in the evening in Guangzhou."""
HOUR = {"campaign": {"zh": "徒步", "en": "Walk"}}


def test_an_account_gets_a_notice_and_a_delivery_to_each_of_its_destinations(cast: Cast):
    places = [own(cast.tao, "wecom"), own(cast.tao, "email")]
    own(cast.mei, "feishu")
    deliveries = told(cast.tao)
    assert {each.destination for each in deliveries} == set(places)
    (notice,) = Notice.objects.all()
    assert (notice.account, notice.topic, notice.facts, notice.read_at) == (cast.tao, "role_granted", FACTS, None)
    assert {(each.state, each.next_try_at) for each in deliveries} == {("waiting", DAY + timedelta(minutes=1))}


def test_the_same_event_is_told_once(cast: Cast):
    own(cast.tao)
    told(cast.tao)
    told(cast.tao, at=DAY + timedelta(hours=1))
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 1)
    told(cast.tao, event="2")
    assert (Notice.objects.count(), Delivery.objects.count()) == (2, 2)


def test_nobody_is_told_of_what_was_taken_back(cast: Cast):
    own(cast.tao)
    with transaction.atomic():
        told(cast.tao)
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_organisations_are_told_where_they_want_to_be_and_so_are_their_contacts(cast: Cast):
    place = of_firm(cast, cast.lan)
    to = audience.organisation(cast.panyu.pk, cast.firm.pk, at=DAY)
    (delivery,) = told(cast.lan, to=to, topic=Topic.NOBODY_SIGNED_UP)
    assert delivery.destination == place
    assert [notice.account for notice in Notice.objects.all()] == [cast.lan]


def test_a_destination_of_another_association_is_never_told(cast: Cast):
    own(cast.qin)
    foreign = audience.To(association_id=cast.panyu.pk, accounts=frozenset({cast.qin.pk}))
    assert told(cast.qin, to=foreign) == []


def test_quiet_hours_hold_what_is_not_urgent(cast: Cast):
    own(cast.tao, habits=Habits(quiet_from=time(21), quiet_until=time(8)))
    (held,) = told(cast.tao, at=NIGHT)
    assert (held.state, held.next_try_at) == ("held", (NIGHT + timedelta(hours=9)).replace(minute=0))
    (urgent,) = told(cast.tao, at=NIGHT, topic=Topic.VIEWED_AS)
    assert (urgent.state, urgent.next_try_at) == ("waiting", NIGHT)


def test_a_topic_that_was_opted_out_of_is_written_down_as_such(cast: Cast):
    own(cast.tao, habits=Habits(quiet_from=None, quiet_until=None, muted=("role_granted",)))
    (muted,) = told(cast.tao)
    assert (muted.state, muted.ended_at) == (DeliveryState.OPTED_OUT, DAY)
    (other,) = told(cast.tao, topic=Topic.ROLE_ENDING)
    assert other.state == DeliveryState.WAITING


def test_a_destination_that_was_stopped_gets_nothing(cast: Cast):
    place = own(cast.tao)
    actions.stop_destination(actor=cast.tao, destination_id=place.pk, at=DAY)
    assert [each.state for each in told(cast.tao, topic=Topic.VIEWED_AS)] == [DeliveryState.OPTED_OUT]


def test_what_gathers_for_an_hour_says_the_latest_and_is_new_again_when_it_was_read(cast: Cast):
    own(cast.mei)
    to = audience.one(cast.mei)
    tell(topic=Topic.IMPRESSIONS_WAITING, to=to, facts={**HOUR, "count": 1}, event="1 9", at=DAY)
    actions.read_all(actor=cast.mei, at=DAY)
    tell(topic=Topic.IMPRESSIONS_WAITING, to=to, facts={**HOUR, "count": 5}, event="1 9", at=SOON)
    (notice,), (delivery,) = Notice.objects.all(), Delivery.objects.all()
    assert (notice.facts["count"], notice.read_at) == (5, None)
    assert (delivery.facts["count"], delivery.next_try_at) == (5, DAY.replace(hour=2, minute=0))


def test_what_was_sent_is_not_changed_by_what_comes_later(cast: Cast):
    own(cast.mei)
    to = audience.one(cast.mei)
    tell(topic=Topic.IMPRESSIONS_WAITING, to=to, facts={**HOUR, "count": 1}, event="1 9", at=DAY)
    Delivery.objects.update(state=DeliveryState.SENT)
    tell(topic=Topic.IMPRESSIONS_WAITING, to=to, facts={**HOUR, "count": 5}, event="1 9", at=SOON)
    assert Delivery.objects.get().facts["count"] == 1


def test_of_what_only_the_latest_is_of_use_the_earlier_goes_unless_it_was_read_or_sent(cast: Cast):
    own(cast.mei)
    to, link = audience.one(cast.mei), "/walk/1/impressions/"
    for hour in range(4):
        facts, at = {**HOUR, "count": hour}, DAY + timedelta(hours=hour)
        tell(topic=Topic.IMPRESSIONS_WAITING, to=to, facts=facts, event=f"1 {hour}", link=link, at=at)
        if hour == 0:
            actions.read_all(actor=cast.mei, at=DAY)
            Delivery.objects.update(state=DeliveryState.SENT)
    assert sorted(Notice.objects.values_list("facts__count", flat=True)) == [0, 3]
    assert sorted(Delivery.objects.values_list("facts__count", flat=True)) == [0, 3]
    tell(topic=Topic.IMPRESSIONS_WAITING, to=to, facts=HOUR, event="2 5", link="/walk/2/impressions/", at=SOON)
    assert Notice.objects.count() == 3


def jobs() -> list[dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = %s", [Job.SEND])
        return [args for (args,) in cursor.fetchall()]


@pytest.mark.usefixtures("committing")
def test_what_does_not_wait_is_queued_after_the_commit():
    from tests.cast import make_cast

    cast = make_cast()
    place = actions.add_destination(actor=cast.tao, owner=owner_of(cast.tao), values=new("wecom", "", NO_QUIET), at=DAY)
    with transaction.atomic():
        told(cast.tao, topic=Topic.VIEWED_AS)
        assert jobs() == []
    assert [str(job) for job in jobs()] in ([str({"destination_id": place.pk})], [f'{{"destination_id": {place.pk}}}'])
    told(cast.tao, topic=Topic.ROLE_ENDING)
    assert len(jobs()) == 1
