"""Who is at home in the demo, from its file: associations, accounts with a role each, and the neighbours' few."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from zuji.committee.enums import OrganisationKind
from zuji.people.enums import Role

CAST_FILE = Path(__file__).parent / "cast.toml"
NEIGHBOURS_FILE = Path(__file__).parent / "neighbours.toml"


class AssociationPlan(msgspec.Struct, frozen=True):
    """A tenant of the demo home."""

    slug: str
    name_zh: str
    name_en: str


class AccountPlan(msgspec.Struct, frozen=True, kw_only=True):
    """An account with one role over something, and the page that it is shown; no page, no link is printed."""

    username: str
    name: str
    association: str
    role: Role
    over: Literal["association", "campaign", "first_firm"] = "association"
    page: str = ""


class OrganisationPlan(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation (党组织), from a day on; to what it belongs by turns, who guides it, and which firms on the
    register it covers, each from a day on.
    """

    name: str
    kind: OrganisationKind
    since: date
    belongs_to: dict[str, date] = {}
    guided_by: dict[str, date] = {}
    covers: dict[str, date] = {}


class NeighboursPlan(msgspec.Struct, frozen=True):
    """The second association's participant organisations, and how many walk for each."""

    organisations: list[str]
    walkers: int


class Cast(msgspec.Struct, frozen=True):
    """The whole file; the first association is the one whose walk is played."""

    associations: list[AssociationPlan]
    accounts: list[AccountPlan]
    organisations: list[OrganisationPlan]
    neighbours: NeighboursPlan


def read_cast() -> Cast:
    """The demo's cast."""
    return msgspec.toml.decode(CAST_FILE.read_bytes(), type=Cast)
