"""What the worker does by itself."""

from procrastinate.contrib.django import app

from tests.cast import DAY, Cast
from tests.people.messages.places import SOON, own, told
from zuji.core import clock
from zuji.people.messages import tasks
from zuji.people.messages.enums import DeliveryState, Topic
from zuji.people.messages.models import Delivery
from zuji.people.messages.telling import Job


def test_the_worker_knows_the_tasks_by_the_names_that_are_queued():
    assert str(Job.SEND) in app.tasks
    periodic = {each.task.name: each.cron for each in app.periodic_registry.periodic_tasks.values()}
    assert periodic["people.send_due"] == "* * * * *"
    assert "people.tell_ending_roles" in periodic


def test_a_run_sends_by_the_homes_clock(cast: Cast, receiver):
    own(cast.tao)
    told(cast.tao)
    with clock.frozen(DAY):
        tasks.send_due(0)
    assert Delivery.objects.get().state == DeliveryState.WAITING
    with clock.frozen(SOON):
        tasks.send_due(0)
        tasks.tell_ending_roles(0)
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_what_does_not_wait_goes_by_its_own_task(cast: Cast, receiver):
    place = own(cast.tao)
    told(cast.tao, topic=Topic.VIEWED_AS)
    with clock.frozen(DAY):
        tasks.send_messages(destination_id=place.pk)
    assert Delivery.objects.get().state == DeliveryState.SENT
