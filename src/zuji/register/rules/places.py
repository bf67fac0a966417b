"""Whether an address lies in a district, by the names that the rule gives. Pure."""

from typing import NamedTuple

from zuji.core.sheets.folding import compact
from zuji.register.rules.parameters import InDistrict

_FORMS = ("街道", "街", "镇")


class Place(NamedTuple):
    """Whether an address is inside, and the word that says so."""

    inside: bool
    word: str


def place_of(address: str, rule: InDistrict) -> Place | None:
    """Where an address is: what is named first counts, a district before a town; None where no name is known."""
    text = compact(address)
    # a road in another city may be named after the district
    for word in rule.lookalikes:
        text = text.replace(word, "")
    named = [(text.find(word), Place(True, word)) for word in rule.names if word in text]
    named += [(text.find(word), Place(False, word)) for word in rule.elsewhere if word in text]
    if named:
        return min(named)[1]
    town = next((town for town in rule.towns.values() if any(form in text for form in spellings(town))), None)
    return Place(True, town) if town else None


def spellings(town: str) -> tuple[str, ...]:
    """A town's name as addresses write it: 大石街道 is also 大石街 and 大石镇."""
    stem = next((town.removesuffix(form) for form in _FORMS if town.endswith(form)), town)
    return tuple(dict.fromkeys((town, *(f"{stem}{form}" for form in _FORMS))))
