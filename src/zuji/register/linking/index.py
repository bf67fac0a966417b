"""Where to look for a unit's firm, and how common each thing is that two share."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from zuji.register.codes import KNOWN_OF_LOST, CodeKind
from zuji.register.linking.likeness import LONGEST_TAIL
from zuji.register.linking.units import Unit
from zuji.register.names import Name

MOST = {"name": 400, "sound": 400}
MOST_ELSE = 60
"""Firms under one key beyond which it tells nothing."""
BODY = 8
"""Where a credit code's organisation part begins; slips before it are no one's."""

FEWEST = 2_000
"""Firms that there are taken to be where fewer are known: in a short list everything looks common."""

Place = tuple[str, str]


class Commonness(NamedTuple):
    """How many firms have each value."""

    trades: Counter[str]
    stems: Counter[str]
    brands: Counter[str]
    persons: Counter[str]
    phones: Counter[str]
    rooms: Counter[str]
    streets: Counter[str]


@lru_cache(maxsize=1 << 16)
def _of_name(name: Name) -> tuple[Place, ...]:
    if not name.stem:
        return ()
    slips = range(len(name.trade)) if len(name.trade) >= 2 else ()
    return (
        ("name", name.trade),
        ("name", name.stem),
        ("sound", name.sound),
        *(("slip", f"{name.trade[:at]}?{name.trade[at + 1 :]}|{name.line}") for at in slips),
    )


def _cut(text: str) -> Iterator[str]:
    for length in range(LONGEST_TAIL + 1):
        if len(text) - length >= 2:
            yield text[: len(text) - length]


def _of_codes(codes: dict[CodeKind, set[str]]) -> Iterator[Place]:
    for kind in (CodeKind.SOUND, CodeKind.LOST):
        yield from (("head", code[:KNOWN_OF_LOST]) for code in codes.get(kind, ()) if len(code) >= KNOWN_OF_LOST)
    yield from (("old", code) for code in codes.get(CodeKind.OLD, ()))
    for kind in (CodeKind.SOUND, CodeKind.BROKEN):
        for code in codes.get(kind, ()):
            yield "without", code
            yield from (("without", code[:at] + code[at + 1 :]) for at in range(BODY, len(code)))


def keys_of(unit: Unit) -> set[Place]:
    """Under what a unit is found, and looks for others."""
    keys = set(_of_codes(unit.codes))
    for name in (*unit.names, *unit.others):
        keys.update(_of_name(name))
        if not name.form:
            keys.update(("name", word) for word in _cut(name.stem))
    for brand in unit.brands:
        keys.update(("name", word) for word in _cut(brand))
    keys.update(("phone", each) for each in unit.phones)
    keys.update(("filing", each) for each in unit.filings)
    keys.update(("room", each) for each in unit.rooms)
    keys.update(("there", person + town) for person in unit.persons for town in unit.towns)
    keys.update(("does", person + name.line) for person in unit.persons for name in unit.names)
    return keys


class Index:
    """The firms so far, in the order in which they came."""

    def __init__(self, firms: Iterable[Unit]) -> None:
        self.firms: list[Unit] = []
        self.common = Commonness(*(Counter() for _ in Commonness._fields))
        self._places: dict[Place, list[int]] = defaultdict(list)
        self._numbers: dict[int, int] = {}
        for firm in firms:
            self.put(firm)

    def put(self, firm: Unit) -> None:
        """Take a unit in as a firm of its own."""
        number = self._numbers[id(firm)] = len(self.firms)
        self.firms.append(firm)
        for key in keys_of(firm):
            self._places[key].append(number)
        trades, stems = {name.trade for name in firm.names}, {name.stem for name in firm.names}
        told = (trades, stems, firm.brands, firm.persons, firm.phones, firm.rooms, firm.streets)
        for counter, values in zip(self.common, told, strict=True):
            counter.update(values)

    def number_of(self, firm: Unit) -> int:
        return self._numbers[id(firm)]

    def join(self, unit: Unit, firm: Unit) -> None:
        """Add a unit's rows to a firm."""
        before = keys_of(firm)
        for row in unit.rows:
            firm.add(row)
        for key in keys_of(firm) - before:
            self._places[key].append(self.number_of(firm))

    def candidates(self, unit: Unit) -> list[Unit]:
        """Firms that share a telling key with the unit, itself left out."""
        found: set[int] = set()
        for key in keys_of(unit):
            under = self._places.get(key, ())
            if len(under) <= MOST.get(key[0], MOST_ELSE):
                found.update(under)
        return [self.firms[number] for number in sorted(found) if self.firms[number] is not unit]

    def rarity(self, counter: Counter[str], values: Iterable[str]) -> float:
        """How telling the rarest of shared values is: minus the logarithm of its share among firms."""
        return self.rarity_of(min(counter[value] for value in values))

    def rarity_of(self, firms: int) -> float:
        """How telling it is to be one of so many firms."""
        return -math.log((firms + 1) / max(FEWEST, len(self.firms)))
