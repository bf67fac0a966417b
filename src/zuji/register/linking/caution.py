"""Kinds of evidence by which no link is sure at the usual odds, as what is learnt of many pairs says little of them.

A branch is another firm than its parent, and names of two regions are two firms', however much else they share. Names
alone, with no person, telephone, place or filing in common, fit firms that no list here has as well.
"""

from zuji.register.linking.clues import codes_say
from zuji.register.linking.features import closest_names
from zuji.register.linking.likeness import CLOSENESS, OF_ONE_FIRM, regions_level
from zuji.register.linking.units import Unit

NAMES_ALONE, NAMES_IN_ONE_LIST, OTHER_BRANCH, OTHER_REGION = 1.7, 3.5, 4.5, 8.0
"""Log odds that are wanted."""
PLAIN, CODE_ALONE = 0.0, 12.0
TOLD = ("persons", "phones", "towns", "streets", "filings")


def wanted_of(unit: Unit, firm: Unit) -> float:
    """The log odds from which a link of these two is sure by its kind; a code that fits outweighs most."""
    match = closest_names(unit, firm)
    if codes_say(unit, firm) > 0:
        unlike = CLOSENESS[match.level] < OF_ONE_FIRM and share_nothing(unit, firm)
        return CODE_ALONE if unlike else PLAIN
    if regions_level(match.one.region, match.other.region) in ("other", "town") and not match.former:
        return OTHER_REGION
    if not {name.branch for name in unit.names} & {name.branch for name in firm.names}:
        return OTHER_BRANCH
    if _share(unit, firm):
        return PLAIN
    # an office writes a firm once, and its sister firms by as short a name
    return NAMES_IN_ONE_LIST if unit.is_short and unit.lists & firm.lists else NAMES_ALONE


def share_nothing(unit: Unit, firm: Unit) -> bool:
    """Whether nothing that both tell agrees, in more than one thing."""
    told = [(getattr(unit, each), getattr(firm, each)) for each in TOLD]
    both = [bool(ours & theirs) for ours, theirs in told if ours and theirs]
    return len(both) > 1 and not any(both)


def _share(unit: Unit, firm: Unit) -> bool:
    return bool(
        unit.persons & firm.persons
        or unit.phones & firm.phones
        or unit.streets & firm.streets
        or unit.buildings & firm.buildings
        or unit.filings & firm.filings
    )
