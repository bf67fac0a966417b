"""What is one from the start: rows with one sound code, rows of one filing with like names, what a person joined."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from zuji.register.codes import CodeKind
from zuji.register.linking.likeness import CLOSENESS, names_level
from zuji.register.linking.records import Key
from zuji.register.linking.rows import Row
from zuji.register.linking.rulings import Rulings
from zuji.register.linking.units import Unit

LIKE_IN_A_FILING = 3.0
"""Names under one filing number that are at least so close are one firm's."""


def group(rows: Sequence[Row], rulings: Rulings) -> tuple[list[Unit], list[Unit]]:
    """Firms known by a sound code, and the other units."""
    firms: list[Unit] = []
    rest: list[Unit] = []
    by_code: dict[str, list[Row]] = defaultdict(list)
    without: list[Row] = []
    for together in _joined(rows, rulings):
        codes = _codes(together)
        if codes:
            by_code[codes[0]] += together
        elif len(together) > 1:
            rest.append(Unit(together))
        else:
            without += together
    for members in by_code.values():
        firms += _kept_apart(members, rulings)
    return firms, rest + list(_by_filing(without, rulings))


def _joined(rows: Sequence[Row], rulings: Rulings) -> list[list[Row]]:
    """Rows by what a person joined; all rows with a code that such rows carry go with them."""
    groups: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[rulings.root(row.key)].append(row)
    carrier: dict[str, Key] = {}
    for root in sorted(groups, key=lambda key: (key not in rulings.joined, key)):
        for code in _codes(groups[root]):
            first = carrier.get(code)
            if first is None and root in rulings.joined:
                carrier[code] = root
            elif first not in (None, root) and not _forbidden(groups[root], groups[first], rulings):
                groups[first] += groups[root]
                groups[root] = groups[first]
    return list({id(together): together for together in groups.values()}.values())


def _codes(rows: Iterable[Row]) -> list[str]:
    return sorted({row.code.text for row in rows if row.code.kind == CodeKind.SOUND})


def _kept_apart(rows: list[Row], rulings: Rulings) -> list[Unit]:
    """One unit, or more where a person said that some of these are different."""
    units: list[Unit] = []
    if not _forbidden(rows, rows, rulings):
        return [Unit(rows)]
    for row in rows:
        allowed = [unit for unit in units if not _forbidden([row], unit.rows, rulings)]
        joined = next(
            (unit for unit in allowed if any(rulings.same_root(each.key, row.key) for each in unit.rows)), None
        )
        home = joined or max(allowed, key=lambda unit: _closeness(row, unit), default=None)
        if home:
            home.add(row)
        else:
            units.append(Unit([row]))
    return units


def _closeness(row: Row, unit: Unit) -> float:
    return max(CLOSENESS[names_level(row.name, name)] for name in unit.names)


def _by_filing(rows: Iterable[Row], rulings: Rulings) -> Iterable[Unit]:
    by_number: dict[str, list[Unit]] = defaultdict(list)
    for row in rows:
        units = by_number[row.filing] if row.filing else []
        home = next((unit for unit in units if _fits(row, unit) and not _forbidden([row], unit.rows, rulings)), None)
        if home:
            home.add(row)
            continue
        unit = Unit([row])
        units.append(unit)
        if not row.filing:
            yield unit
    for units in by_number.values():
        yield from units


def _fits(row: Row, unit: Unit) -> bool:
    return any(
        row.name.branch == name.branch and CLOSENESS[names_level(row.name, name)] >= LIKE_IN_A_FILING
        for name in unit.names
    )


def _forbidden(ours: Iterable[Row], theirs: Iterable[Row], rulings: Rulings) -> bool:
    return rulings.forbid([row.key for row in ours], [row.key for row in theirs])
