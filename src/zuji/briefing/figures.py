"""A figure's number, its qualifier, and how the two are rounded and written. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from zuji.briefing.enums import Qualifier, Wording

WAN = 10_000


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The qualifier that an indicator's figures carry, and the step that they are rounded to, a power of ten."""

    qualifier: Qualifier = Qualifier.EXACT
    step: int = 1

    def __post_init__(self) -> None:
        if str(self.step).strip("0") != "1":
            raise ValueError("step is no power of ten")
        if self.qualifier is Qualifier.EXACT and self.step != 1:
            raise ValueError("an exact figure is never rounded")


class Rounded(NamedTuple):
    """A number as it is printed, the qualifier that is true of it, and the wording that says so."""

    number: int
    qualifier: Qualifier
    wording: Wording


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An indicator's value at a cut-off (the last instant that counts). Words are `{"zh": …, "en": …}`.

    `whole` is the value of the indicator that this one is a share of, None where it is none.
    """

    id: str
    version: int
    name: dict[str, str]
    value: int
    qualifier: Qualifier
    printed: dict[str, str]
    as_of: datetime
    digest: str
    whole: int | None = None

    def as_json(self) -> dict[str, object]:
        """What a program gets."""
        return {
            "id": self.id,
            "value": self.value,
            "qualifier": str(self.qualifier),
            "printed": self.printed,
            "as_of": printed_cut_off(self.as_of),
            "digest": self.digest,
        }


def rounded(value: int, rule: Rule) -> Rounded:
    """Round a value of at least 0 as its rule says.

    At least and reached go down, nearly goes up, about to the nearest. A value under the step is rounded to a smaller
    one. Nothing is nearly what it is exactly, and of nothing there is no "at least".
    """
    if value == 0 or rule.qualifier is Qualifier.EXACT:
        return Rounded(value, Qualifier.EXACT, Wording.EXACT)
    number = _to_step(value, rule.qualifier, _fitting(rule.step, value))
    if rule.qualifier is Qualifier.NEARLY and number == value:
        return Rounded(value, Qualifier.EXACT, Wording.EXACT)
    if rule.qualifier is Qualifier.AT_LEAST:
        return Rounded(number, rule.qualifier, Wording.MORE if number < value else Wording.OR_MORE)
    return Rounded(number, rule.qualifier, Wording(rule.qualifier))


def _fitting(step: int, value: int) -> int:
    while step > value:
        step //= 10
    return step


def _to_step(value: int, qualifier: Qualifier, step: int) -> int:
    if qualifier is Qualifier.NEARLY:
        return -(-value // step) * step
    if qualifier is Qualifier.ABOUT:
        return (value + step // 2) // step * step
    return value // step * step


def numeral(number: int, language: str) -> str:
    """A number as each language (`zh`, `en`) writes it: 320000 is 32万 and 320,000."""
    if language == "zh" and number >= WAN and number % (WAN // 10) == 0:
        return f"{number / WAN:g}万"
    return f"{number:,}"


def percent(part: int, whole: int) -> str:
    """A part of a whole in per cent, to one decimal."""
    return f"{100 * part / whole:.1f}"


def cut_off(as_of: date | datetime, zone: ZoneInfo) -> datetime:
    """The last instant that counts, in that zone: a day's very end for a date, an aware instant itself."""
    # An instant is a date to Python as well, so it is asked for first.
    if isinstance(as_of, datetime):
        return as_of.astimezone(zone)
    return datetime.combine(as_of, time.max, zone)


def printed_cut_off(as_of: datetime) -> str:
    """ISO text of a cut-off: the date alone where it is a day's end."""
    return as_of.date().isoformat() if as_of.time() == time.max else as_of.isoformat()
