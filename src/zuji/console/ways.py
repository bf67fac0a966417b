"""The way of a trail as pages show it: stops in order with their legs and checkpoints, now or as they were."""

from dataclasses import dataclass
from datetime import datetime

from zuji.checkin.enums import CoordStatus
from zuji.checkin.models import Checkpoint
from zuji.console.blocks.history import as_they_were
from zuji.trail.models import Leg, Stop, Trail
from zuji.trail.queries import stops_of

SHAPES = {CoordStatus.CONFIRMED: "yes", CoordStatus.NOT_JUDGED: "same", CoordStatus.UNVERIFIED: "wait"}


@dataclass(frozen=True)
class Place:
    """A stop with the leg to it and its checkpoints, each with the shape of its location's state.

    `is_first`: it is the first stop at its site, where the site's halls are told.
    """

    stop: Stop
    leg: Leg | None
    checkpoints: list[tuple[Checkpoint, str]]
    is_first: bool

    @property
    def is_unready(self) -> bool:
        """Whether it keeps the trail from opening: no checkpoint, or one that is neither confirmed nor accepted."""
        return not self.checkpoints or self.may_waive

    @property
    def may_waive(self) -> bool:
        return any(each.coord_status == CoordStatus.UNVERIFIED for each, _ in self.checkpoints)


@dataclass(frozen=True)
class Way:
    """A trail with its stops in order."""

    trail: Trail
    stops: list[Place]

    @property
    def unready(self) -> int:
        """How many stops keep it from opening."""
        return sum(stop.is_unready for stop in self.stops)


def way_of(trail: Trail, *, until: datetime | None = None) -> Way:
    """The way of a trail as it stood just before an instant; halls and exhibits are told as they are now."""
    stops = list(stops_of(trail))
    places = {stop.pk: [place.checkpoint for place in stop.places.all()] for stop in stops}
    if until is not None:
        stops = as_they_were(stops, until)
        past = {each.pk: each for each in as_they_were([each for every in places.values() for each in every], until)}
        places = {key: [past[each.pk] for each in every if each.pk in past] for key, every in places.items()}
    # a trail may come to a site twice; its halls are told once
    first = {stop.site_id: stop.pk for stop in reversed(stops)}
    return Way(trail, [_place(stop, places[stop.pk], is_first=first[stop.site_id] == stop.pk) for stop in stops])


def _place(stop: Stop, checkpoints: list[Checkpoint], *, is_first: bool) -> Place:
    shaped = [(each, SHAPES[CoordStatus(each.coord_status)]) for each in checkpoints]
    return Place(stop, getattr(stop, "leg", None), shaped, is_first)
