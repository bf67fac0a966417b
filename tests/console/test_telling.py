"""Entries told in words: the thing by its name, the values before and after, the facts, and why."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.cast import DAY, account, participant
from zuji.checkin.actions import confirm_location
from zuji.checkin.corrections import take_back
from zuji.checkin.enums import Datum
from zuji.checkin.judge import Fix
from zuji.committee.actions import change_participant
from zuji.committee.enums import JoinsAs, ParticipantKind
from zuji.committee.values import ParticipantValues
from zuji.console.blocks import facts
from zuji.console.blocks.telling import tell
from zuji.console.pages import Desk
from zuji.console.verbs import VERBS
from zuji.core.audit import audit
from zuji.core.enums import HomeKind
from zuji.core.models import AuditEntry, Home
from zuji.people.enums import Role, ScopeKind, Verb

VALUES = {"name": "木棉数科", "kind": ParticipantKind.FIRM, "joins_as": JoinsAs.FIRM_ORGANISATION}


def change(cast, at=DAY, **values):
    """Tao writes the firm anew, at an instant that the database's clock keeps to as well."""
    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.DEMO, "held_at": at})
    made = ParticipantValues(**{**VALUES, "expected": 5, **values})
    change_participant(actor=cast.tao, participant_id=cast.firm.pk, values=made, at=at)


def told(who, at=DAY):
    return tell(Desk(who, at), AuditEntry.objects.order_by("pk"))


def lines(who):
    return [f"{line.who} {line.text}" for line in told(who)]


def note(cast, verb, row, **more):
    return audit(cast.tao, verb, row, association_id=cast.panyu.pk, at=DAY, **more)


def test_a_change_is_told_with_its_values_before_and_after(cast):
    change(cast, expected=8)
    assert lines(cast.mei) == ["Tao 修改了木棉数科：报名人数 5 → 8"]
    with translation.override("en"):
        assert lines(cast.mei) == ["Tao changed 木棉数科: people expected 5 → 8"]


def test_the_thing_leads_to_its_page(cast):
    change(cast, expected=8)
    (line,) = told(cast.mei)
    assert line.said == f'修改了<a href="/organisations/{cast.firm.pk}/">木棉数科</a>'


def test_a_name_is_never_markup(cast):
    firm = participant(cast.panyu, "<b>甲</b>{thing}", ParticipantKind.FIRM, "DDDDDD")
    note(cast, Verb.ACCOUNT_MADE, firm)
    (line,) = told(cast.mei)
    assert "&lt;b&gt;甲&lt;/b&gt;{thing}" in line.said
    assert "<b>甲</b>{thing}" in line.text


def test_several_changes_of_one_row_are_told_with_their_own_entries(cast):
    change(cast, expected=8)
    change(
        cast, DAY + timedelta(hours=1), kind=ParticipantKind.INSTITUTION, joins_as=JoinsAs.COBUILDING_UNIT, expected=8
    )
    first, second = told(cast.mei)
    assert [(each.label, each.before, each.after) for each in first.changes] == [("报名人数", "5", "8")]
    assert [(each.before, each.after) for each in second.changes] == [
        ("企业", "机关、事业单位或社会组织"),
        ("企业党组织", "共建单位"),
    ]


def test_what_was_unknown_is_said_to_have_been_so(cast):
    type(cast.firm).objects.filter(pk=cast.firm.pk).update(expected=None)
    change(cast, expected=0)
    (line,) = told(cast.mei)
    assert [(each.before, each.after) for each in line.changes] == [("未知", "0")]


def test_of_personal_details_the_word_alone_is_told(cast):
    change(cast, contact_name="林", contact_phone="020-0000", expected=8)
    (line,) = told(cast.mei)
    assert line.text == "修改了木棉数科：报名人数 5 → 8、改了联系人"


def test_what_one_may_not_see_keeps_its_values(cast):
    change(cast, expected=8)
    auditor = account(cast.panyu, "Ann", Role.AUDITOR, ScopeKind.ASSOCIATION, cast.panyu.pk)
    (line,) = told(auditor)
    assert line.changes == ()
    assert line.text == f"修改了参加单位 {cast.firm.pk}：改了报名人数"


def test_a_confirmed_location_is_told_by_its_state_and_how_far_it_moved(cast):
    type(cast.hall).objects.filter(pk=cast.hall.pk).update(coord_status="unverified")
    Home.objects.update_or_create(pk=1, defaults={"kind": HomeKind.DEMO, "held_at": DAY})
    fix = Fix(cast.hall.lat, cast.hall.lon, 10, Datum.WGS84)
    confirm_location(actor=cast.guo, checkpoint_id=cast.hall.pk, fix=fix, at=DAY)
    assert lines(cast.mei) == ["Guo 核实了入口2的位置：位置 未核实 → 已现场确认、移动 0 米"]


def test_facts_are_told_in_words(cast):
    scope = f"organisation:{cast.firm.pk}"
    note(cast, Verb.ROLE_LENT, cast.lan, role="contact", scope=scope, until="2021-08-01")
    note(cast, Verb.ROLE_GRANTED, cast.lan, role="steward", scope=f"campaign:{cast.campaign.pk}")
    assert lines(cast.mei) == [
        "Tao 把角色借给了Lan：单位联系人、到2021年8月1日、范围：木棉数科",
        "Tao 给Lan授予了角色：工作人员、范围：徒步",
    ]


def test_the_reason_is_told_apart(walked):
    cast = walked.cast
    take_back(actor=cast.mei, campaign_id=cast.campaign.pk, item_id=walked.items["first"], reason="误扫", at=DAY)
    line = tell(Desk(cast.mei, DAY), AuditEntry.objects.filter(verb="taken_back"))[0]
    assert (line.said, line.why) == (line.said, "误扫")
    assert line.text == "撤回了木棉数科在入口1的打卡"


def test_what_the_home_did_has_no_name_and_what_an_erased_account_did_says_so(cast):
    audit(None, Verb.ROLE_ENDED, cast.lan, association_id=cast.panyu.pk, at=DAY)
    type(cast.tao).objects.filter(pk=cast.tao.pk).update(name="")
    note(cast, Verb.ACCOUNT_MADE, cast.lan)
    assert [line.who for line in told(cast.mei)] == ["系统", "已删除姓名"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_verb_makes_a_sentence_about_its_thing(verb, language):
    from zuji.console.blocks.telling import did

    with translation.override(language):
        sentence = did(verb)
    assert sentence != f"did.{verb}"
    assert sentence.format(thing="甲").count("甲") == 1


def test_no_fact_stands_in_two_tables():
    tables = (facts.COUNTS, facts.SETS, facts.THINGS, facts.DATES, facts.SILENT)
    assert sum(map(len, tables)) == len(facts.KNOWN)


def test_queries_grow_with_kinds_and_not_with_entries(cast, django_assert_num_queries):
    change(cast, expected=6)
    for _ in range(2):
        with django_assert_num_queries(6):  # entries, rights, scope and rows of the kind, who acted, the history
            told(cast.mei)
        change(cast, DAY + timedelta(hours=1), expected=7)
        change(cast, DAY + timedelta(hours=2), expected=8)
