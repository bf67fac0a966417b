from copy import deepcopy

import pytest

from zuji.core.errors import Invalid
from zuji.register.census.errors import Refusal
from zuji.register.census.questionnaire import MOST_BYTES, decode, default, parse

WORDS = {"zh": "问", "en": "asked"}
YES_NO = {"key": "open", "kind": "yes_no", "words": WORDS}
COUNT = {"key": "staff", "kind": "whole", "words": WORDS, "field": "staff"}


def of(*questions, checks=()):
    sections = [{"key": "one", "words": WORDS, "questions": list(questions)}]
    return {"sections": sections, "checks": list(checks), "says": {"yes": "是", "no": "否"}}


def test_the_first_questionnaire_is_sound_and_tells_the_register_the_three_haves():
    told = {question.field for question in parse(default()).questions}
    assert {"staff", "premises", "operating", "members", "filing", "police_filing", "algorithm_filing"} <= told


def test_questions_come_in_the_order_of_their_sections():
    keys = [question.key for question in parse(default()).questions]
    assert (keys[0], keys[-1]) == ("operating", "algorithm")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, Refusal.CENSUS_PART_MISSING),
        ([], Refusal.CENSUS_VALUE_WRONG),
        (of(), Refusal.CENSUS_NO_QUESTION),
        (of(YES_NO | {"kind": "essay"}), Refusal.CENSUS_VALUE_UNKNOWN),
        (of(YES_NO | {"colour": "red"}), Refusal.CENSUS_PART_UNKNOWN),
        (of(YES_NO | {"key": "Two Words"}), Refusal.CENSUS_VALUE_WRONG),
        (of(YES_NO, YES_NO), Refusal.CENSUS_QUESTION_TWICE),
        (of(COUNT, COUNT | {"key": "more"}), Refusal.CENSUS_FIELD_TWICE),
        (of(YES_NO | {"kind": "choice"}), Refusal.CENSUS_QUESTION_UNSOUND),
        (of(YES_NO | {"kind": "filing"}), Refusal.CENSUS_QUESTION_UNSOUND),
        (of(YES_NO | {"least": 1}), Refusal.CENSUS_QUESTION_UNSOUND),
        (of(YES_NO | {"small": True}), Refusal.CENSUS_QUESTION_UNSOUND),
        (of(COUNT | {"least": 5, "most": 4}), Refusal.CENSUS_QUESTION_UNSOUND),
        (of(COUNT | {"when": {"question": "open", "among": ["yes"]}}, YES_NO), Refusal.CENSUS_SKIP_UNSOUND),
        (of(YES_NO, COUNT | {"when": {"question": "open", "among": ["maybe"]}}), Refusal.CENSUS_SKIP_UNSOUND),
        (of(YES_NO, COUNT | {"when": {"question": "open", "among": []}}), Refusal.CENSUS_SKIP_UNSOUND),
        (
            of(YES_NO, COUNT, checks=[{"left": "staff", "at_most": "open", "words": WORDS}]),
            Refusal.CENSUS_CHECK_UNSOUND,
        ),
    ],
)
def test_a_questionnaire_that_cannot_work_is_refused_before_it_is_used(data, code):
    with pytest.raises(Invalid, match=code):
        parse(data)


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (of(YES_NO | {"kind": "essay"}), {"where": "sections[0].questions[0].kind", "name": "essay"}),
        (of(YES_NO | {"least": "x"}), {"where": "sections[0].questions[0].least", "name": "int | null"}),
        ({**of(YES_NO), "says": {"perhaps": "x"}}, {"where": "says", "name": "perhaps"}),
        ({"sections": []}, {"where": "$", "name": "says"}),
    ],
)
def test_where_it_cannot_be_read_is_named(data, facts):
    with pytest.raises(Invalid) as refused:
        parse(data)
    assert refused.value.facts == {"field": "questionnaire", **facts}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", Refusal.CENSUS_NO_JSON),
        (b"[]", Refusal.CENSUS_NO_JSON),
        (b'{"a":' * 20_000, Refusal.CENSUS_NO_JSON),
        (b" " * (MOST_BYTES + 1), Refusal.CENSUS_TOO_LARGE),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused(data, code):
    with pytest.raises(Invalid, match=code):
        decode(data)


def test_a_file_may_begin_with_the_mark_that_some_editors_write():
    assert decode(b'\xef\xbb\xbf{"says": {}}') == {"says": {}}


@pytest.mark.parametrize(
    "changes",
    [
        {"words": {"zh": "您是否党员", "en": "x"}},
        {"words": {"zh": "政治面貌", "en": "x"}},
        {"words": {"zh": "联系人身份证号", "en": "x"}},
        {"words": {"zh": "法定代表人的宗教信仰", "en": "x"}},
        {"field": "person"},
        {"field": "phone"},
    ],
    ids=str,
)
def test_a_question_about_a_persons_membership_or_identity_is_refused(changes):
    with pytest.raises(Invalid, match=Refusal.CENSUS_ASKS_OF_PERSONS):
        parse(of(YES_NO | {"kind": "text"} | changes))


def test_a_count_of_members_may_be_asked():
    parse(of(COUNT | {"words": {"zh": "党员总数", "en": "Number of members"}, "small": True}))


def test_the_first_questionnaire_is_handed_out_unchanged():
    kept = deepcopy(default())
    parse(default())
    assert default() == kept
