"""Sound codes on wrong rows: a parent's or a sibling's code where the name is another firm's.

A code is strong evidence, not proof. Where a row's name agrees with no other row of its code, the row is weighed
without its code against all other firms; it leaves only if one of them, or none, outweighs its cluster and the code.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from zuji.register.codes import NO_CODE, CodeKind
from zuji.register.linking.caution import share_nothing
from zuji.register.linking.likeness import CLOSENESS, OF_ONE_FIRM, names_level
from zuji.register.linking.placing import CAP, Placer
from zuji.register.linking.records import Key
from zuji.register.linking.rows import Row
from zuji.register.linking.units import Unit
from zuji.register.names import Name

CODE_WEIGHS = 3.0
"""What a code that stands on the row says for its cluster against the evidence of all else, in log odds."""
UNLIKE = 4.5
"""What it weighs against a code that its rows have nothing in common; such pairs are never weighed else, nor learnt."""
SUSPECT = OF_ONE_FIRM
"""Names less alike than this, or only as alike as siblings' are, make a row suspect."""


def suspects(firm: Unit) -> list[Row]:
    """Rows of a code whose names agree with no other row's of it, former names counted."""
    if len(firm.names) < 2:
        return []
    return [row for row in firm.rows if not any(_agree(row, other) for other in firm.rows if other is not row)]


def _agree(one: Row, other: Row) -> bool:
    same_branch = one.name.branch == other.name.branch
    pairs = [(mine, theirs) for mine in (one.name, *one.others) for theirs in (other.name, *other.others)]
    return same_branch and any(_alike(mine, theirs) for mine, theirs in pairs)


def _alike(one: Name, other: Name) -> bool:
    closeness = CLOSENESS[names_level(one, other)]
    # a short name leaves its line out or cuts it, which says nothing against the code
    return closeness > SUSPECT or (closeness == SUSPECT and not (one.is_full and other.is_full))


def strays(firms: Iterable[Unit], placer: Placer) -> dict[Key, str]:
    """The codes of rows that are another firm's, by row; what a person joined is left alone."""
    found: dict[Key, str] = {}
    for firm in firms:
        out = [
            row for row in suspects(firm) if row.key not in placer.rulings.joined and _is_elsewhere(row, firm, placer)
        ]
        if len(out) == len(firm.rows):
            out = [max(out, key=lambda row: _elsewhere(row, firm, placer))]
        found.update({row.key: row.code.text for row in out if row.code.kind == CodeKind.SOUND})
    return found


def without_strays(
    firms: Sequence[Unit], units: Sequence[Unit], stray: Collection[Key]
) -> tuple[list[Unit], list[Unit]]:
    """Firms without the rows that are not theirs, and the units with them, their codes forgotten."""
    kept, out = [], []
    for firm in firms:
        away = [row for row in firm.rows if row.key in stray]
        out += [Unit([replace(row, code=NO_CODE)]) for row in away]
        kept.append(Unit(row for row in firm.rows if row.key not in stray) if away else firm)
    return kept, [*units, *out]


def _is_elsewhere(row: Row, firm: Unit, placer: Placer) -> bool:
    return max(_elsewhere(row, firm, placer), 0.0) > _own(row, firm, placer) + CODE_WEIGHS


def _own(row: Row, firm: Unit, placer: Placer) -> float:
    unit, rest = Unit([row]).without_code(), Unit([each for each in firm.rows if each is not row])
    return placer.score(unit, rest) - (UNLIKE if share_nothing(unit, rest) else 0.0)


def _elsewhere(row: Row, firm: Unit, placer: Placer) -> float:
    """What the best other firm says for itself, as if the row had no code."""
    unit = Unit([row]).without_code()
    others = (other for other in placer.index.candidates(unit) if other is not firm)
    return max((placer.score(unit, other) for other in others), default=-CAP)
