"""Answers to a questionnaire: which questions are asked, what is wrong, and what they tell the register. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from zuji.core.sheets.folding import clean, compact
from zuji.core.sheets.personal import holds_identity_number, is_status
from zuji.register.census.errors import AnswerFault
from zuji.register.census.questionnaire import Question, Questionnaire
from zuji.register.fields import Field

Answers = Mapping[str, str]
LONGEST = 200
FILINGS = {
    "icp": re.compile(r"[\u4e00-\u9fff]ICP[备证]\d{6,10}号(-\d{1,3})?"),
    "police": re.compile(r"[\u4e00-\u9fff]公网安备(\d{14})号?"),
    "algorithm": re.compile(r"网信算备\d{21}号?"),
}
_WHOLE = re.compile(r"\d{1,9}")


class Fault(NamedTuple):
    """What is wrong with an answer: the question, a code, and facts for its words."""

    question: str
    code: AnswerFault
    facts: dict[str, str | int]


def asked(questionnaire: Questionnaire, answers: Answers) -> list[Question]:
    """The questions that these answers leave to be asked; one that hangs on a skipped one is skipped as well."""
    found: dict[str, Question] = {}
    for question in questionnaire.questions:
        when = question.when
        if when is None or (when.question in found and answers.get(when.question) in when.among):
            found[question.key] = question
    return list(found.values())


def tidied(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """Answers as they are kept: cleaned, without empty ones and without those that are not asked."""
    clear = {key: clean(str(text)) for key, text in answers.items()}
    return {question.key: clear[question.key] for question in asked(questionnaire, clear) if clear.get(question.key)}


def faults(questionnaire: Questionnaire, answers: Answers, *, complete: bool = False) -> list[Fault]:
    """What is wrong with answers; what is required may be missing until they are `complete`."""
    found = list(_unknown(questionnaire, answers))
    for question in asked(questionnaire, answers):
        text = answers.get(question.key, "")
        if text:
            found.extend(KINDS[question.kind](question, text))
        elif complete and question.required:
            found.append(Fault(question.key, AnswerFault.MISSING, {}))
    # two numbers are compared only once each is one
    wrong = {fault.question for fault in found}
    return [*found, *(fault for fault in _checks(questionnaire, answers) if fault.question not in wrong)]


def _unknown(questionnaire: Questionnaire, answers: Answers) -> Iterator[Fault]:
    keys = {question.key for question in questionnaire.questions}
    yield from (Fault(key, AnswerFault.NOT_ASKED, {}) for key in sorted(answers) if key not in keys)


def _checks(questionnaire: Questionnaire, answers: Answers) -> Iterator[Fault]:
    open_questions = {question.key for question in asked(questionnaire, answers)}
    for check in questionnaire.checks:
        pair = [number_of(answers.get(key, "")) for key in (check.left, check.at_most) if key in open_questions]
        match pair:
            case [int(left), int(right)] if left > right:
                yield Fault(check.left, AnswerFault.CHECK, {"zh": check.words.zh, "en": check.words.en})


def number_of(text: str) -> int | None:
    """A whole number as it was typed, None where it is none."""
    digits = compact(text).replace(",", "")
    return int(digits) if _WHOLE.fullmatch(digits) else None


def _whole(question: Question, text: str) -> Iterator[Fault]:
    number = number_of(text)
    if number is None:
        yield Fault(question.key, AnswerFault.NO_NUMBER, {"found": text})
    elif question.least is not None and number < question.least:
        yield Fault(question.key, AnswerFault.TOO_SMALL, {"least": question.least})
    elif question.most is not None and number > question.most:
        yield Fault(question.key, AnswerFault.TOO_LARGE, {"most": question.most})


def _chosen(question: Question, text: str) -> Iterator[Fault]:
    if text not in question.choices:
        yield Fault(question.key, AnswerFault.NO_SUCH_OPTION, {"found": text})


def _text(question: Question, text: str) -> Iterator[Fault]:
    if holds_identity_number(text) or is_status(text):
        yield Fault(question.key, AnswerFault.PERSONAL, {})
    elif len(text) > LONGEST:
        yield Fault(question.key, AnswerFault.TOO_LONG, {"most": LONGEST})


def _date(question: Question, text: str) -> Iterator[Fault]:
    try:
        date.fromisoformat(text)
    except ValueError:
        yield Fault(question.key, AnswerFault.NO_DATE, {"found": text})


def _filing(question: Question, text: str) -> Iterator[Fault]:
    if not FILINGS[question.filing or ""].fullmatch(compact(text)):
        yield Fault(question.key, AnswerFault.NO_FILING, {"found": text})


KINDS: dict[str, Callable[[Question, str], Iterator[Fault]]] = {
    "whole": _whole,
    "yes_no": _chosen,
    "choice": _chosen,
    "text": _text,
    "date": _date,
    "filing": _filing,
}


def told(questionnaire: Questionnaire, answers: Answers) -> dict[Field, str]:
    """What answers tell the register, by field; an answer of unknown tells nothing."""
    found = {question.field: _told(questionnaire, question, answers) for question in asked(questionnaire, answers)}
    return {field: text for field, text in found.items() if field is not None and text}


def _told(questionnaire: Questionnaire, question: Question, answers: Answers) -> str:
    text = answers.get(question.key, "")
    if question.kind == "yes_no":
        return {str(key): words for key, words in questionnaire.says.items()}.get(text, "")
    chosen = {option.key: option.words.zh for option in question.options}
    if question.kind == "whole":
        number = number_of(text)
        return "" if number is None else str(number)
    return chosen.get(text, text)
