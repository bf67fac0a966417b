"""Sending: digests, retries, quiet hours, what is given up, and two workers at once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import DAY, Cast, account, make_cast
from tests.people.messages.places import SOON, own, told
from zuji.people.actions import close_account
from zuji.people.enums import Role, ScopeKind
from zuji.people.messages import actions, sending
from zuji.people.messages.enums import DeliveryState, Topic
from zuji.people.messages.models import Delivery, Notice
from zuji.people.messages.schedule import MOST_TRIES, STUCK, TOO_OLD
from zuji.people.messages.sending import claim, send_due, send_to
from zuji.people.messages.values import Habits

GONE = (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}')
DOWN = (503, b"")
NIGHT = DAY.replace(hour=15)


def state(delivery: Delivery) -> tuple[str, str, int]:
    delivery.refresh_from_db()
    return delivery.state, delivery.trouble, delivery.tries


def text(receiver, number: int = -1) -> str:
    return receiver.received[number].json()["text"]["content"]


def test_what_is_due_is_sent_in_the_destinations_language(cast: Cast, receiver):
    own(cast.tao, habits=Habits(language="en", quiet_from=None, quiet_until=None))
    (delivery,) = told(cast.tao)
    assert send_due(at=DAY) == 0
    assert send_due(at=SOON) == 1
    assert state(delivery) == ("sent", "", 1)
    assert delivery.ended_at == SOON
    assert text(receiver).splitlines() == [
        "Zuji: You have a new role: Office",
        "It is held over: Panyu.",
        "http://127.0.0.1:8000/settings/me/",
    ]
    assert send_due(at=SOON) == 0


def test_several_that_wait_for_one_destination_go_as_one(cast: Cast, receiver):
    own(cast.tao)
    for event in ("1", "2", "3"):
        told(cast.tao, event)
    assert send_due(at=SOON) == 3
    assert len(receiver.received) == 1
    assert text(receiver).startswith("【足迹】3 条消息\n· 您有了新角色：办公室")
    assert len({each.parcel for each in Delivery.objects.all()}) == 1


def test_a_receiver_that_fails_and_recovers_gets_it_once(cast: Cast, receiver):
    own(cast.tao)
    (delivery,) = told(cast.tao)
    receiver.answers.extend([DOWN, (200, b'{"errcode":45009,"errmsg":"api freq out of limit"}')])
    assert send_due(at=SOON) == 0
    assert state(delivery) == ("waiting", "receiver_error", 1)
    first = delivery.next_try_at
    assert timedelta(seconds=48) <= first - SOON <= timedelta(seconds=72)
    assert send_due(at=first - timedelta(seconds=1)) == 0
    assert len(receiver.received) == 1
    assert send_due(at=first) == 0
    assert state(delivery) == ("waiting", "too_often", 2)
    assert timedelta(seconds=96) <= delivery.next_try_at - first <= timedelta(seconds=144)
    assert send_due(at=delivery.next_try_at) == 1
    assert state(delivery) == ("sent", "too_often", 3)
    assert len(receiver.received) == 3


def test_after_the_last_try_it_is_given_up(cast: Cast, receiver):
    own(cast.tao)
    (delivery,) = told(cast.tao)
    receiver.answers.extend([DOWN] * MOST_TRIES)
    at = SOON
    while delivery.state == DeliveryState.WAITING:
        send_due(at=at)
        delivery.refresh_from_db()
        at = delivery.next_try_at
    assert state(delivery) == ("given_up", "receiver_error", MOST_TRIES)
    assert len(receiver.received) == MOST_TRIES


def test_what_is_too_old_is_not_sent_any_more(cast: Cast, receiver):
    own(cast.tao)
    (delivery,) = told(cast.tao)
    assert send_due(at=DAY + TOO_OLD + timedelta(seconds=1)) == 0
    assert state(delivery)[0] == "given_up"
    assert not receiver.received


def test_a_refusal_for_good_is_told_to_the_administrators_once_an_hour(cast: Cast, receiver):
    ada = account(cast.panyu, "Ada", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    own(cast.tao)
    for event in ("1", "2"):
        told(cast.tao, event)
    receiver.answers.append(GONE)
    send_due(at=SOON)
    assert {each.state for each in Delivery.objects.all()} == {"failed"}
    (notice,) = Notice.objects.filter(account=ada)
    assert (notice.topic, notice.facts) == ("delivery_failed", {"channel": "wecom", "trouble": "hook_gone"})


def test_a_failing_way_to_tell_of_failures_does_not_tell_of_itself(cast: Cast, receiver):
    ada = account(cast.panyu, "Ada", Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    for who in (ada, cast.tao):
        own(who, address=f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=key-of-{who.username}")
    told(cast.tao)
    receiver.answers.extend([GONE] * 9)
    for hours in range(1, 9):
        send_due(at=SOON + timedelta(hours=hours))
    assert Delivery.objects.count() == 2
    assert Notice.objects.filter(account=ada).count() == 1


def test_what_waits_until_the_morning_goes_then(cast: Cast, receiver):
    own(cast.tao, habits=Habits())
    (delivery,) = told(cast.tao, at=NIGHT)
    assert send_due(at=NIGHT + timedelta(hours=2)) == 0
    assert state(delivery)[0] == "held"
    assert send_due(at=NIGHT + timedelta(hours=9)) == 1


def test_a_retry_keeps_quiet_hours_and_costs_no_try(cast: Cast, receiver):
    own(cast.tao, habits=Habits())
    (delivery,) = told(cast.tao)
    Delivery.objects.update(next_try_at=NIGHT)
    assert send_due(at=NIGHT) == 0
    assert state(delivery) == ("held", "", 0)
    assert delivery.next_try_at > NIGHT
    assert not receiver.received


def test_who_opts_out_while_something_waits_does_not_get_it(cast: Cast, receiver):
    place = own(cast.tao)
    (first,), (second,) = told(cast.tao), told(cast.tao, topic=Topic.ROLE_ENDING)
    habits = Habits(quiet_from=None, quiet_until=None, muted=(Topic.ROLE_GRANTED,))
    actions.change_destination(actor=cast.tao, destination_id=place.pk, habits=habits, at=SOON)
    assert send_due(at=SOON) == 1
    assert (state(first)[0], state(second)[0]) == ("opted_out", "sent")


def test_a_closed_account_is_told_nothing(cast: Cast, receiver):
    own(cast.tao)
    (delivery,) = told(cast.tao)
    close_account(actor=None, account_id=cast.tao.pk, at=DAY)
    assert send_due(at=SOON) == 0
    assert state(delivery)[0] == "given_up"
    assert not receiver.received


def test_an_address_that_another_key_sealed_is_told_and_not_sent(cast: Cast, receiver):
    place = own(cast.tao)
    (delivery,) = told(cast.tao)
    place.address = "gAAAAA" + place.address[6:-4] + "AAAA"
    place.save()
    send_due(at=SOON)
    assert state(delivery)[:2] == ("failed", "sealed")


def test_what_nobody_expected_costs_a_try_and_holds_up_nobody_else(cast: Cast, receiver):
    own(cast.tao, "email")
    own(cast.mei)
    (delivery,), (other,) = told(cast.tao, "1"), told(cast.mei, "2")
    with patch.object(sending.mail, "post", side_effect=ZeroDivisionError):
        assert send_due(at=SOON) == 1
    assert state(delivery) == ("waiting", "unexpected", 1)
    assert state(other)[0] == "sent"
    assert send_due(at=delivery.next_try_at) == 1


def test_a_demo_home_sends_to_its_own_receiver_without_any_setting(cast: Cast, settings, demo):
    from zuji.people.messages import receiver

    settings.MESSAGES_TO = ""
    before = len(receiver.own().received)
    own(cast.tao)
    told(cast.tao)
    assert send_due(at=SOON) == 1
    assert len(receiver.own().received) == before + 1


def test_a_letter_says_how_to_stop_its_topic_and_everything(cast: Cast, receiver):
    place = own(cast.tao, "email")
    told(cast.tao)
    send_due(at=SOON)
    letter = message_from_bytes(receiver.received[0].body, policy=policy.default)
    body = letter.get_content()
    assert letter["Subject"] == "【足迹】您有了新角色：办公室"
    assert body.count("/messages/stop/") == 2
    stop = letter["List-Unsubscribe"].strip("<>").rstrip("/").rsplit("/", 1)[1]
    actions.opt_out(token=stop, at=SOON)
    place.refresh_from_db()
    assert (place.muted, place.stopped_at) == (["role_granted"], None)


def test_a_letter_of_several_topics_stops_everything(cast: Cast, receiver):
    place = own(cast.tao, "email")
    told(cast.tao)
    told(cast.tao, topic=Topic.ROLE_ENDING)
    send_due(at=SOON)
    letter = message_from_bytes(receiver.received[0].body, policy=policy.default)
    assert (letter["Subject"], letter.get_content().count("/messages/stop/")) == ("【足迹】2 条消息", 3)
    stop = letter["List-Unsubscribe"].strip("<>").rstrip("/").rsplit("/", 1)[1]
    actions.opt_out(token=stop, at=SOON)
    place.refresh_from_db()
    assert place.stopped_at == SOON


def test_a_process_that_dies_after_sending_sends_again_and_says_that_it_may_have_come_twice(cast: Cast, receiver):
    own(cast.tao)
    (delivery,) = told(cast.tao)
    with patch.object(sending, "_note", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        send_due(at=SOON)
    assert state(delivery) == ("sending", "", 1)
    assert send_due(at=SOON + STUCK) == 0
    assert send_due(at=SOON + STUCK + timedelta(seconds=1)) == 1
    assert state(delivery) == ("sent", "interrupted", 2)
    assert len(receiver.received) == 2


def test_a_process_that_only_was_slow_can_still_say_that_it_has_sent(cast: Cast, receiver):
    place = own(cast.tao)
    (delivery,) = told(cast.tao)
    taken = claim(place.pk, at=SOON)
    sending.free_interrupted(at=SOON + STUCK * 2)
    sending._note(taken, sending.Outcome(), at=SOON + STUCK * 2)
    assert state(delivery)[0] == "sent"
    assert send_due(at=SOON + STUCK * 3) == 0


def test_whoever_lost_its_claim_writes_nothing_over_the_one_who_has_it(cast: Cast, receiver):
    place = own(cast.tao)
    (delivery,) = told(cast.tao)
    slow = claim(place.pk, at=SOON)
    sending.free_interrupted(at=SOON + STUCK * 2)
    assert claim(place.pk, at=SOON + STUCK * 2)
    sending._note(slow, sending.Outcome(sending.Trouble.TIMED_OUT), at=SOON + STUCK * 2)
    assert state(delivery) == ("sending", "interrupted", 2)


def looked_first(destination_id: int, *, at) -> list[Delivery]:
    """A claim that looks and then writes, as if nobody else were about."""
    due = list(Delivery.objects.filter(destination=destination_id, state="waiting", next_try_at__lte=at))
    MEET.wait(5)
    Delivery.objects.filter(pk__in=[each.pk for each in due]).update(state="sending", claim=(mine := uuid4()))
    for each in due:
        each.claim = mine
    return due


MEET = threading.Barrier(2)


@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize(("take", "sent"), [(looked_first, 2), (claim, 1)], ids=["looking first", "conditional update"])
def test_two_workers_send_a_message_once(receiver, take: Callable[..., list[Delivery]], sent: int):
    cast = make_cast()
    place = own(cast.tao)
    told(cast.tao)
    start = threading.Barrier(2)

    def work() -> None:
        start.wait(5)
        try:
            send_to(place.pk, at=SOON)
        finally:
            connection.close()

    with patch.object(sending, "claim", take):
        workers = [threading.Thread(target=work) for _ in range(2)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
    assert len(receiver.received) == sent
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_one_runs_queries_do_not_grow_with_what_one_destination_gets(cast: Cast, receiver):
    own(cast.tao)
    counts = []
    for number in (1, 3):
        for event in range(number):
            told(cast.tao, f"{number} {event}")
        with CaptureQueriesContext(connection) as asked:
            send_due(at=SOON)
        counts.append(len(asked))
    assert counts[0] == counts[1]
