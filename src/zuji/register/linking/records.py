"""What goes into linking and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from zuji.register.fields import Field


class Key(NamedTuple):
    """Where a row stands: its list and its number in the visible sheet, from 1."""

    list: str
    row: int


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a list: what its columns say, as text; what is absent or '' says nothing."""

    list: str
    row: int
    fields: Mapping[Field, str]

    @property
    def key(self) -> Key:
        return Key(self.list, self.row)


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's answer on two rows. It holds for all that is one with either; a later answer outweighs."""

    one: Key
    other: Key
    same: bool


class Band(StrEnum):
    """How a row came to its firm: surely, alone until someone answers, alone as nothing fits, by a person's answer."""

    SURE = "sure"
    ASK = "ask"
    APART = "apart"
    RULED = "ruled"


class Why(StrEnum):
    """What speaks for or against two being one firm; words stand in the translation files."""

    FIRST_ROW = "first_row"
    NOTHING_FITS = "nothing_fits"
    RULED_SAME = "ruled_same"
    SAME_CODE = "same_code"
    CODE_SLIP = "code_slip"
    CODE_COULD_BE = "code_could_be"
    SAME_OLD_NUMBER = "same_old_number"
    OTHER_CODE = "other_code"
    CODE_OF_ANOTHER = "code_of_another"
    SAME_FILING = "same_filing"
    SAME_NAME = "same_name"
    SAME_TRADE_NAME = "same_trade_name"
    OTHER_LINE = "other_line"
    SOUNDS_ALIKE = "sounds_alike"
    LOOKS_ALIKE = "looks_alike"
    FORMER_NAME = "former_name"
    OTHER_NAME = "other_name"
    OTHER_BRANCH = "other_branch"
    OTHER_REGION = "other_region"
    SAME_BRAND = "same_brand"
    SAME_PERSON = "same_person"
    OTHER_PERSON = "other_person"
    SAME_PHONE = "same_phone"
    SHARED_PHONE = "shared_phone"
    SAME_ROOM = "same_room"
    SAME_STREET = "same_street"
    SHARED_ADDRESS = "shared_address"
    SAME_BUILDING = "same_building"
    SAME_TOWN = "same_town"
    OTHER_TOWN = "other_town"


@dataclass(frozen=True, slots=True)
class Reason:
    """A piece of evidence and what it rests on, as texts for its words."""

    code: Why
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """That a row belongs to a cluster. The score is in log odds, capped at ±20."""

    key: Key
    cluster: int
    band: Band
    score: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two rows in different clusters that may be one firm; the score is in log odds."""

    one: Key
    other: Key
    score: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The clusters with their rows in order, a link a row, and what to ask a person, the most useful first."""

    clusters: list[list[Key]]
    links: list[Link]
    doubts: list[Doubt]
