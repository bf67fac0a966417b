"""A form beside the same firm's form of the round before, and counts as they may be shown. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from zuji.register.census.answers import Answers, asked, number_of
from zuji.register.census.errors import Anomaly
from zuji.register.census.questionnaire import Question, Questionnaire
from zuji.register.fields import Field

FACTOR = 2
"""A number that grew or shrank by this much is looked at."""
ENOUGH = 10
"""A difference below this is no news."""
SMALL = 5
BELOW = f"<{SMALL}"


class Strange(NamedTuple):
    """An answer that differs strangely from the last round's."""

    question: str
    code: Anomaly
    before: str
    after: str


def compare(questionnaire: Questionnaire, before: Answers, after: Answers) -> list[Strange]:
    """What is strange about answers, in the order of the questions; a question that is new is compared with nothing."""
    shown = {question.key for question in asked(questionnaire, after)}
    found = (_strange(question, before, after) for question in questionnaire.questions if question.key in shown)
    return [each for some in found for each in some]


def _strange(question: Question, before: Answers, after: Answers) -> Iterator[Strange]:
    old, new = before.get(question.key, ""), after.get(question.key, "")
    if not old or old == "unknown":
        return
    if not new or new == "unknown":
        yield Strange(question.key, Anomaly.GONE, old, new)
    elif question.kind == "whole" and _jumped(number_of(old), number_of(new)):
        yield Strange(question.key, Anomaly.JUMPED, old, new)
    elif question.kind == "yes_no" and old != new:
        yield Strange(question.key, Anomaly.TURNED, old, new)


def _jumped(old: int | None, new: int | None) -> bool:
    if old is None or new is None or abs(old - new) < ENOUGH:
        return False
    return max(old, new) >= FACTOR * min(old, new)


def masked(number: int | None) -> str:
    """A count as it may be shown: below five only that; none as well, since that too says something of everybody."""
    if number is None:
        return ""
    return BELOW if number < SMALL else str(number)


def veiled(field: str, text: str) -> str:
    """What a list says of a firm as it may be shown: a small count of members only as below five."""
    return masked(number_of(text)) or text if field == Field.MEMBERS else text


def discreet(reason: Mapping[str, Any]) -> Mapping[str, Any]:
    """A rule's reason `{"code", "facts"}` as it may be shown: no small count of members, nor what it lacks."""
    facts = reason.get("facts", {})
    number = number_of(str(facts.get("value", "")))
    if facts.get("of") != Field.MEMBERS or number is None or number >= SMALL:
        return reason
    told = {name: fact for name, fact in facts.items() if name not in ("value", "short")}
    code = "criterion_missed" if reason["code"] == "criterion_short" else reason["code"]
    return {**reason, "code": code, "facts": told}


def shown(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """Answers as they may be shown: small counts of members only as below five."""
    small = {question.key for question in questionnaire.questions if question.small}
    return {key: masked(number_of(text)) if key in small else text for key, text in answers.items()}
