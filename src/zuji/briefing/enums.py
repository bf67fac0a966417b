"""Closed sets of figures; their words are in the translation files."""

from enum import StrEnum


class Qualifier(StrEnum):
    """The word that a figure carries when it is printed."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    NEARLY = "nearly"
    REACHED = "reached"
    ABOUT = "about"


class Wording(StrEnum):
    """How a number and its qualifier are put into words."""

    EXACT = "exact"
    MORE = "more"
    OR_MORE = "or_more"
    NEARLY = "nearly"
    REACHED = "reached"
    ABOUT = "about"


class Flaw(StrEnum):
    """Why a ledger entry does not hold."""

    NUMBER_MISSING = "number_missing"
    CHAIN_BROKEN = "chain_broken"
    ENTRY_CHANGED = "entry_changed"
    EVIDENCE_CHANGED = "evidence_changed"
    DEFINITION_CHANGED = "definition_changed"
    VALUE_DIFFERS = "value_differs"


class Verb(StrEnum):
    """What the audit trail says of figures."""

    FIGURE_PUBLISHED = "figure_published"
