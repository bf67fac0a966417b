from datetime import date

import pytest

from tests.cast import DAY
from tests.register.judged import INTERNET, ON, answers, card, course, judged
from zuji.core.models import Association
from zuji.register.enums import FilingKind, RuleKind
from zuji.register.judging import DECIDED, day_of, judge, judge_where_a_day_begins
from zuji.register.models import Authority, Filing, Overruling, SourceList, SourceRow, Standing

BEFORE = date(2021, 7, 20)
AFTER = date(2021, 7, 30)
HAVES = {"staff": 12, "premises": "有", "operating": "正常"}
NOTHING = dict.fromkeys(("internet", "in_district", "active", "three_haves", "key"), "unknown")


def row(association: Association, as_of: date = BEFORE) -> SourceRow:
    authority = Authority.objects.create(association=association, name=f"单位{as_of}")
    source = SourceList.objects.create(authority=authority, file="a.xlsx", digest="d", as_of=as_of, staged_at=DAY)
    return SourceRow.objects.create(source=source, number=4)


def test_a_firm_gets_five_answers_on_its_card_and_a_standing_for_each(cast):
    firm = card(cast.panyu, **INTERNET, **HAVES)
    judged(cast.panyu)
    assert answers(firm) == {
        "internet": "yes",
        "in_district": "yes",
        "active": "yes",
        "three_haves": "yes",
        "key": "no",
    }
    assert {each.kind: each.answer for each in firm.enterprise.standings.all()} == answers(firm)
    assert course(firm, RuleKind.INTERNET) == [("yes", ON, None)]


def test_a_firm_of_which_nothing_is_told_is_unknown_in_everything(cast):
    firm = card(cast.panyu)
    judged(cast.panyu)
    assert answers(firm) == NOTHING


def test_a_standing_says_why_with_the_rows_that_it_stands_on(cast):
    firm = card(cast.panyu, staff=8)
    told = row(cast.panyu)
    firm.values["staff"] = {"value": "8", "row": told.pk}
    firm.save()
    Filing.objects.create(
        enterprise=firm.enterprise, kind=FilingKind.ICP, number="粤ICP备12345678号-1", well_formed=True, row=told
    )
    judged(cast.panyu)
    standings = {each.kind: each for each in firm.enterprise.standings.all()}
    assert standings["internet"].reasons == [
        {"code": "filing_live", "facts": {"kind": "icp", "number": "粤ICP备12345678号-1"}, "rows": [told.pk]}
    ]
    short = standings["three_haves"].misses[0]
    assert (short["code"], short["rows"], short["facts"]["dated"]) == ("staff_short", [told.pk], "2021-07-20")


def test_judged_again_the_same_day_nothing_changes(cast):
    card(cast.panyu, **INTERNET)
    first = judged(cast.panyu)
    kept = list(Standing.objects.values())
    second = judged(cast.panyu)
    assert (first.answers, first.changed, second.answers, second.changed) == (5, 5, 5, 0)
    assert list(Standing.objects.values()) == kept


def test_what_stays_the_same_goes_on_as_one_range(cast):
    firm = card(cast.panyu, **INTERNET)
    for day in (BEFORE, ON, AFTER):
        judged(cast.panyu, day)
    assert course(firm, RuleKind.ACTIVE) == [("yes", BEFORE, None)]


def test_another_answer_ends_the_old_one_the_day_before(cast):
    firm = card(cast.panyu, **INTERNET)
    judged(cast.panyu, BEFORE)
    firm.status = "revoked"
    firm.save()
    assert judged(cast.panyu, ON).changed == 1
    assert course(firm, RuleKind.ACTIVE) == [("yes", BEFORE, ON), ("no", ON, None)]
    assert course(firm, RuleKind.IN_DISTRICT) == [("yes", BEFORE, None)]
    assert answers(firm)["active"] == "no"


def test_another_reason_for_the_same_answer_is_another_range_too(cast):
    firm = card(cast.panyu, **INTERNET)
    judged(cast.panyu, BEFORE)
    firm.values["industry_code"]["value"] = "6420"
    firm.save()
    judged(cast.panyu, ON)
    assert course(firm, RuleKind.INTERNET) == [("yes", BEFORE, ON), ("yes", ON, None)]


def test_the_same_day_again_replaces_what_the_day_said(cast):
    firm = card(cast.panyu, **INTERNET)
    judged(cast.panyu, BEFORE)
    for status in ("revoked", "moved_out"):
        firm.status = status
        firm.save()
        judged(cast.panyu, ON)
    assert course(firm, RuleKind.ACTIVE) == [("yes", BEFORE, ON), ("no", ON, None)]
    assert firm.enterprise.standings.get(kind="active", answer="no").reasons[0]["code"] == "status_moved_out"


def test_a_day_that_turns_back_leaves_one_range_as_if_nothing_had_been(cast):
    firm = card(cast.panyu, **INTERNET)
    judged(cast.panyu, BEFORE)
    for status in ("revoked", "active"):
        firm.status = status
        firm.save()
        judged(cast.panyu, ON)
    assert course(firm, RuleKind.ACTIVE) == [("yes", BEFORE, None)]
    assert answers(firm)["active"] == "yes"


def test_a_day_before_those_already_judged_ends_where_they_begin(cast):
    firm = card(cast.panyu, **INTERNET)
    judged(cast.panyu, ON)
    firm.status = "revoked"
    firm.save()
    judged(cast.panyu, BEFORE)
    assert course(firm, RuleKind.ACTIVE) == [("no", BEFORE, ON), ("yes", ON, None)]


def test_a_firm_that_was_merged_away_stands_no_longer_and_after_an_undo_again(cast):
    gone, kept = card(cast.panyu, "甲", **INTERNET), card(cast.panyu, "乙", **INTERNET)
    judged(cast.panyu, BEFORE)
    gone.enterprise.merged_into = kept.enterprise
    gone.enterprise.save()
    judged(cast.panyu, ON, only=[gone.pk, kept.pk])
    assert course(gone, RuleKind.ACTIVE) == [("yes", BEFORE, ON)]
    assert course(kept, RuleKind.ACTIVE) == [("yes", BEFORE, None)]
    assert answers(gone) == NOTHING
    gone.enterprise.merged_into = None
    gone.enterprise.save()
    judged(cast.panyu, ON, only=[gone.pk])
    assert course(gone, RuleKind.ACTIVE) == [("yes", BEFORE, None)]


def test_a_firm_that_comes_and_goes_on_one_day_was_never_there(cast):
    gone, kept = card(cast.panyu, "甲", **INTERNET), card(cast.panyu, "乙", **INTERNET)
    judged(cast.panyu)
    gone.enterprise.merged_into = kept.enterprise
    gone.enterprise.save()
    judged(cast.panyu)
    assert course(gone, RuleKind.ACTIVE) == []


def test_only_the_firms_that_are_asked_for_are_judged_and_only_of_the_association(cast):
    one, two = card(cast.panyu, "甲", **INTERNET), card(cast.panyu, "乙", **INTERNET)
    stranger = card(cast.other, "丙", **INTERNET)
    judged(cast.other)
    assert judged(cast.panyu, only=[one.pk, stranger.pk]).answers == 5
    assert (answers(one)["active"], answers(two)["active"]) == ("yes", "unknown")
    assert judged(cast.panyu).answers == 10
    assert course(stranger, RuleKind.ACTIVE) == [("yes", ON, None)]


def test_a_rule_without_a_version_on_the_day_leaves_the_answer_unknown(cast):
    firm = card(cast.panyu, **INTERNET)
    judged(cast.panyu, BEFORE)
    cast.panyu.rule_versions.filter(kind=RuleKind.ACTIVE).update(during=(date(2021, 1, 1), ON))
    judged(cast.panyu, ON)
    assert course(firm, RuleKind.ACTIVE) == [("yes", BEFORE, ON)]
    assert answers(firm)["active"] == "unknown"


def test_a_persons_word_counts_until_it_is_ended(cast):
    firm = card(cast.panyu, industry_code="5210")
    judged(cast.panyu, BEFORE)
    word = Overruling.objects.create(
        enterprise=firm.enterprise, field=DECIDED, value="yes", reason="自营平台", made_by=cast.mei.pk, made_at=DAY
    )
    judged(cast.panyu, ON)
    word.ended_at = DAY
    word.save()
    judged(cast.panyu, AFTER)
    assert course(firm, RuleKind.INTERNET) == [("no", BEFORE, ON), ("yes", ON, AFTER), ("no", AFTER, None)]


def test_many_firms_cost_as_many_queries_as_one(cast, django_assert_max_num_queries):
    card(cast.panyu, **INTERNET)
    judged(cast.panyu)
    for number in range(12):
        card(cast.panyu, f"企业{number}", **INTERNET)
    with django_assert_max_num_queries(24):
        judged(cast.panyu)


@pytest.mark.parametrize(("hour", "day"), [(15, date(2021, 7, 26)), (16, date(2021, 7, 27))])
def test_a_day_is_the_associations_own(cast, hour, day):
    assert day_of(cast.panyu, DAY.replace(hour=hour, minute=59 if hour == 15 else 0)) == day


def test_an_association_without_rules_begins_with_the_first_ones(cast):
    firm = card(cast.panyu, **INTERNET)
    judge(None, association_id=cast.panyu.pk, on=ON, at=DAY)
    assert answers(firm)["internet"] == "yes"
    assert {each.during.lower for each in cast.panyu.rule_versions.all()} == {ON}
    assert not cast.other.rule_versions.exists()


def test_when_a_day_begins_firms_are_judged_by_what_is_in_force_then(cast):
    firm = card(cast.panyu, **INTERNET)
    judged(cast.panyu)
    cast.panyu.rule_versions.filter(kind=RuleKind.ACTIVE).update(during=(date(2021, 1, 1), date(2021, 7, 27)))
    noon, midnight = DAY.replace(hour=4), DAY.replace(hour=16, minute=7)
    assert judge_where_a_day_begins(noon) == 0
    assert answers(firm)["active"] == "yes"
    assert judge_where_a_day_begins(midnight) == 2
    assert answers(firm)["active"] == "unknown"
    assert course(firm, RuleKind.ACTIVE) == [("yes", ON, date(2021, 7, 27))]
