"""A form's questions as a page shows them: what is asked, what was said, what is wrong, and what the last round said.

    sheet = sheet_of(form, exact=…, writes=True)
    show(…, sheet=sheet)   # {% include "console/register/census/questions.html" %}

and when it comes back: `answers_in(request.POST, form, exact=…)`, and on Invalid `sheet_of(form, answers=…,
faults=faults_in(problem), …)`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from zuji.core.errors import Problem
from zuji.core.templatetags.words import full_day, say, short_language
from zuji.register.census.answers import asked, number_of
from zuji.register.census.comparing import BELOW, SMALL, compare, masked, shown
from zuji.register.census.errors import Anomaly, AnswerFault
from zuji.register.census.models import CensusForm
from zuji.register.census.queries import DONE, last_answers
from zuji.register.census.questionnaire import Question, Questionnaire, Words, parse

PREFIX: Final = "a-"
"""What the name of a question's control begins with."""
Answers = Mapping[str, str]
Fault = Mapping[str, Any]


class Option(NamedTuple):
    """An answer that can be chosen: its key, its words, and whether it is."""

    key: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as the page shows it.

    `value` stands in its control, `told` is the same in words, `last` what the last round said. `when` and `among` are
    the question that it hangs on and the answers with which it is asked; `only` says so in words.
    """

    key: str
    kind: str
    label: str
    help: str
    required: bool
    value: str
    told: str
    options: Sequence[Option]
    faults: Sequence[str]
    last: str
    strange: Sequence[str]
    is_asked: bool
    when: str
    among: str
    only: str

    @property
    def name(self) -> str:
        """The name of its control."""
        return f"{PREFIX}{self.key}"


class Part(NamedTuple):
    """A section: its key, its heading, its questions."""

    key: str
    title: str
    questions: Sequence[Asked]


@dataclass(frozen=True)
class Sheet:
    """All sections; whether they are filled in or only read, and how many answers are wrong."""

    parts: Sequence[Part]
    writes: bool
    wrong: int
    has_last: bool


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What is known of a form's answers, as it may be shown, by question."""

    now: Answers
    last: Answers
    asked: frozenset[str]
    faults: Mapping[str, list[str]]
    strange: Mapping[str, list[str]]


def sheet_of(
    form: CensusForm, *, exact: bool, writes: bool, answers: Answers | None = None, faults: Iterable[Fault] = ()
) -> Sheet:
    """The questions of a form with its answers, or with those that were just sent and their faults.

    Without `exact` small counts are shown as below five only; those of the last round are always.
    """
    read = parse(form.round.questionnaire)
    said = form.answers if answers is None else answers
    last = last_answers(form)
    faults = list(faults)
    told = _Told(
        now=said if exact else _veiled(read, said, form.answers),
        last=shown(read, last),
        asked=frozenset(each.key for each in asked(read, said)),
        faults=_by_question((each["question"], fault_told(each)) for each in faults),
        strange=_by_question(_strange(form, read, last, exact=exact, writes=writes)),
    )
    parts = [
        Part(part.key, in_language(part.words), [_asked(read, each, told) for each in part.questions])
        for part in read.sections
    ]
    return Sheet(parts, writes, len(faults), bool(last))


def answers_in(sent: Mapping[str, str], form: CensusForm, *, exact: bool) -> dict[str, str]:
    """What was typed, by question; a small count that was shown as below five only and left so is the one kept."""
    read = parse(form.round.questionnaire)
    typed = {each.key: sent.get(f"{PREFIX}{each.key}", "").replace("\0", "") for each in read.questions}
    if exact:
        return typed
    kept = {
        each.key: form.answers[each.key]
        for each in read.questions
        if each.small and typed[each.key].strip() == BELOW and is_small(form.answers.get(each.key, ""))
    }
    return typed | kept


def kept_on(form: CensusForm) -> dict[str, str]:
    """What stands on a form, question by question."""
    return {each.key: form.answers.get(each.key, "") for each in parse(form.round.questionnaire).questions}


def faults_in(problem: Problem) -> list[Fault]:
    """The faults of answers that were refused; none where something else was refused."""
    faults: Any = problem.facts.get("faults", [])
    return list(faults)


def _veiled(read: Questionnaire, said: Answers, kept: Answers) -> dict[str, str]:
    """Answers in which small counts that stand on the form, and were not just typed, are below five only."""
    small = {each.key for each in read.questions if each.small}
    return {
        key: BELOW if key in small and text == kept.get(key) and is_small(text) else text for key, text in said.items()
    }


def clashes_told(form: CensusForm, keys: Iterable[str], *, exact: bool) -> list[Fault]:
    """Answers that somebody else has put meanwhile, each beside its question, as faults that bring their own words."""
    read = parse(form.round.questionnaire)
    stands = form.answers if exact else shown(read, form.answers)
    questions = {each.key: each for each in read.questions}
    told = {key: answer_told(questions[key], stands.get(key, "")) or gettext("form.blank") for key in keys}
    words = {key: say("census.stands", answer=answer) for key, answer in told.items()}
    return [
        {"question": key, "code": AnswerFault.CHECK, "facts": {"zh": each, "en": each}} for key, each in words.items()
    ]


def is_small(text: str) -> bool:
    """Whether this is a count that is not shown to everybody."""
    number = number_of(text)
    return number is not None and number < SMALL


def fault_told(fault: Fault) -> str:
    """What is wrong with an answer, in words; a check brings its own."""
    if fault["code"] == AnswerFault.CHECK:
        return str(fault["facts"][short_language()])
    return say(f"census_fault.{fault['code']}", **fault["facts"])


def in_language(words: Words | None) -> str:
    """A text of the questionnaire in the reader's language."""
    return str(getattr(words, short_language())) if words else ""


def answer_told(question: Question, text: str) -> str:
    """An answer in words."""
    if not text:
        return ""
    if question.kind == "yes_no":
        return gettext(f"answer.{text}") if text in question.choices else text
    if question.kind == "date":
        return _day(text)
    chosen = {option.key: in_language(option.words) for option in question.options}
    return chosen.get(text, text)


def _day(text: str) -> str:
    try:
        found = parse_date(text)
    except ValueError:  # written like a day, and none
        return text
    return full_day(found) if found else text


def _by_question(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, words in pairs:
        found.setdefault(key, []).append(words)
    return found


def _strange(
    form: CensusForm, read: Questionnaire, last: Answers, *, exact: bool, writes: bool
) -> Iterable[tuple[str, str]]:
    """What differs strangely from the last round; while a form is filled in, what is still missing does not yet."""
    questions = {each.key: each for each in read.questions}
    is_done = form.state in DONE and not writes
    for each in compare(read, last, form.answers):
        if is_done or each.code is not Anomaly.GONE:
            question = questions[each.question]
            before = masked(number_of(each.before)) if question.small else answer_told(question, each.before)
            hidden = question.small and not exact
            after = masked(number_of(each.after)) if hidden else answer_told(question, each.after)
            yield each.question, say(f"census_anomaly.{each.code}", before=before, after=after)


def _asked(read: Questionnaire, question: Question, told: _Told) -> Asked:
    value = told.now.get(question.key, "")
    return Asked(
        key=question.key,
        kind=question.kind,
        label=in_language(question.words),
        help=in_language(question.help),
        required=question.required,
        value=value,
        told=answer_told(question, value),
        options=_options(question, value),
        faults=told.faults.get(question.key, []),
        last=answer_told(question, told.last.get(question.key, "")),
        strange=told.strange.get(question.key, []),
        is_asked=question.key in told.asked,
        when=question.when.question if question.when else "",
        among=" ".join(question.when.among) if question.when else "",
        only=_only(read, question),
    )


def _options(question: Question, value: str) -> list[Option]:
    if question.kind == "yes_no":
        return [Option(key, gettext(f"answer.{key}"), key == value) for key in question.choices]
    return [Option(each.key, in_language(each.words), each.key == value) for each in question.options]


def _only(read: Questionnaire, question: Question) -> str:
    """When a question is asked, in words."""
    if question.when is None:
        return ""
    above = next(each for each in read.questions if each.key == question.when.question)
    answers = gettext("list.comma").join(answer_told(above, key) for key in question.when.among)
    return say("census.only", question=in_language(above.words), answers=answers)
