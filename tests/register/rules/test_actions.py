from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import Range

from tests.cast import DAY
from tests.register.judged import INTERNET, ON, answers, card, course, judged
from zuji.core.errors import Forbidden, Invalid, NotFound, Refused
from zuji.core.models import AuditEntry
from zuji.register.enums import RuleKind
from zuji.register.models import RuleVersion, Standing
from zuji.register.rules.access import visible_rules
from zuji.register.rules.actions import lay_rules, preview_rule, set_rule, take_back_rule
from zuji.register.rules.defaults import defaults
from zuji.register.rules.errors import Refusal
from zuji.register.rules.queries import version_on, versions
from zuji.register.rules.values import RuleValues

KIND = RuleKind.THREE_HAVES
HAVES = INTERNET | {"premises": "有", "operating": "正常"}
TWENTY = RuleValues(parameters=defaults()[KIND] | {"staff_at_least": 20}, since=ON, reason="按新通知")


@pytest.fixture
def rules(cast):
    lay_rules(association_id=cast.panyu.pk, since=date(2021, 1, 1), at=DAY)
    return cast


def change(cast, values=TWENTY, kind=KIND, actor=None):
    return set_rule(actor=actor or cast.mei, association_id=cast.panyu.pk, kind=kind, values=values, at=DAY)


def test_an_association_begins_with_one_version_of_every_rule_once(rules):
    assert {each.kind for each in rules.panyu.rule_versions.all()} == set(RuleKind.values)
    assert lay_rules(association_id=rules.panyu.pk, since=ON, at=DAY) == []
    assert rules.panyu.rule_versions.count() == len(RuleKind)


def test_a_new_version_holds_from_its_day_on_and_the_old_one_until_the_day_before(rules):
    made = change(rules)
    assert (made.number, made.during, made.made_by) == (2, Range(ON, None), rules.mei.pk)
    assert [each.number for each in versions(rules.panyu.pk, KIND)] == [2, 1]
    assert version_on(rules.panyu.pk, KIND, date(2021, 7, 25)).number == 1
    assert version_on(rules.panyu.pk, KIND, ON) == made
    entry = AuditEntry.objects.get(verb="rule_changed")
    assert entry.facts == {"rule": "three_haves", "since": "2021-07-26", "reason": "按新通知"}


def test_firms_are_judged_by_it_at_once_when_its_day_has_come(rules):
    firm = card(rules.panyu, **HAVES, staff=12)
    judged(rules.panyu, date(2021, 7, 20))
    change(rules)
    assert course(firm, KIND) == [("yes", date(2021, 7, 20), ON), ("no", ON, None)]


def test_a_version_of_a_day_to_come_changes_no_answer_yet(rules):
    firm = card(rules.panyu, **HAVES, staff=12)
    judged(rules.panyu)
    change(rules, replace(TWENTY, since=date(2021, 8, 1)))
    assert answers(firm)["three_haves"] == "yes"
    judged(rules.panyu, date(2021, 8, 1))
    assert course(firm, KIND) == [("yes", ON, date(2021, 8, 1)), ("no", date(2021, 8, 1), None)]


def test_taken_back_it_never_was_and_the_one_before_goes_on(rules):
    firm = card(rules.panyu, **HAVES, staff=12)
    judged(rules.panyu, date(2021, 7, 20))
    change(rules)
    kept = take_back_rule(actor=rules.mei, association_id=rules.panyu.pk, kind=KIND, at=DAY)
    assert (kept.number, kept.during) == (1, Range(date(2021, 1, 1), None))
    assert course(firm, KIND) == [("yes", date(2021, 7, 20), None)]
    assert not Standing.objects.exclude(version__number=1).exists()


def test_the_first_version_stays(rules):
    with pytest.raises(Refused, match=Refusal.RULE_IS_FIRST):
        take_back_rule(actor=rules.mei, association_id=rules.panyu.pk, kind=KIND, at=DAY)


def test_where_there_is_no_rule_nothing_is_taken_back(cast):
    with pytest.raises(NotFound):
        take_back_rule(actor=cast.mei, association_id=cast.panyu.pk, kind=KIND, at=DAY)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"since": date(2021, 1, 1)}, Refusal.RULE_TOO_EARLY),
        ({"since": date(2020, 1, 1)}, Refusal.RULE_TOO_EARLY),
        ({"parameters": defaults()[KIND]}, Refusal.RULE_SAME),
        ({"parameters": {"staff_at_least": 3}}, Refusal.RULE_UNREADABLE),
        ({"reason": "  "}, Refusal.RULE_REASON_MISSING),
    ],
)
def test_a_version_that_cannot_be_is_refused_and_changes_nothing(rules, changes, code):
    with pytest.raises((Refused, Invalid), match=code):
        change(rules, replace(TWENTY, **changes))
    assert rules.panyu.rule_versions.count() == len(RuleKind)
    assert version_on(rules.panyu.pk, KIND, date(2030, 1, 1)).number == 1


def test_the_database_refuses_two_versions_at_a_time(rules):
    same = {"association": rules.panyu, "kind": KIND, "parameters": {}, "made_at": DAY}
    with pytest.raises(IntegrityError, match="rule_in_force_once_at_a_time"), transaction.atomic():
        RuleVersion.objects.create(number=2, during=Range(ON, None), **same)


def test_only_the_own_office_changes_rules(rules):
    with pytest.raises(NotFound):
        change(rules, actor=rules.qin)
    with pytest.raises(NotFound):
        change(rules, actor=rules.guo)
    with pytest.raises(NotFound):
        preview(rules, TWENTY.parameters, actor=rules.lan)
    assert visible_rules(rules.mei, at=DAY).count() == len(RuleKind)
    assert not visible_rules(rules.qin, at=DAY).exists()


def test_a_committee_member_sees_rules_and_changes_none(rules):
    rules.tao.grants.update(role="committee_member")
    with pytest.raises(Forbidden):
        change(rules, actor=rules.tao)
    assert visible_rules(rules.tao, at=DAY).exists()


def preview(cast, parameters, actor=None, on=ON):
    return preview_rule(
        actor=actor or cast.mei, association_id=cast.panyu.pk, kind=KIND, parameters=parameters, on=on, at=DAY
    )


def test_a_preview_names_the_firms_that_would_change_and_writes_nothing(rules):
    for name, staff in (("乙", 12), ("甲", 15), ("丙", 30)):
        card(rules.panyu, name, **HAVES, staff=staff)
    card(rules.other, "外", **HAVES, staff=12)
    judged(rules.panyu)
    kept = list(Standing.objects.values())
    found = preview(rules, TWENTY.parameters)
    assert [(each.name, each.before, each.after) for each in found.changes] == [
        ("乙", "yes", "no"),
        ("甲", "yes", "no"),
    ]
    assert (found.firms, found.after) == (3, {"no": 2, "yes": 1})
    assert list(Standing.objects.values()) == kept
    assert preview(rules, defaults()[KIND]).changes == []


def test_a_preview_of_bad_parameters_is_refused(rules):
    with pytest.raises(Invalid, match=Refusal.RULE_UNREADABLE):
        preview(rules, {})


def test_a_preview_without_a_rule_in_force_starts_from_unknown(rules):
    card(rules.panyu, **HAVES, staff=30)
    found = preview(rules, TWENTY.parameters, on=date(2020, 1, 1))
    assert [(each.before, each.after) for each in found.changes] == [("unknown", "yes")]
