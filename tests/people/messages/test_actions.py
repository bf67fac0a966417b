"""Writes to notices, destinations and deliveries: who may, what is refused, what is written down and what never is."""

import threading
from collections.abc import Callable
from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from tests.cast import DAY, Cast, make_cast
from tests.people.messages.places import HOOKS, NO_QUIET, SOON, TOKENS, new, of_firm, own, told
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.people.enums import ScopeKind
from zuji.people.messages import actions
from zuji.people.messages.access import Owner, owner_of, visible_destinations
from zuji.people.messages.enums import OPEN, RETRIABLE, DeliveryState
from zuji.people.messages.links import OptOut, opt_out_url
from zuji.people.messages.models import Delivery, Destination, Notice
from zuji.people.messages.sealed import opened
from zuji.people.messages.values import Habits
from zuji.people.models import Account

SECRET = "SEC000102030405060708090a0b0c0d0e0f"


def code(act: Callable[[], object]) -> str:
    """The code with which an act is refused."""
    with pytest.raises((Refused, Invalid, NotFound, Forbidden)) as refused:
        act()
    return refused.value.code


def add(actor: Account, owner: Owner, channel: str = "wecom", **values: object) -> Destination:
    return actions.add_destination(actor=actor, owner=owner, values=new(channel, **values), at=DAY)


def organisation(cast: Cast) -> Owner:
    return Owner(association_id=cast.panyu.pk, scope_kind=ScopeKind.ORGANISATION, scope_id=cast.firm.pk)


def test_what_leads_to_people_lies_sealed(cast: Cast):
    place = own(cast.tao, "dingtalk", secret=SECRET)
    raw = str(Destination.objects.filter(pk=place.pk).values().get())
    assert not any(hidden in raw for hidden in (TOKENS["dingtalk"], SECRET))
    assert (opened(place.address), opened(place.secret)) == (TOKENS["dingtalk"], SECRET)
    assert own(cast.tao, "email").shown == "l…@example.org"


def test_the_audit_trail_names_the_way_and_never_the_address(cast: Cast):
    place = own(cast.tao, "dingtalk", secret=SECRET)
    actions.change_destination(actor=cast.tao, destination_id=place.pk, habits=Habits(), at=DAY)
    actions.stop_destination(actor=cast.tao, destination_id=place.pk, at=DAY)
    actions.start_destination(actor=cast.tao, destination_id=place.pk, at=DAY)
    actions.drop_destination(actor=cast.tao, destination_id=place.pk, at=DAY)
    entries = AuditEntry.objects.filter(kind="people.destination", key=str(place.pk)).order_by("pk")
    assert [each.verb.removeprefix("destination_") for each in entries] == [
        *("added", "changed", "stopped", "started", "dropped"),
    ]
    assert {str(each.facts) for each in entries} == {"{'channel': 'dingtalk'}"}


def test_the_office_names_places_of_the_association_and_of_every_organisation(cast: Cast):
    office = Owner(association_id=cast.panyu.pk, scope_kind=ScopeKind.ASSOCIATION, scope_id=cast.panyu.pk)
    for owner in (office, organisation(cast), owner_of(cast.mei)):
        assert add(cast.mei, owner).association == cast.panyu
    for who in (cast.guo, cast.qin):
        assert [code(partial(add, who, owner)) for owner in (office, organisation(cast))] == ["not_found"] * 2
    assert code(lambda: add(cast.lan, office)) == "not_found"


def test_a_contact_names_places_of_the_own_organisation_alone(cast: Cast):
    assert of_firm(cast, cast.lan).scope_id == cast.firm.pk
    other = Owner(association_id=cast.panyu.pk, scope_kind=ScopeKind.ORGANISATION, scope_id=cast.second_firm.pk)
    assert code(lambda: add(cast.lan, other)) == "not_found"


@pytest.mark.parametrize("kind", [ScopeKind.CAMPAIGN, ScopeKind.TOWN])
def test_nothing_else_has_places(cast: Cast, kind: ScopeKind):
    owner = Owner(association_id=cast.panyu.pk, scope_kind=kind, scope_id=cast.campaign.pk)
    assert code(lambda: add(cast.mei, owner)) == "not_found"


def test_nobody_names_a_place_in_the_name_of_another(cast: Cast):
    assert code(lambda: add(cast.mei, owner_of(cast.tao))) == "not_found"
    foreign = Owner(association_id=cast.other.pk, scope_kind=ScopeKind.ASSOCIATION, scope_id=cast.panyu.pk)
    assert code(lambda: add(cast.mei, foreign)) == "not_found"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"channel": "wecom", "address": HOOKS["feishu"]}, "not_a_hook"),
        ({"channel": "wecom", "address": HOOKS["wecom"] + "\0"}, "not_a_hook"),
        ({"channel": "email", "address": "nobody"}, "not_an_address"),
        ({"channel": "email", "address": "a@example.org,b@example.org"}, "not_an_address"),
        ({"channel": "email", "address": "a@example.org\r\nBcc: b@example.org"}, "not_an_address"),
        ({"channel": "wecom", "secret": SECRET}, "secret_not_used"),
        ({"channel": "email", "secret": SECRET}, "secret_not_used"),
        ({"channel": "feishu", "secret": "kurz"}, "bad_secret"),
        ({"channel": "wecom", "habits": Habits(quiet_from=time(21), quiet_until=None)}, "quiet_half"),
        ({"channel": "wecom", "habits": Habits(quiet_from=None, quiet_until=time(8))}, "quiet_half"),
    ],
)
def test_what_cannot_be_meant_is_refused(cast: Cast, values: dict[str, Any], refusal: str):
    assert code(lambda: add(cast.tao, owner_of(cast.tao), **values)) == refusal
    assert not Destination.objects.exists()


def test_a_topic_that_is_none_is_not_muted(cast: Cast):
    place = own(cast.tao, habits=Habits(quiet_from=None, quiet_until=None, muted=("role_granted", "test", "nonsense")))
    assert place.muted == ["role_granted"]


def test_there_are_not_endlessly_many(cast: Cast):
    for number in range(actions.MOST_DESTINATIONS):
        own(cast.tao, address=f"{HOOKS['wecom']}{number}")
    assert code(lambda: own(cast.tao, address=f"{HOOKS['wecom']}x")) == "too_many_destinations"
    assert own(cast.mei).account == cast.mei


def test_an_address_is_the_same_however_it_is_written(cast: Cast):
    own(cast.tao, "email", address="Tao@Example.org")
    assert code(lambda: own(cast.tao, "email", address=" tao@example.ORG ")) == "destination_twice"


def test_to_change_a_destination_confirms_it(cast: Cast):
    place = own(cast.tao)
    later = DAY + timedelta(days=300)
    actions.change_destination(actor=cast.tao, destination_id=place.pk, habits=NO_QUIET, at=later)
    place.refresh_from_db()
    assert (place.kept_since, place.language) == (later, "zh-hans")


def test_a_notice_stays_read_from_the_first_time(cast: Cast):
    told(cast.tao)
    notice = Notice.objects.get()
    for at in (DAY, SOON):
        actions.read_notice(actor=cast.tao, notice_id=notice.pk, at=at)
    notice.refresh_from_db()
    assert notice.read_at == DAY
    assert actions.read_all(actor=cast.tao, at=SOON) == 0


def test_what_comes_while_everything_is_marked_as_read_stays_new(cast: Cast):
    told(cast.tao)
    told(cast.tao, "2", at=SOON)
    assert actions.read_all(actor=cast.tao, at=DAY) == 1


def test_a_test_goes_to_a_place_that_is_stopped_but_not_every_moment(cast: Cast):
    place = own(cast.tao)
    actions.stop_destination(actor=cast.tao, destination_id=place.pk, at=DAY)
    test = actions.send_test(actor=cast.tao, destination_id=place.pk, at=DAY)
    assert (test.state, test.next_try_at) == (DeliveryState.WAITING, DAY)
    assert code(lambda: actions.send_test(actor=cast.tao, destination_id=place.pk, at=DAY)) == "tested_just_now"
    later = DAY + actions.BETWEEN_TESTS
    assert actions.send_test(actor=cast.tao, destination_id=place.pk, at=later).made_at == later


@pytest.mark.parametrize("state", [each for each in DeliveryState if each not in RETRIABLE])
def test_only_what_failed_or_was_stopped_is_sent_again(cast: Cast, state: DeliveryState):
    own(cast.tao)
    (delivery,) = told(cast.tao)
    Delivery.objects.update(state=state)
    again = {"actor": cast.mei, "delivery_id": delivery.pk, "at": SOON}
    assert code(lambda: actions.send_again(**again)) == "delivery_open"
    Delivery.objects.update(state=DeliveryState.FAILED)
    assert actions.send_again(**again).state == DeliveryState.WAITING


@pytest.mark.parametrize("state", [each for each in DeliveryState if each not in OPEN])
def test_only_what_waits_is_stopped(cast: Cast, state: DeliveryState):
    own(cast.tao)
    (delivery,) = told(cast.tao)
    Delivery.objects.update(state=state)
    stop = {"actor": cast.mei, "delivery_id": delivery.pk, "at": SOON}
    assert code(lambda: actions.stop_delivery(**stop)) == "delivery_closed"
    Delivery.objects.update(state=DeliveryState.HELD)
    assert actions.stop_delivery(**stop).state == DeliveryState.STOPPED


def test_what_has_no_place_any_more_is_not_sent_again(cast: Cast):
    place = own(cast.tao)
    (delivery,) = told(cast.tao)
    actions.drop_destination(actor=cast.tao, destination_id=place.pk, at=DAY)
    again = {"actor": cast.mei, "delivery_id": delivery.pk, "at": SOON}
    assert code(lambda: actions.send_again(**again)) == "destination_gone"


def test_deliveries_of_another_association_are_not_there(cast: Cast):
    own(cast.tao)
    (delivery,) = told(cast.tao)
    for act in (actions.send_again, actions.stop_delivery):
        assert code(partial(act, actor=cast.qin, delivery_id=delivery.pk, at=DAY)) == "not_found"
        assert code(partial(act, actor=cast.tao, delivery_id=delivery.pk, at=DAY)) == "forbidden"


def test_to_opt_out_twice_changes_nothing_and_is_written_without_a_name(cast: Cast):
    place = own(cast.tao)
    token = opt_out_url(OptOut(place.pk, "role_granted")).rstrip("/").rsplit("/", 1)[1]
    for _ in range(2):
        actions.opt_out(token=token, at=DAY)
    place.refresh_from_db()
    assert place.muted == ["role_granted"]
    assert {(each.actor, each.facts["topic"]) for each in AuditEntry.objects.filter(verb="opted_out")} == {
        (None, "role_granted")
    }


@pytest.mark.usefixtures("committing")
def test_one_of_two_who_name_the_same_place_at_once_is_told_that_it_is_there():
    cast = make_cast()
    start, ends = threading.Barrier(2), []

    def name() -> None:
        start.wait(5)
        try:
            own(cast.tao)
            ends.append("added")
        except Refused as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    both = [threading.Thread(target=name) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(ends) == ["added", "destination_twice"]
    assert visible_destinations(cast.tao, at=DAY).count() == 1
