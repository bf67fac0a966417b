"""Indicators: files with a heading in TOML and one SELECT over facts. Pure; `catalogue` reads the files beside it."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from zuji.briefing.figures import Rule

FOLDER = Path(__file__).parent / "indicators"
HEADED = re.compile(r"\A/\*\n(?P<heading>.*?)\*/\n(?P<select>.*)\Z", re.DOTALL)
# Not `::`, which is a cast.
PARAMETER = re.compile(r"(?<!:):([a-z_]+)\b")
PARAMETERS = frozenset({"as_of", "association", "campaign"})
"""What a SELECT may ask for: the last instant that counts, an association's key, a campaign's key or null for all."""
OPTIONAL = frozenset({"campaign"})
"""What it need not ask for: firms on the register belong to no campaign."""


class BadDefinition(ValueError):
    """An indicator's file that cannot be read; says what is wrong with it."""


class Heading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an indicator's file says of itself; name, unit, counts and leaves_out are keys of words."""

    id: Annotated[str, msgspec.Meta(pattern="^[A-Z][1-9][0-9]*$")]
    version: int
    since: date
    name: str
    unit: str
    rule: Rule
    counts: tuple[str, ...]
    leaves_out: tuple[str, ...]
    share_of: str | None = None


class Definition(Heading, frozen=True, kw_only=True):
    """An indicator: its heading, its SELECT, and the whole text, which is what gets published."""

    select: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return text_digest(self.text)

    @property
    def parameters(self) -> frozenset[str]:
        """Names that the SELECT asks for."""
        return frozenset(PARAMETER.findall(self.select))

    @property
    def by_campaign(self) -> bool:
        """Whether it can be asked of one campaign; else it counts the association's, whichever campaign is named."""
        return "campaign" in self.parameters

    @property
    def statement(self) -> str:
        """The SELECT with its parameters as psycopg writes them."""
        return PARAMETER.sub(r"%(\1)s", self.select.replace("%", "%%"))


def text_digest(text: str) -> str:
    """SHA-256 of an indicator's whole text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def parse(text: str) -> Definition:
    """Read an indicator's text; BadDefinition where its heading is missing, incomplete or wrong."""
    if (parts := HEADED.match(text)) is None:
        raise BadDefinition("no heading")
    try:
        heading = msgspec.toml.decode(parts["heading"], type=Heading)
    except msgspec.DecodeError as error:
        raise BadDefinition(str(error)) from error
    return Definition(**msgspec.structs.asdict(heading), select=parts["select"], text=text)


@cache
def catalogue() -> Mapping[str, Definition]:
    """All indicators by id, in the order of their ids (T2 before T10)."""
    definitions = [parse(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.sql")]
    return {definition.id: definition for definition in sorted(definitions, key=_place)}


def _place(definition: Definition) -> tuple[str, int]:
    return definition.id[0], int(definition.id[1:])
