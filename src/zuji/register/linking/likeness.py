"""How alike two names are, in levels that the weights are learnt for."""

from functools import lru_cache
from operator import ne

from zuji.register.names import Name
from zuji.register.places import Region

CLOSENESS = {
    "whole": 11.0,
    "same": 10.0,
    "trade": 5.0,
    "trade_cut": 8.0,
    "trade_bare": 7.0,
    "tail": 6.5,
    "sounds": 6.0,
    "sounds_cut": 4.0,
    "sounds_bare": 3.0,
    "sounds_other": 1.0,
    "looks": 6.0,
    "looks_cut": 4.0,
    "looks_bare": 3.0,
    "looks_other": 1.0,
    "begins": 2.0,
    "line": 0.5,
    "none": 0.0,
}
"""By how much a level outweighs another where a firm has several names."""
OF_ONE_FIRM = 5.0
"""From here on two names can be one firm's without more."""
_TRADE = {"same": "same", "cut": "trade_cut", "bare": "trade_bare", "other": "trade"}
_ALIKE = {"same": "", "cut": "_cut", "bare": "_bare", "other": "_other"}
LONGEST_TAIL = 2


def lines_level(one: str, other: str) -> str:
    """Of two lines of business: the same, one cut short, one not told, another."""
    if one == other:
        return "same"
    if not one or not other:
        return "bare"
    return "cut" if one.endswith(other) or other.endswith(one) else "other"


@lru_cache(maxsize=1 << 18)
def names_level(one: Name, other: Name) -> str:
    """A key of CLOSENESS."""
    if not one.stem or not other.stem:
        return "none"
    if one is other:
        return "whole"
    if one.stem == other.stem:
        return "same"
    lines = lines_level(one.line, other.line)
    if one.trade == other.trade:
        return _TRADE[lines]
    slip = trades_slip(one, other)
    if slip:
        return slip + _ALIKE[lines]
    return _partial_level(one, other, lines)


def trades_slip(one: Name, other: Name) -> str:
    """'sounds' where two trade names are homophones, 'looks' where one character differs, '' otherwise."""
    if len(one.trade) != len(other.trade) or len(one.trade) < 2:
        return ""
    if one.sound == other.sound:
        return "sounds"
    differ = sum(map(ne, one.trade, other.trade))
    return "looks" if differ == 1 else ""


def _partial_level(one: Name, other: Name, lines: str) -> str:
    if has_tail(one.stem, other.trade) or has_tail(other.stem, one.trade):
        return "tail"
    for short, long in ((one, other), (other, one)):
        if not short.line and len(short.stem) >= 2 and long.trade.startswith(short.stem):
            return "begins"
    return "line" if lines == "same" and one.line else "none"


def has_tail(text: str, head: str) -> bool:
    """Whether a text is a word of two or more characters and a short tail: 云帆直播 of 云帆."""
    return len(head) >= 2 and 0 < len(text) - len(head) <= LONGEST_TAIL and text.startswith(head)


def regions_level(one: Region, other: Region) -> str:
    """Of two regions of names: not told, the same, another town, the same city, another, one wider."""
    if not any(one) or not any(other):
        return "untold"
    if one == other:
        return "same"
    if one.town and other.town and one.town != other.town:
        return "town"
    if one.city and other.city:
        return "city" if one.city == other.city else "other"
    return "other" if one.province and other.province and one.province != other.province else "wider"


def forms_level(one: str, other: str) -> str:
    """Of two forms: the same, not told, told loosely, another."""
    if one == other:
        return "same"
    if not one or not other:
        return "untold"
    loose = {one, other} <= {"公司", "有限公司", "有限责任公司"} or "公司" in (one, other)
    return "loose" if loose else "other"
