"""What somebody enters about a participant organisation and about an organisation, and how long each may be."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from msgspec import Meta

from zuji.committee.enums import JoinsAs, OrganisationKind, ParticipantKind

NAME_CHARS = 120
CONTACT_NAME_CHARS = 80
CONTACT_PHONE_CHARS = 40
MOST_EXPECTED = 100_000

Name = Annotated[str, Meta(max_length=NAME_CHARS)]


@dataclass(frozen=True, kw_only=True)
class ParticipantValues:
    """One participant organisation as typed or as read from a sheet; `expected` is a head-count, None when unknown."""

    name: Name
    kind: ParticipantKind
    joins_as: JoinsAs
    expected: Annotated[int, Meta(ge=0, le=MOST_EXPECTED)] | None = None
    contact_name: Annotated[str, Meta(max_length=CONTACT_NAME_CHARS)] = ""
    contact_phone: Annotated[str, Meta(max_length=CONTACT_PHONE_CHARS)] = ""


@dataclass(frozen=True, kw_only=True)
class OrganisationValues:
    """One organisation (党组织) as typed; `since` is the first day on which it existed."""

    name: Name
    kind: OrganisationKind
    since: date
