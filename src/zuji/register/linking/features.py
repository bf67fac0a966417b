"""What is seen when a unit is held beside a firm: names of features with their values, for the learnt weights."""

import math
from collections.abc import Callable
from typing import NamedTuple

from zuji.register.linking.index import Index
from zuji.register.linking.likeness import (
    CLOSENESS,
    OF_ONE_FIRM,
    forms_level,
    has_tail,
    names_level,
    regions_level,
)
from zuji.register.linking.units import Unit
from zuji.register.names import Name

Feature = tuple[str, float]
Add = Callable[[Feature], None]
WEAK = {"trade": "~", "sounds_other": "≈", "looks_other": "≈", "begins": "≈", "line": "≈", "none": "≈"}
"""What is shared weighs otherwise where the name speaks against it (~: siblings) or says nothing (≈)."""
STAFF_STEPS = ((0.2, "alike"), (0.4, "near"), (0.8, "far"), (math.inf, "other"))


class NameMatch(NamedTuple):
    """The closest names of two, and how close they are; former where one of them is a former name."""

    level: str
    one: Name
    other: Name
    former: bool


class Seen(NamedTuple):
    """A unit, a firm and what the comparisons share."""

    unit: Unit
    firm: Unit
    among: Index
    match: NameMatch
    weak: str


def closest_names(unit: Unit, firm: Unit) -> NameMatch:
    """The pair of names that speaks most for one firm; former names count where no present ones are alike."""
    best = _closest(unit.names, firm.names, former=False)
    if CLOSENESS[best.level] >= CLOSENESS["same"] or not (unit.others or firm.others):
        return best
    for ours, theirs in ((unit.names, firm.others), (unit.others, firm.names)):
        if ours and theirs:
            found = _closest(ours, theirs, former=True)
            if CLOSENESS[found.level] > max(CLOSENESS[best.level], OF_ONE_FIRM):
                best = found
    return best


def _closest(ours: dict[Name, None], theirs: dict[Name, None], *, former: bool) -> NameMatch:
    best, most = None, -1.0
    for one in ours:
        for other in theirs:
            level = names_level(one, other)
            if CLOSENESS[level] > most:
                best, most = NameMatch(level, one, other, former), CLOSENESS[level]
    if best is None:
        raise ValueError("a unit without a name")
    return best


def _names(seen: Seen, add: Add) -> None:
    match, common = seen.match, seen.among.common
    add((("former:" if match.former else "name:") + match.level, 1.0))
    if CLOSENESS[match.level] < CLOSENESS["begins"]:
        return
    add(("trade_rare", seen.among.rarity(common.trades, (match.other.trade,))))
    if match.level in ("whole", "same"):
        add(("stem_rare", seen.among.rarity(common.stems, (match.other.stem,))))
    alike = ":alike" if CLOSENESS[match.level] >= CLOSENESS["sounds"] else ""
    add((f"region:{regions_level(match.one.region, match.other.region)}{alike}", 1.0))
    add((f"form:{forms_level(match.one.form, match.other.form)}", 1.0))


def shared_brands(unit: Unit, firm: Unit) -> set[str]:
    """Names by which one goes and that are the other's site or brand."""
    return _stems(unit) & firm.brands | unit.brands & (_stems(firm) | firm.brands)


def _stems(unit: Unit) -> set[str]:
    return {word for name in unit.names for word in (name.stem, name.trade) if len(word) > 1}


def _nearly_branded(unit: Unit, firm: Unit) -> bool:
    ours, theirs = _stems(unit) | unit.brands, _stems(firm) | firm.brands
    pairs = [(one, other) for one in ours for other in firm.brands] + [(one, o) for one in unit.brands for o in theirs]
    return any(has_tail(one, other) or has_tail(other, one) for one, other in pairs)


def _brands(seen: Seen, add: Add) -> None:
    if CLOSENESS[seen.match.level] >= OF_ONE_FIRM or not (seen.unit.brands or seen.firm.brands):
        return
    shared, common = shared_brands(seen.unit, seen.firm), seen.among.common
    if shared:
        add(("brand", 1.0))
        known = min(common.brands[each] + common.trades[each] for each in shared)
        add(("brand_rare", seen.among.rarity_of(known)))
    elif _nearly_branded(seen.unit, seen.firm):
        add(("brand_tail", 1.0))


def _domains(seen: Seen, add: Add) -> None:
    """A domain often spells the trade name; that helps where the names do not agree."""
    if CLOSENESS[seen.match.level] >= CLOSENESS["same"]:
        return
    for one, other in ((seen.unit, seen.firm), (seen.firm, seen.unit)):
        if one.domains:
            spelt = any(_spells(domain, name) for domain in one.domains for name in other.names)
            add((("domain" if spelt else "domain:other"), 1.0))


def _spells(domain: str, name: Name) -> bool:
    return len(name.trade) >= 2 and name.sound.replace(" ", "") in domain


def _branches(seen: Seen, add: Add) -> None:
    ours, theirs = {name.branch for name in seen.unit.names}, {name.branch for name in seen.firm.names}
    if ours & theirs:
        add((("branch:same" if ours & theirs - {""} else "branch:none"), 1.0))
    elif "" in ours:
        add(("branch:firm_has", 1.0))
    else:
        add((("branch:unit_has" if "" in theirs else "branch:other"), 1.0))


def _persons(seen: Seen, add: Add) -> None:
    ours, theirs = seen.unit.persons, seen.firm.persons
    shared = ours & theirs
    if shared:
        add((f"person{seen.weak}", 1.0))
        add((f"person_rare{seen.weak}", seen.among.rarity(seen.among.common.persons, shared)))
    else:
        add((f"person:other{seen.weak}", 1.0))


def _phones(seen: Seen, add: Add) -> None:
    ours, theirs = seen.unit.phones, seen.firm.phones
    shared = ours & theirs
    if shared:
        add((f"phone{seen.weak}", 1.0))
        add((f"phone_rare{seen.weak}", seen.among.rarity(seen.among.common.phones, shared)))
    else:
        add(("phone:other", 1.0))


def _towns(seen: Seen, add: Add) -> None:
    add((("town" if seen.unit.towns & seen.firm.towns else "town:other"), 1.0))


def _streets(seen: Seen, add: Add) -> None:
    unit, firm, common = seen.unit, seen.firm, seen.among.common
    shared = unit.streets & firm.streets
    if not shared:
        add(("street:other", 1.0))
        return
    add((f"street{seen.weak}", 1.0))
    add((f"street_rare{seen.weak}", seen.among.rarity(common.streets, shared)))
    rooms = unit.rooms & firm.rooms
    if rooms:
        add((f"room{seen.weak}", 1.0))
        add(("room_rare", seen.among.rarity(common.rooms, rooms)))
    elif unit.rooms and firm.rooms:
        add(("room:other", 1.0))


def _buildings(seen: Seen, add: Add) -> None:
    ours, theirs = seen.unit.buildings, seen.firm.buildings
    same = any(one.endswith(other) or other.endswith(one) for one in ours for other in theirs)
    add((("building" if same else "building:other"), 1.0))


def _filings(seen: Seen, add: Add) -> None:
    add((("filing" if seen.unit.filings & seen.firm.filings else "filing:other"), 1.0))


def _staff(seen: Seen, add: Add) -> None:
    apart = min(abs(math.log(one / other)) for one in seen.unit.staffs for other in seen.firm.staffs)
    add((f"staff:{next(name for most, name in STAFF_STEPS if apart < most)}", 1.0))


def _industries(seen: Seen, add: Add) -> None:
    add((("industry" if seen.unit.industries & seen.firm.industries else "industry:other"), 1.0))


def _lists(seen: Seen, add: Add) -> None:
    if seen.unit.lists & seen.firm.lists:
        # a list of filings names a firm as often as it has sites
        add((("list:filed" if seen.unit.filings else "list:again"), 1.0))


Comparison = Callable[[Seen, Add], None]
OF_ANY: tuple[Comparison, ...] = (_names, _brands, _domains, _branches, _lists)
OF_BOTH: tuple[tuple[str, Comparison], ...] = (
    ("persons", _persons),
    ("phones", _phones),
    ("towns", _towns),
    ("streets", _streets),
    ("buildings", _buildings),
    ("filings", _filings),
    ("staffs", _staff),
    ("industries", _industries),
)
"""What both must tell for a comparison to see anything, and the comparison."""


def features(unit: Unit, firm: Unit, index: Index) -> list[Feature]:
    """What is seen of the two. A unit with short names alone has weights of its own, named with a leading 's|'."""
    match = closest_names(unit, firm)
    seen = Seen(unit, firm, index, match, WEAK.get(match.level, ""))
    found: list[Feature] = [("any", 1.0)]
    add = found.append
    for compare in OF_ANY:
        compare(seen, add)
    for told, compare in OF_BOTH:
        if getattr(unit, told) and getattr(firm, told):
            compare(seen, add)
    return [("s|" + name, value) for name, value in found] if unit.is_short else found
