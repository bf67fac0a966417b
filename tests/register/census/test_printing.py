"""Where one goes on after an answer on paper, and how questions are numbered."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zuji.register.census.answers import asked
from zuji.register.census.printing import Only, Skip, numbered
from zuji.register.census.questionnaire import Questionnaire, default, parse


def of(*questions: dict[str, Any]) -> Questionnaire:
    """A questionnaire of yes-or-no questions `a`, `b` …, each perhaps with what it hangs on."""
    made = [
        {"key": chr(ord("a") + at), "kind": "yes_no", "words": {"zh": "问", "en": "Asks"}, **each}
        for at, each in enumerate(questions)
    ]
    section = {"key": "all", "words": {"zh": "全部", "en": "All"}, "questions": made}
    return parse({"sections": [section], "says": {"yes": "是", "no": "否"}})


def when(question: str, *among: str) -> dict[str, Any]:
    return {"when": {"question": question, "among": list(among)}}


def test_questions_are_numbered_through_all_sections():
    lines = numbered(parse(default()))
    assert [each.number for each in lines.values()] == list(range(1, len(lines) + 1))


def test_an_answer_that_leaves_questions_unasked_leads_to_the_next_one():
    lines = numbered(of({}, when("a", "no"), when("a", "no"), {}))
    assert lines["a"].skips == (Skip(("yes", "unknown"), 4),)
    assert lines["b"].only is None


def test_an_answer_that_leaves_nothing_to_be_asked_leads_to_the_end():
    assert numbered(of({}, when("a", "yes")))["a"].skips == (Skip(("no", "unknown"), None),)


def test_two_answers_that_lead_to_two_questions_are_told_apart():
    lines = numbered(of({}, when("a", "yes"), when("a", "yes", "no"), {}))
    assert lines["a"].skips == (Skip(("no",), 3), Skip(("unknown",), 4))


def test_what_hangs_on_a_skipped_question_is_skipped_with_it():
    assert numbered(of({}, when("a", "yes"), when("b", "yes"), {}))["a"].skips == (Skip(("no", "unknown"), 4),)


def test_a_question_that_stands_apart_from_what_it_hangs_on_says_so_itself():
    lines = numbered(of({}, {}, when("a", "yes")))
    assert (lines["a"].skips, lines["c"].only) == ((), Only(1, ("yes",)))


@st.composite
def questionnaires(draw) -> Questionnaire:
    """Up to eight questions, many of which hang on an earlier one."""
    questions: list[dict[str, Any]] = []
    for at in range(draw(st.integers(1, 8))):
        among = draw(st.lists(st.sampled_from(["yes", "no"]), min_size=1, max_size=2, unique=True))
        above = draw(st.integers(-1, at - 1))
        questions.append(when(chr(ord("a") + above), *among) if above >= 0 else {})
    return of(*questions)


@given(questionnaires(), st.data())
def test_whoever_follows_the_paper_answers_just_what_the_page_would_ask(read, data):
    lines = list(numbered(read).values())
    answers: dict[str, str] = {}
    at = 1
    while at <= len(lines):
        line = lines[at - 1]
        key = line.question.key
        at += 1
        if line.only and answers.get(lines[line.only.number - 1].question.key) not in line.only.answers:
            continue
        answers[key] = data.draw(st.sampled_from(["yes", "no", "unknown"]))
        for skip in line.skips:
            if answers[key] in skip.answers:
                at = skip.to or len(lines) + 1
    assert [each.key for each in asked(read, answers)] == list(answers)
