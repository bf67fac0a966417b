"""One firm under two sound codes: one of them was mistyped and passes the check, or the firm was registered anew.

Registered names are unique within a region. So a row whose code no other row has, under the very name of another firm
whose code is near, has that firm's code with slips in it. Where the codes are not near, a person is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from zuji.register.codes import Code, CodeKind, nearly_one
from zuji.register.linking.likeness import names_level, regions_level
from zuji.register.linking.rows import Row
from zuji.register.linking.rulings import Rulings
from zuji.register.linking.units import Unit


def without_mistyped(firms: Sequence[Unit], units: Sequence[Unit], rulings: Rulings) -> tuple[list[Unit], list[Unit]]:
    """Firms without those that are another's mistyped code, and the units with them."""
    twins = {
        id(small): small
        for small, large in _pairs(firms)
        if nearly_one(small.rows[0].code.text, large.rows[0].code.text) and not _ruled(small, large, rulings)
    }
    out = [Unit([_mistyped(unit)]) for unit in twins.values()]
    return [firm for firm in firms if id(firm) not in twins], [*units, *out]


def _mistyped(unit: Unit) -> Row:
    row = unit.rows[0]
    return replace(row, code=Code(CodeKind.MISTYPED, row.code.text))


def namesakes(firms: Iterable[Unit]) -> list[Unit]:
    """Firms of one row whose name another firm has too, that may be this one registered anew."""
    return list({id(small): small for small, _ in _pairs(firms)}.values())


def _pairs(firms: Iterable[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Coded firms of one row, each with any firm of its name that has more rows or comes before it."""
    by_stem: dict[str, list[Unit]] = defaultdict(list)
    for firm in firms:
        if CodeKind.SOUND in firm.codes:
            for stem in {name.stem for name in firm.names if name.is_full}:
                by_stem[stem].append(firm)
    for group in by_stem.values():
        ordered = sorted(group, key=lambda firm: (-len(firm.rows), firm.key))
        for at, small in enumerate(ordered):
            if len(small.rows) == 1:
                yield from ((small, large) for large in ordered[:at] if _one_name(small, large))


def _one_name(small: Unit, large: Unit) -> bool:
    name = small.rows[0].name
    return any(
        names_level(name, other) in ("whole", "same")
        and name.branch == other.branch
        and regions_level(name.region, other.region) not in ("other", "town", "wider")
        for other in large.names
    )


def _ruled(small: Unit, large: Unit, rulings: Rulings) -> bool:
    ours, theirs = [row.key for row in small.rows], [row.key for row in large.rows]
    return any(key in rulings.joined for key in ours) or rulings.forbid(ours, theirs)
