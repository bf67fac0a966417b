import pytest

from zuji.core.errors import Invalid
from zuji.register.enums import Answer, FilingKind, RuleKind
from zuji.register.rules.defaults import defaults
from zuji.register.rules.errors import Refusal
from zuji.register.rules.parameters import FILINGS, SHAPES, Key, parse

STAFF = {"test": "at_least", "of": "staff", "least": 100, "weight": 3}


def changed(kind, **changes):
    return defaults()[kind] | changes


def test_there_is_a_shape_and_a_default_for_every_kind():
    assert set(SHAPES) == set(defaults()) == set(RuleKind.values)
    assert set(FILINGS) == set(FilingKind.values)
    assert Answer.values == ["yes", "no", "unknown"]


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_the_rules_that_an_association_begins_with_are_sound(kind):
    assert isinstance(parse(kind, defaults()[kind]), SHAPES[kind])


@pytest.mark.parametrize(
    ("kind", "changes", "code", "field"),
    [
        ("internet", {"groups": ["steel"]}, Refusal.RULE_UNREADABLE, "parameters"),
        ("internet", {"groups": [], "filings": []}, Refusal.RULE_NOTHING_COUNTS, "groups"),
        ("in_district", {"district": "44"}, Refusal.RULE_UNREADABLE, "parameters"),
        ("in_district", {"towns": {"440106001": "别处街道"}}, Refusal.RULE_DISTRICT, "towns"),
        ("in_district", {"towns": {}, "names": []}, Refusal.RULE_NOTHING_COUNTS, "towns"),
        ("in_district", {"elsewhere": ["番禺区"]}, Refusal.RULE_WORD_BOTH_WAYS, "names"),
        ("active", {"statuses": []}, Refusal.RULE_NOTHING_COUNTS, "statuses"),
        ("active", {"statuses": ["unknown"]}, Refusal.RULE_UNREADABLE, "parameters"),
        ("three_haves", {"staff_at_least": 0}, Refusal.RULE_UNREADABLE, "parameters"),
        ("three_haves", {"premises": {"yes": [], "no": ["无"]}}, Refusal.RULE_NOTHING_COUNTS, "premises"),
        ("three_haves", {"operating": {"yes": ["是"], "no": ["是"]}}, Refusal.RULE_WORD_BOTH_WAYS, "operating"),
        ("three_haves", {"shoes": 2}, Refusal.RULE_UNREADABLE, "parameters"),
        ("key", {"criteria": []}, Refusal.RULE_NOTHING_COUNTS, "criteria"),
        ("key", {"threshold": 11}, Refusal.RULE_OUT_OF_REACH, "threshold"),
        ("key", {"criteria": [STAFF, STAFF], "threshold": 1}, Refusal.RULE_CRITERION_TWICE, "criteria"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_with_where(kind, changes, code, field):
    with pytest.raises(Invalid) as refused:
        parse(kind, changed(kind, **changes))
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


@pytest.mark.parametrize(
    "criterion",
    [
        {"test": "has", "of": "person", "weight": 1},
        {"test": "has", "of": "phone", "weight": 1},
        {"test": "has", "of": "shoe_size", "weight": 1},
        {"test": "at_least", "of": "icp", "least": 1, "weight": 1},
        {"test": "at_least", "of": "staff", "weight": 1},
        {"test": "at_least", "of": "staff", "least": 0, "weight": 1},
        {"test": "one_of", "of": "revenue", "weight": 1},
        {"test": "has", "of": "domain", "values": ["a.cn"], "weight": 1},
    ],
)
def test_a_criterion_asks_of_something_that_it_can_ask_of_and_never_of_a_person(criterion):
    with pytest.raises(Invalid) as refused:
        parse("key", {"criteria": [STAFF, criterion], "threshold": 1})
    assert (refused.value.code, refused.value.facts["number"]) == (Refusal.RULE_CRITERION, 2)


def test_a_criterion_may_have_a_name_of_its_own():
    read = parse("key", {"criteria": [STAFF | {"name": "百人企业"}], "threshold": 3})
    assert isinstance(read, Key)
    assert read.criteria[0].name == "百人企业"
