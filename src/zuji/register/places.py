"""Where a firm says it is: regions in names, towns, addresses taken apart. Texts come folded by `names.fold`."""

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
DISTRICT, CITY = "番禺", "广州"
SPELLINGS = {"碁": "基", "塱": "朗", "沙湾北村": "沙北"}
"""What is written in more than one way → the way by which we compare."""


class Region(NamedTuple):
    """The region of a name; '' where it does not say."""

    province: str
    city: str
    district: str
    town: str


class Address(NamedTuple):
    """An address taken apart; '' where it does not say. The street carries its number."""

    town: str
    street: str
    building: str
    room: str


NOWHERE = Region("", "", "", "")
NO_ADDRESS = Address("", "", "", "")


def one_spelling(text: str) -> str:
    """The text with characters that stand for one another brought to one."""
    for written, kept in SPELLINGS.items():
        text = text.replace(written, kept)
    return text


def _names(file: str, *kinds: str) -> tuple[str, ...]:
    with (DATA / file).open(encoding="utf-8") as rows:
        return tuple(row["name"] for row in csv.DictReader(rows) if not kinds or row["kind"] in kinds)


PROVINCES = _names("regions.csv", "province")
CITIES = _names("regions.csv", "city", "municipality")
TOWNS = tuple(one_spelling(re.sub("(街道|镇)$", "", name)) for name in _names("towns.csv"))
VILLAGES = tuple(
    sorted(
        {one_spelling(re.sub("(社区)?(居民|村民)?(委员会|居委会)$", "", name)) for name in _names("villages.csv")},
        key=lambda name: (-len(name), name),
    )
)
_TOWN = "|".join(sorted(TOWNS, key=len, reverse=True)).replace("基", "[基碁]")
_CITY = "|".join(sorted(CITIES, key=len, reverse=True))
_SOME_CITY = "[一-鿿]{2,3}(?<![超门夜早股集花菜])(?=市[^场政民区中桥头井集值])"
"""A city that no list here has: 江阴市…, but not 佳美超市…, 江城市政… or 美联市桥店."""
_IN_ADDRESS = re.compile(rf"({_TOWN})(街道|街|镇)?")
_HEAD = re.compile(
    rf"^(?:中国)?(?:(?P<province>{'|'.join(PROVINCES)})省?)?(?:(?P<city>{_CITY}|{_SOME_CITY})市?)?"
    rf"(?:(?P<district>{DISTRICT}|[一-鿿]{{2}}(?=区))区?(?:(?P<town>{_TOWN})(?:街道|街|镇)?)?|(?P<alone>{_TOWN})(?:街道|街|镇))?"
)
_STREET = re.compile(r"([一-鿿]{1,5}(?:大道|路|巷|街|道)[东南西北中]?)(\d+)号?")
_ROOM = re.compile(r"(\d{3,4})(?:室|房|号房|之\d+|自编)*$")


@lru_cache(maxsize=1 << 16)
def leading_region(text: str) -> tuple[Region, int]:
    """The region that a text begins with, and how many characters it takes."""
    found = _HEAD.match(text)
    if not found or not found.end():
        return NOWHERE, 0
    town = one_spelling(found["town"] or found["alone"] or "")
    district = found["district"] or (DISTRICT if town else "")
    return _in_full(Region(found["province"] or "", found["city"] or "", district, town)), found.end()


def _in_full(region: Region) -> Region:
    return region._replace(city=CITY) if region.district == DISTRICT and not region.city else region


def town_of(text: str) -> str:
    """The town that a text names, without 街道 or 镇, '' where none."""
    found = _IN_ADDRESS.search(text)
    return one_spelling(found[1]) if found else ""


@lru_cache(maxsize=1 << 17)
def read_address(text: str) -> Address:
    """The parts of an address; a building's name alone is an address too."""
    if not text:
        return NO_ADDRESS
    plain = one_spelling(text)
    town = town_of(plain)
    # after the town first, whose 街道 would pass for the beginning of a street
    inside = _IN_ADDRESS.search(plain)
    found = (inside and _STREET.search(plain, inside.end())) or _STREET.search(plain)
    rest = plain[found.end() :] if found else _after_town(plain, town)
    street = found[1][-4:] + found[2] if found else ""
    room = _ROOM.search(rest)
    building = rest[: room.start()] if room else rest
    return Address(town, street, building, room[1] if room else "")


def _after_town(text: str, town: str) -> str:
    _, end = leading_region(text)
    rest = text[end:]
    return rest.split(town, 1)[1].removeprefix("街道").removeprefix("镇") if town and town in rest else rest
