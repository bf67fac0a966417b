"""Towns of the district: a schematic map by where they lie, and the same as a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from zuji.console.pages import Desk, desk, entry_page, show
from zuji.console.views.register.firms import UNKNOWN
from zuji.console.views.register.words import town_named
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.register.access import visible_cards
from zuji.register.enums import Answer
from zuji.register.queries import counts_by_town
from zuji.register.towns import Town
from zuji.register.towns import towns as known_towns

ACROSS: Final = 6
DOWN: Final = 4
"""Steps between the outermost towns: so coarse that each gets a tile of its own, so fine that neighbours stay so."""
COUNTED: Final[dict[str, dict[str, str]]] = {
    "firms": {},
    "counted": {"counted": Answer.YES},
    "three_haves": {"counted": Answer.YES, "three_haves": Answer.YES},
    "not_known": {"counted": Answer.YES, "three_haves": Answer.UNKNOWN},
    "key": {"counted": Answer.YES, "key": Answer.YES},
}
"""What is counted, and by which filters of the list."""
SHADES: Final = 4
FIRST: Final = "firms"


class Place(NamedTuple):
    """A town's tile: column and row from 1."""

    town: Town
    column: int
    row: int


class Number(NamedTuple):
    """A count, and where what it counts is listed."""

    key: str
    value: int
    url: str


@dataclass(frozen=True)
class Tile:
    """A town as the page shows it: its name in full and in short, its numbers, its tile, and how dark that is."""

    name: str
    short: str
    numbers: list[Number]
    told: Number
    place: Place | None
    shade: int


def laid(towns: Sequence[Town]) -> list[Place]:
    """Each town on a grid by its coordinates; where two would share a tile, the eastern one moves on."""
    north, south = max(each.lat for each in towns), min(each.lat for each in towns)
    west, east = min(each.lon for each in towns), max(each.lon for each in towns)
    tall, broad = (north - south) / DOWN or 1, (east - west) / ACROSS or 1
    taken: dict[int, int] = {}
    places = []
    for town in sorted(towns, key=lambda each: each.lon):
        row = round((north - town.lat) / tall) + 1
        column = max(round((town.lon - west) / broad) + 1, taken.get(row, 0) + 1)
        taken[row] = column
        places.append(Place(town, column, row))
    return places


@needs(Right.SEE_REGISTER)
def towns(request: HttpRequest) -> HttpResponse:
    """How many firms are where."""
    of = request.GET.get("of", "")
    of = of if of in COUNTED else FIRST
    tiles = tiles_of(desk(request), of)
    return show(
        request,
        "console/register/towns.html",
        entry_page("register", "towns"),
        tiles=[tile for tile in tiles if tile.place],
        rows=tiles,
        totals=[(key, sum(tile.numbers[at].value for tile in tiles)) for at, key in enumerate(COUNTED)],
        kinds=[(key, key == of) for key in COUNTED],
        of=of,
    )


def tiles_of(at_desk: Desk, of: str) -> list[Tile]:
    """Every town of the district with its numbers, and firms of which nobody knows the town, if there are any."""
    counts = _counts(at_desk)
    most = max((row[of] for row in counts.values()), default=0)
    tiles = [_tile(each.town.code, counts, of, most, each) for each in laid(tuple(known_towns().values()))]
    known = {tile.place.town.code for tile in tiles if tile.place}
    rest = [_tile(code, counts, of, most, None) for code in sorted(counts) if code not in known]
    return [*sorted(tiles, key=lambda tile: -tile.told.value), *rest]


def _counts(at_desk: Desk) -> dict[str, dict[str, int]]:
    counted = counts_by_town(visible_cards(at_desk.account, at=at_desk.at))
    return {each.town: {key: getattr(each, key) for key in COUNTED} for each in counted}


def _tile(code: str, counts: dict[str, dict[str, int]], of: str, most: int, place: Place | None) -> Tile:
    row = counts.get(code, dict.fromkeys(COUNTED, 0))
    numbers = [Number(key, row[key], _listed(code, key)) for key in COUNTED]
    told = next(each for each in numbers if each.key == of)
    shade = -(-told.value * SHADES // most) if most else 0
    name = town_named(code)
    return Tile(name, name.removesuffix("街道").removesuffix("镇"), numbers, told, place, shade)


def _listed(code: str, key: str) -> str:
    query = {"town": code or UNKNOWN, **{name: str(value) for name, value in COUNTED[key].items()}}
    return f"{reverse('console:firms')}?{urlencode(query)}"
