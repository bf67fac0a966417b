"""A restored server gets back from phones what it has lost, as it was: the receipt says when and how sure."""

from datetime import timedelta

import msgspec
import pytest
from django.db import transaction

from tests.cast import DAY, PLACE
from tests.checkin.desks import Counter, item, new_pass
from zuji.checkin import receipts, restoring
from zuji.checkin.actions import begin_epoch
from zuji.checkin.enums import Reason
from zuji.checkin.log import Signer
from zuji.checkin.models import Item, LogHead
from zuji.checkin.proving import check_log
from zuji.checkin.published import log_end
from zuji.checkin.wire import Handed
from zuji.checkin.writing import signer

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=40)
HERE = {"lat": PLACE[0], "lon": PLACE[1], "accuracy": 18, "datum": "wgs84"}


@pytest.fixture
def lost(walker, screen):
    """An item as its phone hands it in again, receipt and all, after the server has been set back to before it."""
    mine = item(walker, screen, fix=HERE)
    with transaction.atomic():
        [answer] = Counter().take(mine)
        transaction.set_rollback(True)
    assert not Item.objects.exists()
    return mine | {"receipt": answer["receipt"]}


def test_without_its_receipt_a_lost_check_in_comes_too_late(lost):
    [answer] = Counter().take({name: value for name, value in lost.items() if name != "receipt"}, at=LATER)
    assert (answer["outcome"], answer["code"]) == ("refused", "too_late")


def test_with_its_receipt_a_lost_check_in_is_as_it_was(lost):
    [answer] = Counter().take(lost, at=LATER)
    stored = Item.objects.get()
    assert (answer["outcome"], answer["grade"]) == ("accepted", "A")
    assert answer["receipt"]["fields"] == lost["receipt"]["fields"]
    assert (stored.at, stored.received_at, stored.late) == (DAY, LATER, False)
    assert (stored.reasons, stored.evidence) == (Reason.RECEIPT, "screen")
    assert LogHead.objects.get().size == 1


def test_handed_in_twice_with_its_receipt_it_is_there_once(lost):
    counter = Counter()
    [first] = counter.take(lost, at=LATER)
    [second] = counter.take(lost, at=LATER + timedelta(minutes=1))
    assert first == second
    assert Item.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"), [("at", 1), ("grade", "A+"), ("pass", 1), ("checkpoint", 1), ("campaign", 1), ("late", True)]
)
def test_a_receipt_that_was_changed_proves_nothing(lost, name, value):
    lost["receipt"]["fields"][name] = value
    [answer] = Counter().take(lost, at=LATER)
    assert (answer["outcome"], answer["code"]) == ("refused", "too_late")


def test_another_passs_receipt_proves_nothing(cast, lost, screen):
    [answer] = Counter().take(item(new_pass(cast.firm, cast.campaign), screen, receipt=lost["receipt"]), at=LATER)
    assert (answer["outcome"], answer["code"]) == ("refused", "too_late")


@pytest.mark.parametrize("receipt", [None, 7, "x", [], {}, {"v": 1}, "\0"])
def test_what_is_no_receipt_does_no_harm(walker, screen, receipt):
    [answer] = Counter().take(item(walker, screen, fix=HERE, receipt=receipt))
    assert (answer["outcome"], answer["grade"]) == ("accepted", "A")


def test_a_receipt_of_another_home_proves_nothing(lost):
    key, fields = Signer(b"another home's master secret, as long"), lost["receipt"]["fields"]
    asked = {"walk_pass": fields["pass"], "campaign": fields["campaign"], "checkpoint": fields["checkpoint"]}
    handed = Handed(lost["id"], "", "", 0, 0, None, b"", receipt=msgspec.json.encode(lost["receipt"]))
    assert restoring.proven(handed, **asked, keys=signer().keys) == msgspec.convert(fields, receipts.Fields)
    assert restoring.proven(handed, **asked, keys=key.keys) is None


def test_a_new_epoch_is_told_to_every_phone_and_the_log_goes_on(cast, lost, screen):
    assert begin_epoch(at=DAY) == LogHead.objects.get().epoch == 2
    answers = Counter().take(lost, item(new_pass(cast.firm, cast.campaign), screen))
    assert [answer["receipt"]["epoch"] for answer in answers] == [2, 2]
    assert log_end() == {"epoch": 2, "size": 2}
    assert check_log().faults == []


def test_a_writer_that_remembers_the_epoch_before_writes_into_the_new_one(cast, walker, screen):
    counter = Counter()
    counter.take(item(walker, screen))
    begin_epoch(at=DAY)
    [answer] = counter.take(item(new_pass(cast.firm, cast.campaign), screen))
    assert (answer["receipt"]["epoch"], answer["receipt"]["size"]) == (2, 2)
    assert check_log().faults == []
