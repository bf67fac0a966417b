"""Where people are reached, and what they were told, goes with its purpose."""

from datetime import timedelta

from tests.cast import DAY, Cast
from tests.people.messages.places import NO_QUIET, of_firm, own, told
from zuji.core import personal
from zuji.people.actions import close_account
from zuji.people.messages import actions
from zuji.people.messages.enums import DeliveryState
from zuji.people.messages.models import Delivery, Destination, Notice
from zuji.people.messages.personal import DESTINATION_DAYS, KEPT_DAYS, TABLES

DUE = DAY + timedelta(days=DESTINATION_DAYS)


def test_the_tables_are_known_to_the_nightly_erasure():
    assert set(TABLES) <= set(personal.TABLES)


def test_a_closed_accounts_destinations_go_at_once_and_what_waits_for_them_is_given_up(cast: Cast):
    own(cast.tao)
    kept = own(cast.mei)
    (delivery,) = told(cast.tao)
    close_account(actor=None, account_id=cast.tao.pk, at=DAY)
    assert personal.erase_due(DAY)["people.destination"] == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.destination) == (DeliveryState.GIVEN_UP, None)
    assert list(Destination.objects.all()) == [kept]


def test_a_destination_that_nobody_confirms_goes_and_one_that_is_confirmed_stays(cast: Cast):
    of_firm(cast, cast.lan)
    kept = own(cast.mei)
    actions.change_destination(actor=cast.mei, destination_id=kept.pk, habits=NO_QUIET, at=DAY + timedelta(days=1))
    assert personal.erase_due(DUE - timedelta(seconds=1))["people.destination"] == 0
    assert personal.erase_due(DUE)["people.destination"] == 1
    assert list(Destination.objects.all()) == [kept]


def test_nothing_of_an_erased_address_is_left(cast: Cast):
    place = own(cast.tao, "email")
    told(cast.tao)
    actions.drop_destination(actor=cast.tao, destination_id=place.pk, at=DAY)
    rows = str(list(Delivery.objects.values()))
    assert not any(left in rows for left in (place.address, place.mark, place.shown, "example.org"))


def test_notices_and_ended_deliveries_go_with_the_logs(cast: Cast):
    own(cast.tao)
    told(cast.tao)
    at = DAY + timedelta(days=KEPT_DAYS)
    assert personal.erase_due(at)["people.notice"] == 1
    assert personal.erase_due(at)["people.delivery"] == 0
    Delivery.objects.update(state=DeliveryState.SENT, ended_at=DAY)
    assert personal.erase_due(at - timedelta(seconds=1))["people.delivery"] == 0
    assert personal.erase_due(at)["people.delivery"] == 1
    assert not Notice.objects.exists()
