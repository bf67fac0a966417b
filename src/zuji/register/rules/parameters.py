"""A rule's parameters: data of one shape a kind, looked through before it is kept. Pure."""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from zuji.core.errors import Invalid
from zuji.register.fields import PERSONAL, Field
from zuji.register.rules.errors import Refusal

Filing = Literal["icp", "police", "algorithm"]
Group = Literal["core", "related", "telecom"]
Status = Literal["active", "revoked", "deregistered", "moved_out"]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
District = Annotated[str, msgspec.Meta(pattern="^[0-9]{6}$")]
Town = Annotated[str, msgspec.Meta(pattern="^[0-9]{9}$")]
Weight = Annotated[int, msgspec.Meta(ge=1, le=100)]


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the parameters of every kind share."""


class Internet(Shape, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Groups of industry codes (GB/T 4754) and kinds of filings of which one is enough."""

    groups: tuple[Group, ...]
    filings: tuple[Filing, ...]


class InDistrict(Shape, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The district's code, its towns by code, its names in addresses, what looks like one and is none, and the names
    of others. `by_code` lets the authority that registered a firm speak where no place is known.
    """

    district: District
    towns: dict[Town, Text]
    names: tuple[Text, ...]
    lookalikes: tuple[Text, ...] = ()
    elsewhere: tuple[Text, ...] = ()
    by_code: bool = True


class Active(Shape, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The statuses that count as active."""

    statuses: tuple[Status, ...]


class Words(Shape, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Texts of a list that mean yes, and those that mean no; any other leaves it unknown."""

    yes: tuple[Text, ...]
    no: tuple[Text, ...]


class ThreeHaves(Shape, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At least so many staff, fixed premises, normal operation; evidence older than so many months says nothing."""

    staff_at_least: Annotated[int, msgspec.Meta(ge=1, le=100_000)]
    premises: Words
    operating: Words
    evidence_months: Annotated[int, msgspec.Meta(ge=1, le=120)] | None = None


class Criterion(Shape, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One named criterion of key enterprises: a test of a field, or of a kind of filing, and what it weighs."""

    test: Literal["at_least", "one_of", "starts_with", "has"]
    of: Text
    weight: Weight
    least: float | None = None
    values: tuple[Text, ...] = ()
    name: Annotated[str, msgspec.Meta(max_length=60)] = ""


class Key(Shape, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weighted criteria, and the weight from which on a firm is a key enterprise."""

    criteria: tuple[Criterion, ...]
    threshold: Annotated[int, msgspec.Meta(ge=1, le=1000)]


Parameters = Internet | InDistrict | Active | ThreeHaves | Key
SHAPES: Mapping[str, type[Parameters]] = {
    "internet": Internet,
    "in_district": InDistrict,
    "active": Active,
    "three_haves": ThreeHaves,
    "key": Key,
}
FILINGS = frozenset({"icp", "police", "algorithm"})
TESTED = frozenset(Field) - PERSONAL
"""What a criterion may ask of: never of a person."""


def parse(kind: str, data: object) -> Parameters:
    """Parameters of a kind of rule; Invalid with where and what is wrong."""
    try:
        read: Parameters = msgspec.convert(data, SHAPES[kind])
    except msgspec.ValidationError as error:
        raise Invalid(Refusal.RULE_UNREADABLE, field="parameters", found=str(error)) from error
    _look_through(read)
    return read


def _look_through(read: Parameters) -> None:
    match read:
        case Internet():
            _some(bool(read.groups or read.filings), "groups")
        case InDistrict():
            _judge_district(read)
        case Active():
            _some(bool(read.statuses), "statuses")
        case ThreeHaves():
            for name in ("premises", "operating"):
                _judge_words(name, getattr(read, name))
        case Key():
            _judge_key(read)


def _some(there: bool, name: str) -> None:
    if not there:
        raise Invalid(Refusal.RULE_NOTHING_COUNTS, field=name)


def _judge_district(read: InDistrict) -> None:
    _some(bool(read.towns or read.names), "towns")
    for code in read.towns:
        if not code.startswith(read.district):
            raise Invalid(Refusal.RULE_DISTRICT, field="towns", found=code, district=read.district)
    for both in sorted(set(read.names) & set(read.elsewhere)):
        raise Invalid(Refusal.RULE_WORD_BOTH_WAYS, field="names", word=both)


def _judge_words(name: str, words: Words) -> None:
    _some(bool(words.yes), name)
    for both in sorted(set(words.yes) & set(words.no)):
        raise Invalid(Refusal.RULE_WORD_BOTH_WAYS, field=name, word=both)


def _judge_key(read: Key) -> None:
    _some(bool(read.criteria), "criteria")
    seen: set[tuple[object, ...]] = set()
    for number, each in enumerate(read.criteria, start=1):
        if not _is_sound(each):
            raise Invalid(Refusal.RULE_CRITERION, field="criteria", number=number, found=each.of)
        asked = (each.test, each.of, each.least, each.values)
        if asked in seen:
            raise Invalid(Refusal.RULE_CRITERION_TWICE, field="criteria", number=number)
        seen.add(asked)
    reach = sum(each.weight for each in read.criteria)
    if read.threshold > reach:
        raise Invalid(Refusal.RULE_OUT_OF_REACH, field="threshold", threshold=read.threshold, reach=reach)


def _is_sound(each: Criterion) -> bool:
    if each.of in FILINGS:
        return each.test == "has" and each.least is None and not each.values
    if each.of not in TESTED:
        return False
    if each.test == "at_least":
        return each.least is not None and each.least > 0 and not each.values
    return each.least is None and bool(each.values) == (each.test != "has")
