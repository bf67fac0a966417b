"""How strong the evidence of a check-in is. Pure, total, and independent of every other check-in."""

from bisect import bisect_left
from functools import cache
from math import isfinite
from typing import Final, NamedTuple

import msgspec

from zuji.checkin.enums import (
    AccuracyBand,
    CoordStatus,
    Datum,
    DistanceBand,
    Evidence,
    Fence,
    Grade,
    Reason,
)
from zuji.checkin.times import Times
from zuji.core.geometry import Point, distance_m, gcj02_to_wgs84

VAGUE_OVER_M = 300.0
ALLOWANCE_AT_MOST_M = 100.0
RADIUS_M = 150


class Place(NamedTuple):
    """Where a checkpoint is, in WGS-84; no point where nobody has entered one."""

    point: Point | None
    radius_m: float
    status: CoordStatus


class Fix(msgspec.Struct, frozen=True, gc=False):
    """One location reading of a phone: degrees in its datum, accuracy in metres."""

    lat: float
    lon: float
    accuracy: float
    datum: Datum = Datum.WGS84


class Sighting(NamedTuple):
    """What is kept of a fix after judging it; never the place itself."""

    fence: Fence
    distance: DistanceBand
    accuracy: AccuracyBand
    reason: Reason | None


class Judgement(NamedTuple):
    """The grade, why, and what is kept of where."""

    grade: Grade
    reasons: tuple[Reason, ...]
    fence: Fence
    distance: DistanceBand
    accuracy: AccuracyBand


_DISTANCES_TO_M: Final = (50.0, 150.0, 500.0, 2000.0)
_DISTANCES: Final = tuple(band for band in DistanceBand if band is not DistanceBand.NONE)
_ACCURACIES_TO_M: Final = (20.0, 100.0, VAGUE_OVER_M)
_ACCURACIES: Final = tuple(band for band in AccuracyBand if band is not AccuracyBand.NONE)

_SEEN: Final = {Fence.INSIDE: Grade.A, Fence.NONE: Grade.B, Fence.OUTSIDE: Grade.D}
_SEEN_LATE: Final = {Fence.INSIDE: Grade.B, Fence.NONE: Grade.B, Fence.OUTSIDE: Grade.D}
_KNOWN: Final = {Fence.INSIDE: Grade.B, Fence.NONE: Grade.C, Fence.OUTSIDE: Grade.D}
_TOLD: Final = dict.fromkeys(Fence, Grade.D)

# evidence → (grades in time, grades when late)
_GRADES: Final = {
    Evidence.SCREEN: (_SEEN, _SEEN_LATE),
    Evidence.GRANT: (_SEEN, _SEEN),
    Evidence.POSTER: (_KNOWN, _KNOWN),
    Evidence.SHORT: (_KNOWN, _KNOWN),
    Evidence.ROLL: (_TOLD, _TOLD),
}


def judge(place: Place, evidence: Evidence, fix: Fix | None, times: Times) -> Judgement:
    """Grade one check-in by the table of the protocol.

    >>> from zuji.checkin.enums import TimeSource
    >>> nowhere = Place(None, RADIUS_M, CoordStatus.UNVERIFIED)
    >>> judge(nowhere, Evidence.SCREEN, None, Times(0, False, False, TimeSource.STEP)).grade
    <Grade.B: 'B'>
    """
    seen = sight(place, fix)
    grade = _GRADES[evidence][times.late][seen.fence]
    return Judgement(
        grade, _reasons(evidence, seen.reason, times.late, times.about), seen.fence, seen.distance, seen.accuracy
    )


def sight(place: Place, fix: Fix | None) -> Sighting:
    """What a fix says about a place: inside, outside, or nothing, and then why."""
    if fix is None:
        return Sighting(Fence.NONE, DistanceBand.NONE, AccuracyBand.NONE, Reason.NO_FIX)
    accuracy = _accuracy_band(fix.accuracy)
    if place.point is None or place.status is not CoordStatus.CONFIRMED:
        not_judged = place.status is CoordStatus.NOT_JUDGED
        why = Reason.LOCATION_NOT_JUDGED if not_judged else Reason.UNVERIFIED_LOCATION
        return Sighting(Fence.NONE, DistanceBand.NONE, accuracy, why)
    if accuracy is AccuracyBand.OVER_300 or not (isfinite(fix.lat) and isfinite(fix.lon)):
        return Sighting(Fence.NONE, DistanceBand.NONE, accuracy, Reason.VAGUE_FIX)
    return _sight_fence(place.point, place.radius_m, fix, accuracy)


def _sight_fence(centre: Point, radius_m: float, fix: Fix, accuracy: AccuracyBand) -> Sighting:
    stated = Point(fix.lat, fix.lon)
    reach_m = radius_m + min(fix.accuracy, ALLOWANCE_AT_MOST_M)
    away = distance_m(centre, gcj02_to_wgs84(stated) if fix.datum is Datum.GCJ02 else stated)
    if away <= reach_m:
        return Sighting(Fence.INSIDE, _distance_band(away), accuracy, None)
    if fix.datum is Datum.WGS84 and distance_m(centre, gcj02_to_wgs84(stated)) <= reach_m:
        return Sighting(Fence.NONE, DistanceBand.NONE, accuracy, Reason.GCJ02_SUSPECTED)
    return Sighting(Fence.OUTSIDE, _distance_band(away), accuracy, Reason.OUTSIDE)


def _distance_band(metres: float) -> DistanceBand:
    return _DISTANCES[bisect_left(_DISTANCES_TO_M, metres)]


def _accuracy_band(metres: float) -> AccuracyBand:
    return _ACCURACIES[bisect_left(_ACCURACIES_TO_M, metres)] if metres == metres else AccuracyBand.OVER_300


@cache
def _reasons(evidence: Evidence, of_place: Reason | None, late: bool, about: bool) -> tuple[Reason, ...]:
    of_roll = Reason.ROLL if evidence is Evidence.ROLL else None
    of_late = Reason.LATE if late else None
    of_clock = Reason.ABOUT if about else None
    # a roll is no scan: that it brings no fix says nothing
    found = (of_roll, of_late, of_clock, None if of_roll else of_place)
    return tuple(reason for reason in found if reason is not None)
