"""Why a row is where it is: what speaks for and against, with what it rests on, for a person to read."""

from collections import Counter
from collections.abc import Callable, Iterator

from zuji.register.codes import CodeKind, could_be, nearly_one, one_slip_apart
from zuji.register.linking.features import NameMatch, closest_names, shared_brands
from zuji.register.linking.index import Index
from zuji.register.linking.likeness import regions_level
from zuji.register.linking.records import Reason, Why
from zuji.register.linking.units import Unit

SHARED_BY = 5
"""From so many firms on a telephone or an address is an agent's or an office block's."""

LEVEL_SAYS = {
    "whole": Why.SAME_NAME,
    "same": Why.SAME_NAME,
    "trade_cut": Why.SAME_TRADE_NAME,
    "trade_bare": Why.SAME_TRADE_NAME,
    "tail": Why.SAME_TRADE_NAME,
    "begins": Why.SAME_TRADE_NAME,
    "trade": Why.OTHER_LINE,
    **dict.fromkeys(("sounds", "sounds_cut", "sounds_bare", "sounds_other"), Why.SOUNDS_ALIKE),
    **dict.fromkeys(("looks", "looks_cut", "looks_bare", "looks_other"), Why.LOOKS_ALIKE),
    "line": Why.OTHER_NAME,
    "none": Why.OTHER_NAME,
}
CODES_SAY: tuple[tuple[Why, CodeKind, CodeKind, Callable[[str, str], bool]], ...] = (
    (Why.SAME_CODE, CodeKind.SOUND, CodeKind.SOUND, str.__eq__),
    (Why.CODE_SLIP, CodeKind.BROKEN, CodeKind.SOUND, one_slip_apart),
    (Why.CODE_SLIP, CodeKind.SOUND, CodeKind.BROKEN, one_slip_apart),
    (Why.CODE_SLIP, CodeKind.MISTYPED, CodeKind.SOUND, nearly_one),
    (Why.CODE_COULD_BE, CodeKind.LOST, CodeKind.SOUND, could_be),
    (Why.SAME_OLD_NUMBER, CodeKind.OLD, CodeKind.OLD, str.__eq__),
    (Why.OTHER_CODE, CodeKind.SOUND, CodeKind.SOUND, str.__ne__),
)


def evidence(unit: Unit, firm: Unit, index: Index) -> tuple[Reason, ...]:
    """What two units share and in what they differ, the weightiest kinds first."""
    match = closest_names(unit, firm)
    return (
        *_codes(unit, firm),
        *_filings(unit, firm),
        *_names(match, unit, firm),
        *_brands(unit, firm),
        *_persons(unit, firm),
        *_common(unit.phones & firm.phones, index.common.phones, (Why.SAME_PHONE, Why.SHARED_PHONE)),
        *_places(unit, firm, index),
    )


def _codes(unit: Unit, firm: Unit) -> Iterator[Reason]:
    for why, ours, theirs, fits in CODES_SAY:
        pairs = [(a, b) for a in unit.codes.get(ours, ()) for b in firm.codes.get(theirs, ()) if fits(a, b)]
        if pairs:
            one, other = min(pairs)
            yield Reason(why, {"one": one, "other": other})
            return


def _filings(unit: Unit, firm: Unit) -> Iterator[Reason]:
    if shared := unit.filings & firm.filings:
        yield Reason(Why.SAME_FILING, {"filing": min(shared)})


def _names(match: NameMatch, unit: Unit, firm: Unit) -> Iterator[Reason]:
    facts = {"one": match.one.whole, "other": match.other.whole}
    yield Reason(Why.FORMER_NAME if match.former else LEVEL_SAYS[match.level], facts)
    if regions_level(match.one.region, match.other.region) in ("other", "town"):
        yield Reason(Why.OTHER_REGION, facts)
    if not {name.branch for name in unit.names} & {name.branch for name in firm.names}:
        yield Reason(Why.OTHER_BRANCH, {"one": match.one.branch, "other": match.other.branch})


def _brands(unit: Unit, firm: Unit) -> Iterator[Reason]:
    if shared := shared_brands(unit, firm):
        yield Reason(Why.SAME_BRAND, {"brand": min(shared)})


def _persons(unit: Unit, firm: Unit) -> Iterator[Reason]:
    if shared := unit.persons & firm.persons:
        yield Reason(Why.SAME_PERSON, {"person": min(shared)})
    elif unit.persons and firm.persons:
        yield Reason(Why.OTHER_PERSON, {"one": min(unit.persons), "other": min(firm.persons)})


def _common(shared: set[str], counts: Counter[str], says: tuple[Why, Why]) -> Iterator[Reason]:
    """The rarest of what is shared, and by how many firms, where that is many."""
    if shared:
        value = min(shared, key=lambda each: (counts[each], each))
        few, many = says
        yield Reason(many if counts[value] >= SHARED_BY else few, {"value": value, "firms": str(counts[value])})


def _places(unit: Unit, firm: Unit, index: Index) -> Iterator[Reason]:
    rooms, streets = unit.rooms & firm.rooms, unit.streets & firm.streets
    if rooms:
        yield from _common(rooms, index.common.rooms, (Why.SAME_ROOM, Why.SHARED_ADDRESS))
    elif streets:
        yield from _common(streets, index.common.streets, (Why.SAME_STREET, Why.SHARED_ADDRESS))
    elif shared := unit.buildings & firm.buildings:
        yield Reason(Why.SAME_BUILDING, {"value": min(shared)})
    if unit.towns and firm.towns:
        same = unit.towns & firm.towns
        if same:
            yield Reason(Why.SAME_TOWN, {"town": min(same)})
        else:
            yield Reason(Why.OTHER_TOWN, {"one": min(unit.towns), "other": min(firm.towns)})
