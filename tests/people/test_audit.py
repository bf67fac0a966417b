from zuji.core.audit import audit
from zuji.people.audit import entries_about, names_of, visible_entries
from zuji.people.enums import Verb


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
