"""A questionnaire as data: sections, questions with kinds, what is skipped when, and checks between answers. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from zuji.core.errors import Invalid
from zuji.core.sheets.personal import asks_personal
from zuji.register.census.errors import Refusal
from zuji.register.fields import PERSONAL, Field

FILE = Path(__file__).parents[1] / "data" / "questionnaire.json"
Named = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
Kind = Literal["whole", "yes_no", "choice", "text", "date", "filing"]
YES_NO = ("yes", "no", "unknown")
MOST_BYTES = 256 * 1024
"""A questionnaire is a few pages; what is larger is something else."""
UNREAD = (
    (re.compile(r"Object missing required field `([^`]*)`"), Refusal.CENSUS_PART_MISSING),
    (re.compile(r"Object contains unknown field `([^`]*)`"), Refusal.CENSUS_PART_UNKNOWN),
    (re.compile(r"Invalid enum value '?(.*?)'?(?: - at|$)"), Refusal.CENSUS_VALUE_UNKNOWN),
    (re.compile(r"Expected `([^`]*)`"), Refusal.CENSUS_VALUE_WRONG),
)
"""What msgspec says, and our code for it."""


class Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all parts share."""


class Words(Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text in both languages."""

    zh: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    en: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Option(Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer that can be chosen."""

    key: Named
    words: Words


class When(Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asked only where an earlier question was answered so."""

    question: Named
    among: tuple[Named, ...]


class Question(Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question. `field` is what its answer tells the register; `small` counts are shown as below five."""

    key: Named
    kind: Kind
    words: Words
    help: Words | None = None
    required: bool = False
    field: Field | None = None
    when: When | None = None
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    filing: Literal["icp", "police", "algorithm"] | None = None
    small: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be answered, where that is a closed set."""
        return YES_NO if self.kind == "yes_no" else tuple(option.key for option in self.options)


class Section(Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Questions under one heading."""

    key: Named
    words: Words
    questions: tuple[Question, ...]


class Check(Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That one number is at most another; `words` say what to look at where it is not."""

    left: Named
    at_most: Named
    words: Words


class Questionnaire(Data, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole; `says` is how yes and no are written into the register."""

    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    says: dict[Literal["yes", "no"], str]

    @property
    def questions(self) -> Iterator[Question]:
        """All questions in order."""
        for section in self.sections:
            yield from section.questions


@cache
def default() -> dict[str, object]:
    """The questionnaire that a first round begins with, as data."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, object])


def decode(data: bytes) -> dict[str, object]:
    """A questionnaire's file as data; Invalid where it is too large or no JSON."""
    if len(data) > MOST_BYTES:
        raise Invalid(Refusal.CENSUS_TOO_LARGE, field="questionnaire", most=MOST_BYTES // 1024)
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=dict[str, object])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        at = re.search(r"byte (\d+)", str(error))
        raise Invalid(Refusal.CENSUS_NO_JSON, field="questionnaire", byte=int(at[1]) if at else len(data)) from error


def parse(data: object) -> Questionnaire:
    """A questionnaire, looked through; Invalid with where and what is wrong."""
    try:
        read = msgspec.convert(data, Questionnaire)
    except msgspec.ValidationError as error:
        raise _unread(str(error)) from error
    seen: dict[str, Question] = {}
    for question in read.questions:
        _judge(question, seen)
        seen[question.key] = question
    if not seen:
        raise Invalid(Refusal.CENSUS_NO_QUESTION, field="questionnaire")
    for check in read.checks:
        if not {check.left, check.at_most} <= {key for key, each in seen.items() if each.kind == "whole"}:
            raise Invalid(Refusal.CENSUS_CHECK_UNSOUND, field="questionnaire", found=check.left)
    return read


def _unread(said: str) -> Invalid:
    """Why data is no questionnaire, as a code with the place in it."""
    place = re.search(r" - at (?:`key` in )?`\$\.?([^`]*)`$", said)
    where = (place[1] if place else "") or "$"
    for pattern, code in UNREAD:
        if found := pattern.match(said):
            return Invalid(code, field="questionnaire", where=where, name=found[1])
    return Invalid(Refusal.CENSUS_UNREADABLE, field="questionnaire", found=said)


def _judge(question: Question, earlier: dict[str, Question]) -> None:
    refused = _refusal(question, earlier)
    if refused is not None:
        raise Invalid(refused, field="questionnaire", question=question.key)


def _refusal(question: Question, earlier: dict[str, Question]) -> Refusal | None:
    if question.key in earlier:
        return Refusal.CENSUS_QUESTION_TWICE
    # never of a person's membership, politics, religion or identity, however it is worded
    if question.field in PERSONAL or any(asks_personal(text) for text in (question.words.zh, question.words.en)):
        return Refusal.CENSUS_ASKS_OF_PERSONS
    if question.field is not None and question.field in {each.field for each in earlier.values()}:
        return Refusal.CENSUS_FIELD_TWICE
    if not _is_sound(question):
        return Refusal.CENSUS_QUESTION_UNSOUND
    return None if _skips_soundly(question, earlier) else Refusal.CENSUS_SKIP_UNSOUND


def _is_sound(question: Question) -> bool:
    keys = [option.key for option in question.options]
    has_options = len(keys) >= 2 and len(set(keys)) == len(keys)
    bounded = question.least is not None or question.most is not None
    return (
        (has_options if question.kind == "choice" else not keys)
        and (question.filing is not None) == (question.kind == "filing")
        and (question.kind == "whole" or not (bounded or question.small))
        and (question.least or 0) <= (question.most if question.most is not None else question.least or 0)
    )


def _skips_soundly(question: Question, earlier: dict[str, Question]) -> bool:
    if question.when is None:
        return True
    asked = earlier.get(question.when.question)
    return asked is not None and bool(question.when.among) and set(question.when.among) <= set(asked.choices)
