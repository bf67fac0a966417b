from datetime import timedelta

from tests.cast import grant
from zuji.committee.models import ParticipantOrganisation
from zuji.core.audit import audit
from zuji.core.models import AuditEntry
from zuji.people.audit import (
    Seen,
    actors_named,
    entries_about,
    entries_about_seen,
    failed_sign_ins,
    keys_of,
    last_visit,
    names_of,
    visible_entries,
)
from zuji.people.enums import Role, ScopeKind, Verb
from zuji.people.rights import Scope


def note(cast, who, about):
    return audit(who, Verb.ACCOUNT_MADE, about, association_id=about.association_id, at=cast.day)


def test_whoever_may_read_the_trail_reads_that_of_the_own_association(cast):
    own, other = note(cast, cast.mei, cast.lan), note(cast, cast.qin, cast.qin)
    assert list(visible_entries(cast.mei, at=cast.day)) == [own]
    assert list(visible_entries(cast.qin, at=cast.day)) == [other]
    assert list(visible_entries(cast.tao, at=cast.day)) == []
    assert list(visible_entries(None, at=cast.day)) == []


def test_entries_about_a_row_are_those_of_its_kind_and_key(cast):
    own = note(cast, cast.mei, cast.lan)
    note(cast, cast.mei, cast.tao)
    audit(cast.mei, Verb.ACCOUNT_MADE, cast.firm, association_id=cast.panyu.pk, at=cast.day)
    assert list(entries_about(cast.lan)) == [own]


def test_names_are_found_by_key_and_nobody_has_none(cast):
    assert names_of([cast.mei.pk, None, 0]) == {cast.mei.pk: "Mei"}
    assert names_of([None]) == {}


FIRM = "committee.participantorganisation"


def about(cast, row, association):
    return audit(cast.mei, Verb.ACCOUNT_MADE, row, association_id=association.pk, at=cast.day)


def seen(scope, rows=None):
    return Seen(FIRM, scope, lambda: rows if rows is not None else ParticipantOrganisation.objects.all())


def test_of_a_whole_association_every_entry_of_the_kind_is_seen(cast):
    own, _, _ = (
        about(cast, cast.firm, cast.panyu),
        about(cast, cast.lan, cast.panyu),
        about(cast, cast.firm, cast.other),
    )
    assert list(entries_about_seen([seen(Scope(associations=frozenset({cast.panyu.pk})))])) == [own]


def test_of_a_campaign_what_hangs_on_it_is_seen(cast):
    own, _ = about(cast, cast.campaign, cast.panyu), about(cast, cast.foreign, cast.other)
    scope = Scope(campaigns=frozenset({cast.campaign.pk}))
    assert list(entries_about_seen([Seen("checkin.campaign", scope, lambda: None)])) == [own]


def test_of_an_organisation_the_rows_that_it_sees_are_looked_up(cast):
    own, _ = about(cast, cast.firm, cast.panyu), about(cast, cast.second_firm, cast.panyu)
    rows = ParticipantOrganisation.objects.filter(pk=cast.firm.pk)
    assert list(entries_about_seen([seen(Scope(organisations=frozenset({1})), rows)])) == [own]


def test_who_sees_nothing_is_told_of_nothing(cast):
    about(cast, cast.firm, cast.panyu)
    assert list(entries_about_seen([])) == []
    assert list(entries_about_seen([seen(Scope())])) == []


def test_rows_that_are_not_needed_are_not_asked_for(cast):
    def never():
        raise AssertionError

    list(entries_about_seen([Seen(FIRM, Scope(associations=frozenset({cast.panyu.pk})), never)]))


def test_keys_are_written_as_the_trail_writes_them(cast):
    entry = about(cast, cast.firm, cast.panyu)
    assert list(keys_of(ParticipantOrganisation.objects.filter(pk=cast.firm.pk))) == [(entry.key,)]
    assert AuditEntry.objects.filter(key__in=keys_of(ParticipantOrganisation.objects.all())).get() == entry


def test_the_last_visit_is_the_sign_in_before_this_one(cast):
    assert last_visit(cast.mei) is None
    for hours in (48, 5, 0):
        at = cast.day - timedelta(hours=hours)
        audit(cast.mei, Verb.SIGNED_IN, cast.mei, association_id=cast.panyu.pk, at=at)
    audit(None, Verb.SIGN_IN_FAILED, cast.mei, association_id=cast.panyu.pk, at=cast.day)
    assert last_visit(cast.mei) == cast.day - timedelta(hours=5)


def test_people_are_found_by_a_part_of_their_name_within_the_own_association(cast):
    assert [row["pk"] for row in actors_named(cast.mei, "ME")] == [cast.mei.pk]
    assert list(actors_named(cast.mei, "Qin")) == []


def fail(cast, who, hours):
    at = cast.day - timedelta(hours=hours)
    return audit(None, Verb.SIGN_IN_FAILED, who, association_id=who.association_id, at=at)


def test_failed_sign_ins_are_counted_by_account_the_most_often_on_top(cast):
    grant(cast.mei, Role.ADMINISTRATOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    for who, hours in ((cast.lan, 1), (cast.tao, 3), (cast.tao, 2), (cast.tao, 30), (cast.qin, 1)):
        fail(cast, who, hours)
    since = cast.day - timedelta(days=1)
    assert failed_sign_ins(cast.mei, since=since, at=cast.day) == [
        (cast.tao.pk, 2, cast.day - timedelta(hours=2)),
        (cast.lan.pk, 1, cast.day - timedelta(hours=1)),
    ]
    assert failed_sign_ins(cast.tao, since=since, at=cast.day) == []
