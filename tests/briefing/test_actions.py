from datetime import date, timedelta
from importlib import import_module
from threading import Barrier, BrokenBarrierError, Thread
from uuid import uuid4

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, connection

from tests.briefing.walk import lay_trail
from tests.cast import DAY, campaign, checkpoint
from tests.checkin.desks import serial
from zuji.briefing import actions
from zuji.briefing.actions import publish
from zuji.briefing.definitions import catalogue
from zuji.briefing.enums import Verb
from zuji.briefing.errors import Refusal
from zuji.briefing.ledger import FIRST
from zuji.briefing.models import Evidence, LedgerEntry, PublishedDefinition
from zuji.briefing.queries import counted
from zuji.checkin.enums import CodeKind
from zuji.checkin.models import Activity
from zuji.core.audit import audit
from zuji.core.errors import Forbidden, NotFound, Refused
from zuji.core.models import Association, AuditEntry
from zuji.trail.models import Impression, Trail

WALK_DAY = date(2021, 7, 26)
NEXT_DAY = DAY + timedelta(days=1)


def publish_one(walk, indicator="T3", **changes):
    values = {"actor": walk.cast.mei, "association_id": walk.cast.panyu.pk, "as_of": WALK_DAY, "at": NEXT_DAY}
    return publish(indicator=indicator, **values | changes)


def test_a_published_figure_keeps_value_definition_and_evidence(walk):
    walker = walk.walker()
    walk.check_in(walker)
    entry = publish_one(walk)
    assert (entry.number, entry.prev, entry.value, entry.qualifier) == (1, FIRST, 1, "at_least")
    assert (entry.published_by, entry.published_at) == (walk.cast.mei.pk, NEXT_DAY)
    assert entry.definition.text == catalogue()["T3"].text
    assert entry.evidence.columns == ["key", "weight", "campaign_id", "person_id", "organisation_id"]
    campaign, firm = walk.cast.campaign.pk, walk.cast.firm.pk
    assert entry.evidence.rows == [[f"{campaign}/{walker.pk}", 1, campaign, walker.pk, firm]]


def test_entries_are_numbered_and_chained_within_their_association(walk):
    first, second = publish_one(walk, "T1"), publish_one(walk, "T2")
    elsewhere = publish_one(walk, "T1", actor=walk.cast.qin, association_id=walk.cast.other.pk)
    assert (second.number, second.prev) == (2, first.digest)
    assert (elsewhere.number, elsewhere.prev) == (1, FIRST)


def test_what_is_published_is_on_the_audit_trail(walk):
    entry = publish_one(walk)
    trail = AuditEntry.objects.get(verb=Verb.FIGURE_PUBLISHED)
    assert (trail.actor, trail.key, trail.association) == (walk.cast.mei.pk, str(entry.pk), walk.cast.panyu)
    assert trail.facts == {"digest": entry.digest}


def test_a_figure_of_one_walk_stands_in_that_walks_log(walk):
    assert publish_one(walk).value == 0
    assert AuditEntry.objects.latest("pk").campaign is None
    walk.check_in()
    publish_one(walk)
    assert AuditEntry.objects.latest("pk").campaign == walk.cast.campaign.pk
    second = campaign(walk.cast.panyu, "second")
    activity = Activity.objects.create(campaign=second, name_zh="二", name_en="Two", held_on=WALK_DAY)
    place = checkpoint(activity, 1)
    lay_trail(activity, [(place, walk.school)])
    walk.check_in(walk.walker(campaign=second), place)
    assert publish_one(walk).value == 2
    assert AuditEntry.objects.latest("pk").campaign is None


def test_entries_from_before_get_the_campaign_that_they_hang_on(walk):
    cast, at = walk.cast, {"association_id": walk.cast.panyu.pk, "at": DAY}
    walk.check_in(walk_pass := walk.walker())
    known = AuditEntry.objects.count()
    code = serial(cast.hall, cast.guo, CodeKind.POSTER)
    trail = Trail.objects.get()
    impression = Impression.objects.create(
        id=uuid4(), campaign=cast.campaign, stop=trail.stops.all()[0], walk_pass=walk_pass, local_date=WALK_DAY
    )
    correction = walk.take_back(walk.check_in())
    for row in (cast.campaign, cast.hall, code, walk_pass, correction, trail, trail.stops.first(), impression):
        audit(cast.mei, Verb.FIGURE_PUBLISHED, row, **at)
    audit(cast.mei, Verb.FIGURE_PUBLISHED, cast.lan, **at)
    publish_one(walk)
    entries = AuditEntry.objects.order_by("pk")[known:]
    before = [entry.campaign for entry in entries]
    assert before == [cast.campaign.pk] * 8 + [None, cast.campaign.pk]
    with pgtrigger.ignore("core.AuditEntry:audit_stays"):
        AuditEntry.objects.update(campaign=None)
    migration = import_module("zuji.briefing.migrations.0003_campaigns_of_entries")
    migration.name_campaigns(None, connection.schema_editor())
    assert [entry.campaign for entry in AuditEntry.objects.order_by("pk")[known:]] == before


def test_publishing_the_same_again_gives_the_same_entry(walk):
    walk.check_in()
    first = publish_one(walk)
    assert publish_one(walk, at=NEXT_DAY + timedelta(hours=1)) == first
    assert LedgerEntry.objects.count() == 1


def test_another_answer_to_the_same_question_is_another_entry(walk):
    first = publish_one(walk)
    walk.check_in()
    second = publish_one(walk)
    assert [entry.value for entry in (first, second)] == [0, 1]
    assert second.number == 2


def test_evidence_and_definition_are_stored_once_for_each_digest(walk):
    walk.check_in()
    assert [publish_one(walk, as_of=as_of).number for as_of in (WALK_DAY, NEXT_DAY)] == [1, 2]
    assert (Evidence.objects.count(), PublishedDefinition.objects.count()) == (1, 1)


def test_a_cut_off_that_lies_ahead_is_refused(walk):
    with pytest.raises(Refused) as refused:
        publish_one(walk, at=DAY)
    assert refused.value.code == Refusal.CUT_OFF_AHEAD
    assert publish_one(walk, as_of=DAY, at=DAY).as_of == DAY


def test_who_may_only_see_figures_may_not_publish_them(walk):
    with pytest.raises(Forbidden):
        publish_one(walk, actor=walk.cast.tao)


def test_nobody_publishes_for_another_association(walk):
    with pytest.raises(NotFound):
        publish_one(walk, actor=walk.cast.qin)


def test_the_homes_operator_publishes_without_an_account(walk):
    assert publish_one(walk, actor=None).published_by is None


def test_the_operator_too_needs_an_association_and_an_indicator_that_are_there(walk):
    with pytest.raises(NotFound):
        publish_one(walk, actor=None, association_id=0)
    with pytest.raises(NotFound):
        publish_one(walk, "T99")


@pytest.mark.parametrize(
    "statement",
    [
        "update briefing_ledgerentry set value = 7",
        "update briefing_evidence set rows = '[]'",
        "update briefing_publisheddefinition set text = ''",
        "delete from briefing_ledgerentry",
        "delete from briefing_evidence",
        "delete from briefing_publisheddefinition",
    ],
)
def test_nothing_of_the_ledger_can_be_changed_or_deleted(walk, statement):
    publish_one(walk)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("locking", "numbers"), [(False, [1]), (True, [1, 2])])
def test_two_who_publish_at_once_get_numbers_in_turn(walk, monkeypatch, locking, numbers):
    both_counted = Barrier(2)
    # under the lock the other never comes meanwhile; without it, it comes once the machine has time for it
    patience = 0.7 if locking else 20

    def pausing(*arguments):
        rows = counted(*arguments)
        try:
            both_counted.wait(timeout=patience)
        except BrokenBarrierError:
            both_counted.reset()
        return rows

    monkeypatch.setattr(actions, "counted", pausing)
    if not locking:
        monkeypatch.setattr(actions, "_locked", lambda association_id: Association.objects.get(pk=association_id))
    losers = race(lambda indicator: publish_one(walk, indicator), ["T1", "T2"])
    assert [entry.number for entry in LedgerEntry.objects.order_by("number")] == numbers
    assert losers == [IntegrityError] * (2 - len(numbers))


def race(act, arguments):
    """Run `act` with each argument in a thread of its own; the classes of the database's errors."""
    lost = []

    def run(argument):
        try:
            act(argument)
        except DatabaseError as error:
            lost.append(type(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[argument]) for argument in arguments]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return lost
