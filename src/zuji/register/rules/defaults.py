"""The rules that an association begins with, as data. Pure; reads the file beside the package once."""

from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).parents[1] / "data" / "rules.json"


@cache
def defaults() -> dict[str, dict[str, object]]:
    """Parameters by kind of rule."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, dict[str, object]])
