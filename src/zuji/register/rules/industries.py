"""Which industry codes (GB/T 4754-2017) belong to the Internet. Pure; reads the table beside the package once."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parents[1] / "data" / "gbt4754_2017_internet.tsv"
# a section's letter may stand before the digits
_DIGITS = re.compile(r"[A-T]?(\d{2,4})")


class Industry(NamedTuple):
    """A line of the table: the code as it stands there, its name, and its group (core, related, telecom)."""

    code: str
    name: str
    group: str


@cache
def table() -> dict[str, Industry]:
    """The table by code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t")
        return {line["code"]: Industry(line["code"], line["name"], line["group"]) for line in lines}


@cache
def industry_of(code: str) -> Industry | None:
    """The narrowest line of the table that a code falls under; None where it is none of the Internet's."""
    if (read := _DIGITS.fullmatch(code.strip().upper())) is None:
        return None
    known, digits = table(), read[1]
    narrowing = (digits[:length] for length in range(len(digits), 1, -1))
    return next((known[each] for each in narrowing if each in known), None)
