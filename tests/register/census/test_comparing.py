import pytest

from zuji.register.census.comparing import compare, discreet, masked, shown, veiled
from zuji.register.census.errors import Anomaly
from zuji.register.census.questionnaire import default, parse

FORM = parse(default())


def strange(before, after):
    return [(each.question, each.code) for each in compare(FORM, before, after)]


@pytest.mark.parametrize(
    ("before", "after", "is_strange"),
    [
        ("20", "40", True),
        ("40", "20", True),
        ("20", "39", False),
        ("0", "10", True),
        ("2", "8", False),
        ("0", "0", False),
    ],
)
def test_a_number_that_doubled_or_halved_is_looked_at_once_the_difference_is_worth_it(before, after, is_strange):
    assert strange({"staff": before}, {"staff": after}) == ([("staff", Anomaly.JUMPED)] if is_strange else [])


def test_an_answer_that_turned_and_one_that_is_gone_are_told_apart():
    before = {"operating": "yes", "premises": "no", "staff": "20", "revenue": "under_5m"}
    after = {"operating": "no", "premises": "unknown", "revenue": "over_100m"}
    assert strange(before, after) == [
        ("operating", Anomaly.TURNED),
        ("premises", Anomaly.GONE),
        ("staff", Anomaly.GONE),
    ]


def test_a_firm_without_a_last_round_is_compared_with_nothing():
    assert strange({}, {"staff": "5000", "operating": "no"}) == []
    assert strange({"operating": "unknown"}, {"operating": "no"}) == []


def test_a_question_that_is_skipped_now_is_not_missed():
    assert strange({"has_site": "yes", "icp": "粤ICP备12345678号"}, {"has_site": "no"}) == [
        ("has_site", Anomaly.TURNED)
    ]


@pytest.mark.parametrize(("number", "text"), [(None, ""), (0, "<5"), (1, "<5"), (4, "<5"), (5, "5"), (1200, "1200")])
def test_small_counts_are_shown_as_below_five_and_none_as_well(number, text):
    assert masked(number) == text


def test_only_counts_of_members_are_masked():
    assert shown(FORM, {"members": "3", "staff": "3", "operating": "yes"}) == {
        "members": "<5",
        "staff": "3",
        "operating": "yes",
    }


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [("members", "3", "<5"), ("members", "12", "12"), ("members", "三人", "三人"), ("staff", "3", "3")],
)
def test_what_a_list_says_of_members_is_masked_alike(field, text, told):
    assert veiled(field, text) == told


@pytest.mark.parametrize(
    ("of", "value", "code", "told"),
    [
        ("members", "2", "criterion_missed", {"of": "members", "weight": 2}),
        ("members", "12", "criterion_short", {"of": "members", "weight": 2, "value": "12", "short": "1"}),
        ("staff", "2", "criterion_short", {"of": "staff", "weight": 2, "value": "2", "short": "1"}),
    ],
)
def test_a_rules_reason_says_no_small_count_nor_what_it_lacks(of, value, code, told):
    reason = {"code": "criterion_short", "facts": {"of": of, "weight": 2, "value": value, "short": "1"}, "rows": [1]}
    assert discreet(reason) == {"code": code, "facts": told, "rows": [1]}


def test_a_reason_without_facts_stays_as_it_is():
    assert discreet({"code": "staff_unknown"}) == {"code": "staff_unknown"}
