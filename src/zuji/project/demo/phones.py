"""Phones as they are: clocks that are wrong, locations that are off or refused, and what each hands in. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import cos, radians
from random import Random

from zuji.core.geometry import Point, wgs84_to_gcj02

METRES_A_DEGREE = 111_195.0
FAR_AWAY_M = 9_000.0


class Locates(StrEnum):
    """What a phone says about where it is."""

    RIGHT = "right"
    GCJ02 = "gcj02"
    GCJ02_UNSAID = "gcj02_unsaid"
    VAGUE = "vague"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"


class Way(StrEnum):
    """By what a phone checks in, or tries to."""

    SCREEN = "screen"
    SHORT = "short"
    POSTER = "poster"
    GRANT = "grant"
    FORGED = "forged"
    WRONG_SHORT = "wrong_short"
    YESTERDAY = "yesterday"
    WITHDRAWN = "withdrawn"
    OLD_GRANT = "old_grant"


REFUSED_WAYS = frozenset({Way.FORGED, Way.WRONG_SHORT, Way.YESTERDAY, Way.WITHDRAWN, Way.OLD_GRANT})


@dataclass(frozen=True)
class Phone:
    """Somebody's phone, or the paper pass of somebody without one; `clock` is by how much its clock is ahead."""

    number: int
    clock: timedelta = timedelta()
    locates: Locates = Locates.RIGHT


@dataclass(frozen=True)
class Scan:
    """One scan of a code: which phone, where, when it truly was, and by what. Its number stands for the item's id."""

    number: int
    phone: Phone
    place: int
    at: datetime
    way: Way


@dataclass(frozen=True)
class Names:
    """What an item names: its id, the pass's token and the code."""

    item: str
    token: str
    code: str


def item(scan: Scan, names: Names, *, sent: datetime, fix: dict[str, object] | None) -> dict[str, object]:
    """An item as this phone hands it in; `sent` is the true time, both times are written by the phone's clock."""
    return {
        "id": names.item,
        "pass": names.token,
        "code": names.code,
        "at": (scan.at + scan.phone.clock).isoformat(),
        "sent": (sent + scan.phone.clock).isoformat(),
        "fix": fix,
    }


def fix(locates: Locates, where: Point, chance: Random) -> dict[str, object] | None:
    """A location reading of a phone that stands at a place; None where it gives none."""
    if locates is Locates.REFUSED:
        return None
    accuracy = round(chance.uniform(500, 2500) if locates is Locates.VAGUE else chance.uniform(6, 60))
    off_m = FAR_AWAY_M if locates is Locates.ELSEWHERE else abs(chance.gauss(0, 25))
    point = moved(where, off_m * chance.choice((-1, 1)), off_m * chance.uniform(-0.5, 0.5))
    if locates in (Locates.GCJ02, Locates.GCJ02_UNSAID):
        point = wgs84_to_gcj02(point)
    datum = "gcj02" if locates is Locates.GCJ02 else "wgs84"
    return {"lat": round(point.lat, 6), "lon": round(point.lon, 6), "accuracy": accuracy, "datum": datum}


def moved(point: Point, north_m: float, east_m: float) -> Point:
    """A place so many metres north and east of another; good for a few kilometres."""
    lat = point.lat + north_m / METRES_A_DEGREE
    return Point(lat, point.lon + east_m / METRES_A_DEGREE / cos(radians(point.lat)))
