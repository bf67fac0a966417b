from hypothesis import given
from hypothesis import strategies as st

from tests.register.rules.firms import ALGORITHM, ICP, codes, firm, said

STAFF = {"test": "at_least", "of": "staff", "least": 100, "weight": 3}
MEMBERS = {"test": "at_least", "of": "members", "least": 4, "weight": 2}
TRADE = {"test": "starts_with", "of": "industry_code", "values": ["64"], "weight": 2}
BAND = {"test": "one_of", "of": "revenue", "values": ["1亿元以上"], "weight": 1}
FILED = {"test": "has", "of": "algorithm", "weight": 2}
RULE = {"criteria": [STAFF, MEMBERS, TRADE, BAND, FILED], "threshold": 5}


def verdict(of, **changes):
    return said("key", of, **RULE | changes)


def test_a_firm_that_reaches_the_threshold_is_key_and_says_by_what():
    found = verdict(firm(staff="120", members="4"))
    assert (found.answer, found.misses) == ("yes", ())
    assert codes(found.reasons) == ["points", "criterion_met", "criterion_met"]
    assert found.reasons[0].facts == {"value": 5, "need": 5}
    assert found.reasons[1].rows == (1,)


def test_what_a_firm_misses_says_how_much_is_missing_the_narrowest_first():
    found = verdict(firm(ICP, staff="92", members="1", industry_code="7251", revenue="不足100万元"))
    assert found.answer == "no"
    assert [miss.facts.get("short") for miss in found.misses] == [8, 3, None, None, None]
    assert codes(found.misses)[-1] == "criterion_not_filed"
    assert codes(found.misses)[:2] == ["criterion_short", "criterion_short"]
    assert found.misses[0].facts["of"] == "staff"


def test_what_alone_would_close_the_gap_is_nearer_than_what_would_not():
    found = verdict(firm(ALGORITHM, staff="20", members="3", industry_code="65", revenue="无"))
    assert [miss.facts["of"] for miss in found.misses[:2]] == ["staff", "members"]


def test_unknown_criteria_leave_it_unknown_only_while_they_could_bring_the_firm_there():
    assert verdict(firm(staff="120", industry_code="65", revenue="无")).answer == "unknown"
    assert verdict(firm(staff="20", industry_code="65", revenue="无")).answer == "no"


def test_unknown_counts_for_nothing():
    assert verdict(firm()).reasons[0].facts["value"] == 0
    assert verdict(firm(members="未知")).answer == "unknown"


def test_a_number_is_read_out_of_its_words():
    assert "members" in [reason.facts.get("of") for reason in verdict(firm(members="约1,200人")).reasons]


def test_a_named_criterion_keeps_its_name():
    found = verdict(firm(staff="120"), criteria=[STAFF | {"name": "百人"}], threshold=3)
    assert found.reasons[1].facts["name"] == "百人"


@given(staff=st.integers(0, 200), more=st.integers(0, 200), members=st.integers(0, 9))
def test_more_staff_never_makes_a_firm_less_key(staff, more, members):
    rank = {"no": 0, "unknown": 1, "yes": 2}
    before = verdict(firm(staff=str(staff), members=str(members)))
    after = verdict(firm(staff=str(staff + more), members=str(members)))
    assert rank[after.answer] >= rank[before.answer]
