from dataclasses import replace
from datetime import date

import pytest

from tests.register.rules.firms import ALGORITHM, BAD_ICP, ICP, codes, firm, said

# internet


def test_a_core_industry_makes_an_internet_firm_with_its_row_as_reason():
    verdict = said("internet", firm(industry_code="6513"))
    assert verdict.answer == "yes"
    (reason,) = verdict.reasons
    assert (reason.code, reason.facts["code"], reason.rows) == ("industry_core", "6513", (1,))


def test_every_reason_is_kept_beside_the_others():
    verdict = said("internet", firm(ICP, ALGORITHM, ICP, industry_code="7251"))
    assert codes(verdict.reasons) == ["industry_related", "filing_live", "filing_live"]
    assert [reason.facts.get("kind") for reason in verdict.reasons] == [None, "icp", "algorithm"]


def test_a_filing_alone_is_enough_and_one_of_bad_form_is_not():
    assert said("internet", firm(ICP, industry_code="5210")).answer == "yes"
    verdict = said("internet", firm(BAD_ICP, industry_code="5210"))
    assert (verdict.answer, codes(verdict.misses)) == ("no", ["filing_malformed", "industry_other"])


def test_a_firm_whose_trade_nobody_told_is_unknown_and_never_no():
    verdict = said("internet", firm())
    assert (verdict.answer, codes(verdict.misses)) == ("unknown", ["industry_unknown"])


def test_telecoms_count_only_where_the_rule_names_them():
    telecom = firm(industry_code="6312")
    assert said("internet", telecom).answer == "no"
    assert said("internet", telecom, groups=["telecom"]).answer == "yes"


@pytest.mark.parametrize("decided", ["yes", "no"])
def test_a_persons_word_stands_before_every_other_reason_and_they_stay(decided):
    verdict = said("internet", replace(firm(ICP), decided=decided, reason="见面谈过"))
    assert (verdict.answer, codes(verdict.reasons)) == (decided, [f"decided_{decided}", "filing_live"])
    assert verdict.reasons[0].facts == {"reason": "见面谈过"}


# in the district


@pytest.mark.parametrize(
    ("values", "answer", "code"),
    [
        ({"town": "440113102"}, "yes", "town_in"),
        ({"town": "440106001"}, "no", "town_elsewhere"),
        ({"address": "广州市番禺区市桥街禺山大道"}, "yes", "address_in"),
        ({"address": "广州市南村镇万博四路"}, "yes", "address_in"),
        ({"address": "广州市大石街朝阳东路"}, "yes", "address_in"),
        ({"address": "广州市天河区番禺大厦"}, "no", "address_elsewhere"),
        ({"address": "上海市长宁区番禺路390号"}, "no", "address_elsewhere"),
        ({"code": "91440113MA59AAAAXA"}, "yes", "code_in"),
    ],
)
def test_the_place_is_told_by_town_then_address_then_registering_authority(values, answer, code):
    verdict = said("in_district", firm(**values))
    assert (verdict.answer, codes(verdict.reasons)) == (answer, [code])
    assert verdict.reasons[0].rows == (1,)


@pytest.mark.parametrize("values", [{}, {"address": "番禺路390号"}, {"code": "91440101MA59AAAAXA"}, {"code": "9144"}])
def test_where_nothing_sound_is_told_the_place_is_unknown(values):
    verdict = said("in_district", firm(**values))
    assert (verdict.answer, verdict.reasons, codes(verdict.misses)) == ("unknown", (), ["place_unknown"])


def test_a_town_outweighs_an_address_elsewhere():
    assert said("in_district", firm(town="440113102", address="广州市天河区")).answer == "yes"


def test_the_registering_authority_says_nothing_where_the_rule_does_not_ask_it():
    assert said("in_district", firm(code="91440113MA59AAAAXA"), by_code=False).answer == "unknown"


# active


@pytest.mark.parametrize(
    ("status", "answer"),
    [("active", "yes"), ("revoked", "no"), ("deregistered", "no"), ("moved_out", "no"), ("unknown", "unknown")],
)
def test_a_status_answers_whether_a_firm_is_active(status, answer):
    verdict = said("active", firm(status=status))
    assert verdict.answer == answer
    assert bool(verdict.reasons) == (answer != "unknown")


# three haves

ALL = {"staff": "12", "premises": "有", "operating": "正常经营"}


def test_three_times_yes_is_yes():
    verdict = said("three_haves", firm(**ALL))
    assert (verdict.answer, verdict.misses) == ("yes", ())
    assert codes(verdict.reasons) == ["staff_enough", "premises_yes", "operating_yes"]


@pytest.mark.parametrize("left_out", ["staff", "premises", "operating"])
def test_one_unknown_makes_the_whole_unknown_and_never_yes(left_out):
    verdict = said("three_haves", firm(**{name: text for name, text in ALL.items() if name != left_out}))
    assert (verdict.answer, codes(verdict.misses)) == ("unknown", [f"{left_out}_unknown"])


@pytest.mark.parametrize(("name", "text"), [("staff", "9"), ("premises", "无固定场所"), ("operating", "停业")])
def test_one_no_makes_the_whole_no_even_beside_an_unknown(name, text):
    assert said("three_haves", firm(**ALL | {name: text})).answer == "no"
    assert said("three_haves", firm(**{name: text})).answer == "no"


def test_a_word_that_the_rule_does_not_know_is_unknown_and_shown():
    verdict = said("three_haves", firm(**ALL | {"premises": "待核实"}))
    assert (verdict.answer, codes(verdict.misses)) == ("unknown", ["premises_unclear"])
    assert verdict.misses[0].facts["found"] == "待核实"


def test_a_head_count_that_falls_short_is_the_narrowest_miss_with_how_many():
    verdict = said("three_haves", firm(staff="8", operating="停业"))
    assert codes(verdict.misses) == ["staff_short", "premises_unknown", "operating_no"]
    assert (verdict.misses[0].facts["value"], verdict.misses[0].facts["short"]) == (8, 2)


def test_evidence_has_its_day_and_goes_out_of_date_only_where_the_rule_says_so():
    old = firm(dated=date(2019, 7, 26), **ALL)
    assert said("three_haves", old).reasons[0].facts["dated"] == "2019-07-26"
    assert said("three_haves", old, evidence_months=25).answer == "yes"
    verdict = said("three_haves", old, evidence_months=24)
    assert (verdict.answer, codes(verdict.misses)) == ("unknown", ["evidence_old"] * 3)
    assert verdict.misses[0].rows == (1,)


def test_months_are_full_ones():
    almost = firm(dated=date(2020, 7, 27), **ALL)
    assert said("three_haves", almost, evidence_months=12).answer == "yes"
