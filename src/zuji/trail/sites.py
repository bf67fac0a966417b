"""The district's heritage sites as public sources name them. None has surveyed coordinates."""

import csv
from functools import cache
from pathlib import Path

import msgspec

SITES_FILE = Path(__file__).parent / "data" / "sites.csv"
_COLUMNS = {"code": "id", "lat": "lat_wgs84", "lon": "lon_wgs84", "uncertainty_m": "uncert_m"}


class KnownSite(msgspec.Struct, frozen=True, rename=_COLUMNS):
    """One site; the place is a seed for a sketch, off by up to `uncertainty_m` metres."""

    code: str
    name_zh: str
    name_en: str
    short_zh: str
    seal: str
    town: str
    address: str
    lat: float
    lon: float
    uncertainty_m: int


@cache
def known_sites() -> tuple[KnownSite, ...]:
    """All of them, in the order of their codes."""
    with SITES_FILE.open(encoding="utf-8", newline="") as lines:
        return msgspec.convert(list(csv.DictReader(lines)), tuple[KnownSite, ...], strict=False)
