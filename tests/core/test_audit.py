import pytest
from django.db import ProgrammingError, transaction

from tests.checkin.desks import new_pass, serial
from zuji.checkin.enums import CodeKind
from zuji.core.audit import audit
from zuji.core.models import AuditEntry
from zuji.people.enums import Verb


def test_an_entry_says_who_did_what_to_which_row_and_when(cast):
    entry = audit(cast.mei, Verb.ROLE_GRANTED, cast.lan, association_id=cast.panyu.pk, at=cast.day, role="contact")
    assert (entry.actor, entry.kind, entry.key) == (cast.mei.pk, "people.account", str(cast.lan.pk))
    assert (entry.at, entry.facts) == (cast.day, {"role": "contact"})


def test_what_the_home_does_by_itself_has_no_actor(cast):
    assert audit(None, Verb.ROLE_ENDED, cast.lan, association_id=None, at=cast.day).actor is None


def test_an_entry_names_the_campaign_that_its_row_hangs_on(cast):
    rows = (cast.campaign, cast.hall, serial(cast.hall, cast.guo, CodeKind.POSTER), new_pass(cast.firm, cast.campaign))
    for row in rows:
        entry = audit(cast.mei, Verb.ROLE_GRANTED, row, association_id=cast.panyu.pk, at=cast.day)
        assert (entry.campaign, entry.facts) == (cast.campaign.pk, {})


def test_what_hangs_on_no_campaign_names_none(cast):
    assert audit(cast.mei, Verb.ROLE_GRANTED, cast.lan, association_id=cast.panyu.pk, at=cast.day).campaign is None


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="other"), lambda rows: rows.delete()])
def test_nobody_rewrites_the_trail(cast, change):
    audit(cast.mei, Verb.ROLE_GRANTED, cast.lan, association_id=cast.panyu.pk, at=cast.day)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        change(AuditEntry.objects.all())
    assert AuditEntry.objects.count() == 1
