"""Towns of the district with their codes and where they lie, by the table in `data/`. Pure; reads it once."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "data" / "towns.csv"


class Town(NamedTuple):
    """A town: its code, its name, and its middle in WGS-84 degrees."""

    code: str
    name: str
    lat: float
    lon: float


@cache
def towns() -> dict[str, Town]:
    """Every town by its code, in the order of codes."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        read = [
            Town(line["code"], line["name"], float(line["lat_wgs84"]), float(line["lon_wgs84"]))
            for line in csv.DictReader(file)
        ]
    return {each.code: each for each in read}
