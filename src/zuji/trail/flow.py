"""The stations of a walk, and how many of its walkers are where. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from zuji.checkin.marks import Marks, passed_by

Words = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Station:
    """A site on the way with all checkpoints at it, in order; a checkpoint alone where no trail says more.

    `short` is its Chinese name where there is little room, `letters` are the two to four of its seal; `mode` is how one
    comes here, empty where that is not known.
    """

    site: int | None
    name: Words
    short: str
    letters: str
    mode: str
    checkpoints: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Passes along the stations, a number a station.

    `here`: counted at the station. `leaving`: come as far as here and no further, so on the way to the next; nobody is
    on the way from the last. `came`: counted anywhere. `passed_by`: check-ins that are probably still on phones.
    """

    here: tuple[int, ...]
    leaving: tuple[int, ...]
    came: int
    passed_by: int


def joined(stations: Iterable[Station]) -> list[Station]:
    """Stops that follow one another at the same site are one station: who walks between its doors is there already."""
    found: list[Station] = []
    for station in stations:
        last = found[-1] if found else None
        if last is not None and station.site is not None and last.site == station.site:
            found[-1] = replace(last, checkpoints=last.checkpoints + station.checkpoints)
        else:
            found.append(station)
    return found


def flow(counts: Mapping[Marks, int], stations: Sequence[Station]) -> Flow:
    """How many passes are where; marks stand in the order of the stations' checkpoints."""
    spans = list(spans_of(stations))
    here, furthest, missing = Counter[int](), Counter[int](), 0
    for marks, count in counts.items():
        reached = [number for number, (first, end) in enumerate(spans) if "1" in marks[first:end]]
        here.update(dict.fromkeys(reached, count))
        furthest[reached[-1] if reached else -1] += count
        missing += count * len(passed_by(marks))
    numbers = range(len(spans))
    return Flow(
        here=tuple(here[number] for number in numbers),
        leaving=tuple(furthest[number] if number < len(spans) - 1 else 0 for number in numbers),
        came=sum(furthest[number] for number in numbers),
        passed_by=missing,
    )


def spans_of(stations: Sequence[Station]) -> Iterator[tuple[int, int]]:
    """For each station the places of its checkpoints among all, from the first to behind the last."""
    return pairwise(accumulate((len(station.checkpoints) for station in stations), initial=0))
