import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.register.census.forms import FULL
from zuji.register.census.answers import asked, faults, number_of, tidied, told
from zuji.register.census.errors import AnswerFault
from zuji.register.census.questionnaire import default, parse
from zuji.register.fields import Field

FORM = parse(default())


def codes(answers, **options):
    return [(fault.question, fault.code) for fault in faults(FORM, answers, **options)]


def test_a_full_form_has_no_fault():
    assert codes(FULL, complete=True) == []


def test_what_is_required_may_wait_until_it_is_handed_in():
    assert codes({}) == []
    missing = [question for question, _ in codes({}, complete=True)]
    assert missing == ["operating", "premises", "staff", "has_site"]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [({}, False), ({"operating": "yes"}, False), ({"operating": "no"}, True), ({"operating": "unknown"}, False)],
)
def test_a_question_is_asked_only_after_the_answer_that_it_hangs_on(answers, shown):
    assert ("stopped_on" in [question.key for question in asked(FORM, answers)]) == shown


def test_the_answer_to_a_question_that_is_skipped_is_not_kept():
    answers = {"has_site": "no", "icp": "粤ICP备12345678号-1", "staff": " １２ "}
    assert tidied(FORM, answers) == {"has_site": "no", "staff": "12"}
    assert Field.FILING not in told(FORM, answers)


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("staff", "十二", AnswerFault.NO_NUMBER),
        ("staff", "-1", AnswerFault.NO_NUMBER),
        ("staff", "999999", AnswerFault.TOO_LARGE),
        ("operating", "maybe", AnswerFault.NO_SUCH_OPTION),
        ("revenue", "rich", AnswerFault.NO_SUCH_OPTION),
        ("address", "路" * 201, AnswerFault.TOO_LONG),
        ("address", "11010519491231002X", AnswerFault.PERSONAL),
        ("address", "中共党员", AnswerFault.PERSONAL),
        ("icp", "12345678", AnswerFault.NO_FILING),
        ("police", "粤公网安备4401号", AnswerFault.NO_FILING),
        ("algorithm", "网信算备123", AnswerFault.NO_FILING),
        ("shoes", "42", AnswerFault.NOT_ASKED),
    ],
)
def test_an_answer_that_cannot_be_is_named_with_its_question(key, text, code):
    assert (key, code) in codes(FULL | {"has_site": "yes", key: text})


def test_a_date_is_a_day_of_the_calendar():
    assert codes({"operating": "no", "stopped_on": "2021-02-30"}) == [("stopped_on", AnswerFault.NO_DATE)]
    assert codes({"operating": "no", "stopped_on": "2021-02-28"}) == []


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("icp", "粤ICP备12345678号-1"),
        ("icp", "粤 ICP备 12345678 号"),
        ("police", "粤公网安备44011302000123号"),
        ("algorithm", "网信算备440113123456701210011号"),
    ],
)
def test_filing_numbers_are_checked_by_their_form(key, text):
    assert codes({"has_site": "yes", key: text}) == []


def test_numbers_are_checked_against_each_other_once_both_are_numbers():
    assert codes({"staff": "10", "members": "11"}) == [("members", AnswerFault.CHECK)]
    assert codes({"staff": "10", "members": "10"}) == []
    assert codes({"staff": "ten", "members": "11"}) == [("staff", AnswerFault.NO_NUMBER)]
    assert codes({"members": "11"}) == []


def test_what_a_form_tells_the_register():
    answers = FULL | {"premises": "unknown", "revenue": "over_100m", "staff": "1,200"}
    assert told(FORM, answers) == {
        Field.OPERATING: "是",
        Field.REVENUE: "1亿元以上",
        Field.STAFF: "1200",
        Field.MEMBERS: "3",
    }


@given(st.text(max_size=12))
def test_whatever_is_typed_a_number_is_a_number_or_none(text):
    number = number_of(text)
    assert number is None or 0 <= number < 10**9


@given(st.dictionaries(st.sampled_from([question.key for question in FORM.questions]), st.text(max_size=8)))
def test_what_is_kept_is_kept_again_as_it_is(answers):
    kept = tidied(FORM, answers)
    assert tidied(FORM, kept) == kept
    assert set(kept) <= {question.key for question in asked(FORM, kept)}
