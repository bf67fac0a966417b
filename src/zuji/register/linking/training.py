"""Labels for free: rows that carry a sound code, which is hidden, and whose firm is known by it.

Lists of offices hardly have codes, so rows of other lists are also written as an office would write them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

from zuji.register.codes import NO_CODE
from zuji.register.linking.features import features
from zuji.register.linking.index import Index
from zuji.register.linking.logit import Choice
from zuji.register.linking.records import Key
from zuji.register.linking.rows import Row
from zuji.register.linking.units import Unit
from zuji.register.names import Name, Parser

MOST_OF_A_LIST = 1_500
"""Units of one list that are learnt from; more change little."""
ALONE_SHARE = 1.0
"""Of units that are their firm's only rows, how many teach that none may fit."""
SHORTENED_OF_A_LIST = 700
SHORTENED_ALONE = 0.2
WORKS_ELSEWHERE = 0.15
"""Of firms, how many an office finds at another place than they are registered at."""


class Part(NamedTuple):
    """A firm's rows on one list under one filing, and its other rows."""

    firm: Unit
    rows: list[Row]
    others: list[Row]


def _parts(firms: Sequence[Unit]) -> dict[str, list[Part]]:
    """By list; only firms that have a sound code."""
    found: dict[str, list[Part]] = defaultdict(list)
    for firm in firms:
        by_place: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in firm.rows:
            by_place[row.key.list, row.filing].append(row)
        for (name, _), rows in sorted(by_place.items()):
            found[name].append(_part(firm, rows))
            if len(rows) > 1:
                # one site of a filing without the code that another site has
                found[name].append(_part(firm, rows[:1]))
    return found


def _part(firm: Unit, rows: list[Row]) -> Part:
    taken = {row.key for row in rows}
    return Part(firm, rows, [row for row in firm.rows if row.key not in taken])


def choices(firms: Sequence[Unit], index: Index, parser: Parser, short: Sequence[Row]) -> Iterator[Choice]:
    """What to learn from: a sample of each list, and shortened ones where there are rows with short names."""
    random = Random(1)  # noqa: S311 - a sample, the same each time
    for _, parts in sorted(_parts(firms).items()):
        sample = random.sample(parts, min(MOST_OF_A_LIST, len(parts)))
        for part in sample:
            if part.others or random.random() < ALONE_SHARE:
                yield _choice(part, index)
        if short:
            writer = Writer(random, parser, short)
            full = [part for part in parts if part.rows[0].name.is_full]
            for part in random.sample(full, min(SHORTENED_OF_A_LIST, len(full))):
                if part.others or random.random() < SHORTENED_ALONE:
                    yield _choice(part._replace(rows=[writer.shortened(part)]), index)


def _choice(part: Part, index: Index) -> Choice:
    unit = Unit(part.rows).without_code()
    rest = Unit(part.others) if part.others else None
    alternatives, chosen = [], None
    for candidate in index.candidates(unit):
        if candidate is not part.firm:
            alternatives.append(features(unit, candidate, index))
        elif rest:
            chosen = len(alternatives)
            alternatives.append(features(unit, rest, index))
    return Choice(alternatives, chosen, unit.is_short)


class Writer:
    """Writes rows as an office does: a short name, perhaps another person, a building in place of the address."""

    def __init__(self, random: Random, parser: Parser, short: Sequence[Row]) -> None:
        self.random, self.parser = random, parser
        self.persons = [row.persons for row in short if row.persons] or [()]
        self.tails = _tails(short) or [""]
        self.places = [row for row in short if row.town]
        self.lists = sorted({row.key.list for row in short})

    def shortened(self, part: Part) -> Row:
        row, brands = part.rows[0], sorted({each.brand for each in part.others if each.brand})
        by_brand = bool(brands) and self._often(0.2)
        text = self.random.choice(brands) if by_brand else self._short_name(row.name)
        keeps_branch = self._often(0.7)
        branch = row.name.branch if keeps_branch and text != row.name.whole else ""
        if self.places and self._often(WORKS_ELSEWHERE):
            place = self.random.choice(self.places)
            row = replace(row, town=place.town, street=place.street, building=place.building)
        return replace(
            row,
            key=Key(self.lists[0], row.key.row),
            code=NO_CODE,
            name=self.parser.parse(text + branch),
            others=(),
            brand="",
            industry="",
            filing="",
            persons=self.random.choice(self.persons) if self._often(0.7) else row.persons,
            phones=() if self._often(0.4) else (f"?{row.key.row}",) if self._often(0.2) else row.phones,
            town="" if self._often(0.1) else row.town,
            street="" if self._often(0.6) or row.building else row.street,
            building="" if self._often(0.3) else row.building,
            room="",
        )

    def _often(self, share: float) -> bool:
        return self.random.random() < share

    def _short_name(self, name: Name) -> str:
        region = name.region.city or name.region.province
        ways = (
            (0.40, name.trade),
            (0.50, name.trade + self.random.choice(self.tails)),
            (0.65, name.stem),
            (0.75, name.trade + (name.line[2:] or name.line)),
            (0.85, region + name.trade),
            (1.00, name.whole),
        )
        drawn = self.random.random()
        return next(text for share, text in ways if drawn < share)


def _tails(short: Sequence[Row]) -> list[str]:
    """Words with which short names end, as they stand there."""
    return [row.name.line for row in short if 0 < len(row.name.line) <= 2 and not row.name.form]
