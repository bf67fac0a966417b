from dataclasses import replace

import pytest

from tests.cast import DAY
from zuji.committee.actions import add_participant, change_participant, reclassify_participant
from zuji.committee.enums import JoinsAs, ParticipantKind, Verb
from zuji.committee.errors import Refusal
from zuji.committee.models import ContactDetail, ParticipantOrganisation
from zuji.committee.queries import participant_values
from zuji.committee.values import ParticipantValues
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry

VALUES = ParticipantValues(
    name="荔湾软件（示例）",
    kind=ParticipantKind.FIRM,
    joins_as=JoinsAs.FIRM_ORGANISATION,
    expected=12,
    contact_name="阿岚",
    contact_phone="13800138000",
)


def add(cast, values=VALUES, actor=None):
    return add_participant(actor=actor or cast.tao, association_id=cast.panyu.pk, values=values, at=DAY)


def test_a_participant_organisation_gets_a_join_code_a_sort_key_and_its_contact(cast):
    made = add(cast)
    assert len(made.join_code) == 6
    assert made.sort_key.startswith("li wan ruan jian")
    assert (made.contact.name, made.contact.phone) == ("阿岚", "13800138000")
    assert made.sample


def test_the_contact_stands_nowhere_but_in_the_personal_table(cast):
    made = add(cast)
    entry = AuditEntry.objects.get(verb=Verb.PARTICIPANT_ADDED)
    assert (entry.key, entry.actor, entry.facts) == (str(made.pk), cast.tao.pk, {})


def test_an_organisation_without_a_contact_keeps_no_personal_row(cast):
    add(cast, replace(VALUES, contact_name="", contact_phone=" "))
    assert not ContactDetail.objects.exists()


@pytest.mark.parametrize("name", ["木棉数科", " 木棉 数科 "])
def test_a_name_stands_on_the_list_once(cast, name):
    with pytest.raises(Refused, match=Refusal.PARTICIPANT_NAME_TAKEN):
        add(cast, replace(VALUES, name=name))


def test_the_same_name_may_stand_in_another_district(cast):
    made = add_participant(
        actor=cast.qin, association_id=cast.other.pk, values=replace(VALUES, name="木棉数科"), at=DAY
    )
    assert made.association == cast.other


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, Refusal.PARTICIPANT_NAME_MISSING),
        ({"name": "长" * 121}, Refusal.PARTICIPANT_NAME_TOO_LONG),
        ({"name": "木\x00棉"}, "text_has_nul"),
        ({"contact_name": "阿\x00岚"}, "text_has_nul"),
        ({"contact_phone": "1" * 41}, Refusal.CONTACT_TOO_LONG),
    ],
)
def test_unusable_text_is_refused_with_its_code(cast, change, code):
    with pytest.raises(Invalid, match=code):
        add(cast, replace(VALUES, **change))


def test_a_contact_of_a_firm_adds_nothing_to_the_list(cast):
    with pytest.raises(NotFound):
        add(cast, actor=cast.lan)


def test_a_change_keeps_the_join_code_and_names_the_fields_in_the_audit(cast):
    made = add(cast)
    change_participant(
        actor=cast.tao, participant_id=made.pk, values=replace(VALUES, expected=15, contact_name="阿兰"), at=DAY
    )
    kept = ParticipantOrganisation.objects.get(pk=made.pk)
    assert (kept.expected, kept.contact.name, kept.join_code) == (15, "阿兰", made.join_code)
    entry = AuditEntry.objects.get(verb=Verb.PARTICIPANT_CHANGED)
    assert entry.facts == {"changed": ["expected", "contact"]}


def test_a_change_of_nothing_leaves_no_trace(cast):
    made = add(cast)
    change_participant(actor=cast.tao, participant_id=made.pk, values=VALUES, at=DAY)
    assert not AuditEntry.objects.filter(verb=Verb.PARTICIPANT_CHANGED).exists()


def test_an_emptied_contact_is_deleted(cast):
    made = add(cast)
    values = replace(VALUES, contact_name="", contact_phone="")
    change_participant(actor=cast.tao, participant_id=made.pk, values=values, at=DAY)
    assert not ContactDetail.objects.exists()


def test_a_change_cannot_take_a_name_that_another_has(cast):
    made = add(cast)
    with pytest.raises(Refused, match=Refusal.PARTICIPANT_NAME_TAKEN):
        change_participant(actor=cast.tao, participant_id=made.pk, values=replace(VALUES, name=cast.firm.name), at=DAY)


def test_a_contact_does_not_change_the_own_firms_entry(cast):
    with pytest.raises(Forbidden):
        change_participant(actor=cast.lan, participant_id=cast.firm.pk, values=VALUES, at=DAY)


def test_join_codes_are_all_different(cast):
    made = [add(cast, replace(VALUES, name=f"示例企业{number}")) for number in range(20)]
    assert len({each.join_code for each in made}) == len(made)


def change(cast, made, actor=None, seen=None, **changes):
    values = replace(VALUES, **changes)
    return change_participant(actor=actor or cast.tao, participant_id=made.pk, values=values, seen=seen, at=DAY)


def test_without_what_was_seen_the_last_one_overwrites_the_first(cast):
    made = add(cast)
    change(cast, made, cast.mei, expected=15)
    change(cast, made, cast.tao, contact_name="阿兰")
    assert ParticipantOrganisation.objects.get(pk=made.pk).expected == VALUES.expected  # what Mei wrote is lost


@pytest.mark.parametrize("quicker", [{"expected": 15}, {"contact_name": "阿兰"}], ids=["the row", "the contact"])
def test_what_was_seen_is_changed_only_while_it_still_stands(cast, quicker):
    made = add(cast)
    seen = participant_values(made)
    change(cast, made, cast.mei, seen=seen, **quicker)
    with pytest.raises(Refused, match="changed_meanwhile"):
        change(cast, made, cast.tao, seen=seen, name="荔湾软件二部（示例）")
    now = participant_values(ParticipantOrganisation.objects.get(pk=made.pk))
    assert now == replace(VALUES, **quicker)
    change(cast, made, cast.tao, seen=now, **quicker, name="荔湾软件二部（示例）")
    assert ParticipantOrganisation.objects.get(pk=made.pk).name == "荔湾软件二部（示例）"


def test_a_refusal_says_which_field_it_is_about(cast):
    add(cast)
    with pytest.raises(Refused) as taken:
        add(cast)
    with pytest.raises(Invalid) as missing:
        add(cast, replace(VALUES, name=" "))
    assert (taken.value.facts["field"], missing.value.facts["field"]) == ("name", "name")


def reclassify(cast, actor=None, kind=ParticipantKind.INSTITUTION, joins_as=JoinsAs.ASSOCIATION_MEMBER):
    actor = actor or cast.tao
    return reclassify_participant(actor=actor, participant_id=cast.firm.pk, kind=kind, joins_as=joins_as, at=cast.day)


def test_what_an_organisation_is_can_be_said_anew_without_touching_the_rest(cast):
    before = dict(ParticipantOrganisation.objects.values().get(pk=cast.firm.pk))
    reclassify(cast)
    after = dict(ParticipantOrganisation.objects.values().get(pk=cast.firm.pk))
    assert {name for name in before if before[name] != after[name]} == {"kind", "joins_as"}
    entry = AuditEntry.objects.get(verb="participant_changed")
    assert (entry.actor, entry.facts) == (cast.tao.pk, {"changed": ["joins_as", "kind"]})


def test_an_organisation_that_is_so_already_leaves_no_trace(cast):
    reclassify(cast, kind=ParticipantKind(cast.firm.kind), joins_as=JoinsAs(cast.firm.joins_as))
    assert not AuditEntry.objects.filter(verb="participant_changed").exists()


def test_a_contact_says_nothing_of_what_the_own_firm_is(cast):
    with pytest.raises(Forbidden):
        reclassify(cast, actor=cast.lan)
    with pytest.raises(NotFound):
        reclassify(cast, actor=cast.qin)
