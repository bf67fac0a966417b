"""Distances and the shift between WGS-84 and GCJ-02. Pure: degrees in, metres or degrees out."""

from math import asin, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8
_KRASOVSKY_A = 6_378_245.0
_KRASOVSKY_EE = 0.00669342162296594323
_INVERSION_ROUNDS = 8


class Point(NamedTuple):
    """A place in degrees; which datum is said by whoever holds it, WGS-84 inside the house."""

    lat: float
    lon: float


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine, mean radius)."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.lon - a.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def _shift(point: Point) -> Point:
    """How far GCJ-02 lies from WGS-84 at this place, in degrees."""
    x, y = point.lon - 105.0, point.lat - 35.0
    ripple = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += ripple + (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += ripple + (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    lat = radians(point.lat)
    flattening = 1 - _KRASOVSKY_EE * sin(lat) ** 2
    meridian = _KRASOVSKY_A * (1 - _KRASOVSKY_EE) / flattening**1.5
    parallel = _KRASOVSKY_A / sqrt(flattening) * cos(lat)
    return Point(north * 180 / (meridian * pi), east * 180 / (parallel * pi))


def in_gcj02_area(point: Point) -> bool:
    """Whether GCJ-02 is defined there; elsewhere both frames are the same."""
    return 0.8293 <= point.lat <= 55.8271 and 72.004 <= point.lon <= 137.8347


def wgs84_to_gcj02(point: Point) -> Point:
    """The same place as Chinese maps and WeChat state it."""
    if not in_gcj02_area(point):
        return point
    shift = _shift(point)
    return Point(point.lat + shift.lat, point.lon + shift.lon)


def gcj02_to_wgs84(point: Point) -> Point:
    """The WGS-84 place whose GCJ-02 image is `point`, by iteration, to well under a millimetre."""
    if not in_gcj02_area(point):
        return point
    guess = point
    for _ in range(_INVERSION_ROUNDS):
        image = wgs84_to_gcj02(guess)
        miss = Point(point.lat - image.lat, point.lon - image.lon)
        guess = Point(guess.lat + miss.lat, guess.lon + miss.lon)
        if hypot(*miss) < 1e-10:
            break
    return guess
