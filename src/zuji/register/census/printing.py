"""A questionnaire as it is filled in on paper: questions by number, and where to go on after an answer. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from zuji.register.census.questionnaire import Question, Questionnaire


class Skip(NamedTuple):
    """After one of these answers one goes on with the question of this number; None is the end."""

    answers: tuple[str, ...]
    to: int | None


class Only(NamedTuple):
    """Asked only where the question of this number is answered so, and no skip before it says so."""

    number: int
    answers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A question with its number from 1, its skips, and what it hangs on where skips do not tell."""

    number: int
    question: Question
    skips: tuple[Skip, ...]
    only: Only | None


def numbered(questionnaire: Questionnaire) -> dict[str, Numbered]:
    """Every question by its key, in order."""
    questions = list(questionnaire.questions)
    numbers = {question.key: number for number, question in enumerate(questions, 1)}
    found: dict[str, Numbered] = {}
    for number, question in enumerate(questions, 1):
        found[question.key] = Numbered(
            number=number,
            question=question,
            skips=_skips(question, _runs(questions, number - 1), number - 1, len(questions)),
            only=None if _is_told(question, number, found) else _only(question, numbers),
        )
    return found


def _is_told(question: Question, number: int, before: dict[str, Numbered]) -> bool:
    """Whether skips alone lead past a question whenever it is not asked."""
    when = question.when
    if when is None:
        return True
    above = before[when.question]
    past = {key for skip in above.skips if skip.to is None or skip.to > number for key in skip.answers}
    return above.only is None and set(above.question.choices) <= past | set(when.among)


def _runs(questions: Sequence[Question], place: int) -> dict[str, int]:
    """For each answer to a question: the place of the next one that is asked, in the run of those that hang on it."""
    return {choice: _next(questions, place, choice) for choice in questions[place].choices}


def _next(questions: Sequence[Question], place: int, choice: str) -> int:
    skipped: set[str] = set()
    at = place + 1
    while at < len(questions) and (when := questions[at].when) is not None:
        is_here = when.question == questions[place].key and choice not in when.among
        if not is_here and when.question not in skipped:
            break
        skipped.add(questions[at].key)
        at += 1
    return at


def _skips(question: Question, run: dict[str, int], place: int, many: int) -> tuple[Skip, ...]:
    ends = sorted({end for end in run.values() if end > place + 1})
    return tuple(
        Skip(tuple(key for key in question.choices if run[key] == end), end + 1 if end < many else None) for end in ends
    )


def _only(question: Question, numbers: dict[str, int]) -> Only | None:
    when = question.when
    return Only(numbers[when.question], when.among) if when else None
