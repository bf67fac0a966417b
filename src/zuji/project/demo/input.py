"""The demo's input as an office would hand it over: two workbooks, a trail, its media, and where its places are."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from zuji.core.geometry import Point
from zuji.project.errors import Fault, Misconfigured
from zuji.trail.plan import TrailFile, read_trail

ORGANISATIONS, WALKERS, TRAIL, PLACES, MEDIA = (
    *("organisations.xlsx", "walkers.xlsx", "trail.toml"),
    *("places.toml", "media"),
)


class Spot(msgspec.Struct, frozen=True):
    """Where a checkpoint truly is, by the numbers of its stop and of it within the stop, both from 1."""

    stop: Annotated[int, Meta(ge=1)]
    checkpoint: Annotated[int, Meta(ge=1)]
    lat: float
    lon: float
    accuracy_m: float


class Places(msgspec.Struct, frozen=True):
    """The file of places; `sample` says that nobody surveyed them."""

    places: list[Spot]
    sample: bool = True


@dataclass(frozen=True)
class Input:
    """A folder of input, and the snapshot of a register where the demo has one."""

    folder: Path
    register: Path | None = None

    def __post_init__(self) -> None:
        wanted = [self.folder / name for name in (ORGANISATIONS, WALKERS, TRAIL, PLACES, MEDIA)]
        for path in (*wanted, *filter(None, [self.register])):
            if not path.exists():
                raise Misconfigured(Fault.INPUT_MISSING, path=path)

    def read(self, name: str) -> bytes:
        """One file's content."""
        return (self.folder / name).read_bytes()

    @property
    def media(self) -> Path:
        return self.folder / MEDIA

    @cached_property
    def plan(self) -> TrailFile:
        """The trail as its file describes it."""
        return read_trail(self.read(TRAIL))

    def points(self) -> list[Point | None]:
        """Where each checkpoint is, in the order of the trail; None where the file of places does not say."""
        read = msgspec.toml.decode(self.read(PLACES), type=Places)
        known = {(spot.stop, spot.checkpoint): Point(spot.lat, spot.lon) for spot in read.places}
        return [
            known.get((number, within))
            for number, stop in enumerate(self.plan.stops, 1)
            for within in range(1, len(stop.checkpoints) + 1)
        ]
