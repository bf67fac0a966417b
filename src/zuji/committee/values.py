"""What somebody enters about a participant organisation."""

from dataclasses import dataclass

from zuji.committee.enums import JoinsAs, ParticipantKind


@dataclass(frozen=True, kw_only=True)
class ParticipantValues:
    """One participant organisation as typed or as read from a sheet; `expected` is a head-count, None when unknown."""

    name: str
    kind: ParticipantKind
    joins_as: JoinsAs
    expected: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
