"""Figures in the words of both languages."""

from zuji.briefing.figures import Rounded, numeral, percent
from zuji.core.texts import LANGUAGES, both


def printed(number: Rounded, unit: str, *, share: tuple[int, int] | None = None) -> dict[str, str]:
    """A rounded number with its qualifier and unit (a key), such as 200多名 and "at least 200 people".

    `share` is a part and its whole, added in per cent; of an empty whole nothing is said.
    """
    units = both(f"{unit}.one" if number.number == 1 else unit)
    words = {short: _one(number, units[short], short) for short in LANGUAGES}
    if share is None or not share[1]:
        return words
    return {short: both("figure.share", {"figure": words[short], "percent": percent(*share)})[short] for short in words}


def _one(number: Rounded, unit: str, language: str) -> str:
    return both(f"figure.{number.wording}", {"number": numeral(number.number, language), "unit": unit})[language]
