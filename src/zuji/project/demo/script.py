"""The walk as it is played: who is where, when, and what goes wrong. Pure, and the same for the same seed.

Everybody who is signed up is accepted somewhere, so that one walker more or less is one more or less in the figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

from zuji.project.demo.parts import TRAITS, Part, Traits, assign
from zuji.project.demo.phones import Locates, Phone, Scan, Way

MOMENT = timedelta(minutes=1)
FIRST_GROUP_AFTER = timedelta(minutes=5)
BETWEEN_GROUPS = timedelta(minutes=9)
BETWEEN_COACHES = timedelta(minutes=6)
IN_A_ROOM = timedelta(minutes=14)
BEFORE_CLOSING = timedelta(minutes=10)
TILL_THE_STEWARD_LOOKS = timedelta(minutes=8)
REST_AFTERWARDS = timedelta(minutes=30)
GROUP_ARRIVES_WITHIN_S = 170.0
NEIGHBOURS_COME_WITHIN_S = (600.0, 7200.0)
LATE_BY_MINUTES = (25.0, 70.0)
SKIPS, LEAVES_EARLY, COMES_LATER = 0.06, 0.10, 0.06
KEPT_IN_DEAD_SPOT = 0.8
PAPERS_AT_ONCE = 40
SEATS = 6
LOOKS_EVERY = 8


@dataclass(frozen=True)
class Place:
    """A checkpoint: its site, its window, and how long the way to it from the one before takes, by foot or coach."""

    number: int
    site: int
    opens_at: datetime
    closes_at: datetime
    way: timedelta = timedelta()
    leaves_at: datetime | None = None
    dead: bool = False


@dataclass(frozen=True)
class Walker:
    """Somebody who is signed up, for an organisation and perhaps a group."""

    number: int
    organisation: int
    group: str = ""


@dataclass(frozen=True)
class Walk:
    """Places in the order of the trail, and who walks.

    `guests` are the organisations of those who join on the spot, one each; visitors of `host` are only counted.
    """

    places: tuple[Place, ...]
    walkers: tuple[Walker, ...]
    guests: tuple[int, ...] = ()
    host: int = 0


@dataclass(frozen=True)
class Send:
    """Items go out in one request; `copies` of it at once where a phone has lost its patience."""

    at: datetime
    scans: tuple[Scan, ...]
    copies: int = 1


@dataclass(frozen=True)
class Look:
    """A phone asks for the walk of a place's checkpoint and for its own pass."""

    at: datetime
    phone: Phone
    place: int


@dataclass(frozen=True)
class Join:
    """Somebody without a pass joins on the spot, for an organisation whose join code they were told."""

    at: datetime
    phone: Phone
    organisation: int


@dataclass(frozen=True)
class Roll:
    """A steward enters those who were there, and a head-count."""

    at: datetime
    place: int
    phones: tuple[Phone, ...]
    organisation: int
    seats: int


@dataclass(frozen=True)
class TakeBack:
    """A steward takes a check-in back that was none."""

    at: datetime
    scan: Scan


@dataclass(frozen=True)
class SamePerson:
    """The office is told that two passes are one person's."""

    at: datetime
    first: Phone
    second: Phone


Step = Send | Look | Join | Roll | TakeBack | SamePerson


@dataclass(frozen=True)
class Moment:
    """What happens within one minute; the clock stands at its end."""

    at: datetime
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Script:
    """All moments in order, and from when on the clock may run by itself."""

    moments: tuple[Moment, ...]
    ends_at: datetime
    parts: tuple[Part, ...]


def write_script(walk: Walk, neighbours: Walk, *, seed: int) -> Script:
    """The whole day of a walk, and of the neighbouring district's own small one, of which one walker strays in."""
    writer = _Writer(walk, Random(seed))  # noqa: S311  (a play, no secret)
    writer.write()
    writer.visit(neighbours)
    moments = tuple(_moments(writer.steps))
    return Script(moments, moments[-1].at + REST_AFTERWARDS, tuple(writer.parts))


def timetable(places: Sequence[Place], number: int) -> list[datetime]:
    """When the group of a number, from 0, arrives at each place, within its window; each group has its own coach."""
    at = places[0].opens_at + FIRST_GROUP_AFTER + BETWEEN_GROUPS * number
    times: list[datetime] = []
    for place in places:
        ready = at + IN_A_ROOM if times else at
        coach = place.leaves_at + BETWEEN_COACHES * number if place.leaves_at else ready
        arrives = max(ready, coach) + place.way
        at = min(max(arrives, place.opens_at + MOMENT), place.closes_at - BEFORE_CLOSING)
        times.append(at)
    return times


def _moments(steps: Iterable[Step]) -> Iterable[Moment]:
    ordered = sorted(steps, key=lambda step: step.at)
    for at, same in groupby(ordered, key=lambda step: _minute_after(step.at)):
        yield Moment(at, tuple(same))


def _minute_after(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0) + MOMENT


class _Writer:
    """Writes steps down walker by walker; every draw of chance is in the same order for the same walk."""

    def __init__(self, walk: Walk, chance: Random) -> None:
        self.walk = walk
        self.chance = chance
        self.steps: list[Step] = []
        # drawn first, so that who plays what depends on the number of walkers alone
        self.parts = assign(len(walk.walkers), chance)
        self._scans = 0
        self._phones = len(walk.walkers)
        self._papers: dict[tuple[str, int], list[Scan]] = defaultdict(list)
        self._rolled: list[Phone] = []
        self._changed: list[tuple[Phone, Phone]] = []

    def write(self) -> None:
        """Everybody's day, then those who join on the spot, then what the stewards and the office do in the end."""
        groups = list(dict.fromkeys(walker.group for walker in self.walk.walkers))
        times = {group: timetable(self.walk.places, number) for number, group in enumerate(groups)}
        for walker, part in zip(self.walk.walkers, self.parts, strict=True):
            self._play(walker, part, times[walker.group])
        for number, organisation in enumerate(self.walk.guests):
            self._join(number, organisation, times[groups[number % len(groups)]])
        self._send_papers()
        self._close()

    def visit(self, neighbours: Walk) -> None:
        """The other district's people check in at their own place; the first of them also tries one of ours."""
        (place,) = neighbours.places
        ours = self.walk.places[0]
        for walker in neighbours.walkers:
            phone = Phone(walker.number, locates=Locates.REFUSED)
            at = place.opens_at + timedelta(seconds=self.chance.uniform(*NEIGHBOURS_COME_WITHIN_S))
            visits = [(place.number, at)]
            if walker == neighbours.walkers[0]:
                visits.append((ours.number, ours.opens_at + IN_A_ROOM))
            self._send([self._scan(phone, *visit, Way.POSTER) for visit in visits], Traits())

    def _play(self, walker: Walker, part: Part, times: Sequence[datetime]) -> None:
        traits = TRAITS[part]
        phone = Phone(walker.number, traits.clock, traits.locates)
        if part is Part.ROLL:
            self._rolled.append(phone)
            return
        visits = self._visits(times, everywhere=traits.share is None)
        if walker.number % LOOKS_EVERY == 0:
            self.steps.append(Look(visits[0][1] - MOMENT, phone, visits[0][0]))
        if traits.first_try:
            place, at = visits[0]
            bad = self._scan(phone, place, at - MOMENT, traits.first_try)
            self.steps.append(Send(bad.at, (bad,)))
        if part is Part.LOST:
            self._lose(walker, phone, visits)
            return
        scans = [self._scan(phone, place, at, traits.way) for place, at in visits]
        if traits.way is Way.GRANT:
            for scan in scans:
                self._papers[walker.group, scan.place].append(scan)
            return
        self._send(scans, traits)
        self._add(part, scans)

    def _visits(self, times: Sequence[datetime], *, everywhere: bool) -> list[tuple[int, datetime]]:
        """The places that somebody goes to, at least one, each a little after the group's time."""
        places, chance = self.walk.places, self.chance
        visits = [
            (place.number, place.site, at + timedelta(seconds=chance.uniform(0, GROUP_ARRIVES_WITHIN_S)))
            for place, at in zip(places, times, strict=True)
        ]
        # drawn even for those who go everywhere, or one special part more would change everybody's day
        first, drawn = places[0].site, chance.random()
        if not everywhere and drawn < LEAVES_EARLY:
            visits = [visit for visit in visits if visit[1] == first]
        elif not everywhere and drawn < LEAVES_EARLY + COMES_LATER:
            visits = [visit for visit in visits if visit[1] != first] or visits
        kept = [visit for visit in visits if everywhere or chance.random() >= SKIPS] or visits[:1]
        return [(place, at) for place, _, at in kept]

    def _send(self, scans: Sequence[Scan], traits: Traits) -> None:
        """Each scan at once, or with the next where there is no network; what is left at the end comes much later."""
        dead = {place.number for place in self.walk.places if place.dead}
        kept: list[Scan] = []
        for number, scan in enumerate(scans):
            kept.append(scan)
            # a wrong clock shows only where an item has lain on the phone for a while
            holds = traits.keeps and number == 0
            if not holds and not (scan.place in dead and self.chance.random() < KEPT_IN_DEAD_SPOT):
                self.steps.append(Send(scan.at, tuple(kept), traits.copies if number == 1 else 1))
                kept = []
        if kept:
            later = timedelta(minutes=self.chance.uniform(*LATE_BY_MINUTES))
            self.steps.append(Send(kept[-1].at + later, tuple(kept)))

    def _add(self, part: Part, scans: Sequence[Scan]) -> None:
        """What somebody does beside walking."""
        first = scans[0]
        again = self._scan(first.phone, first.place, first.at + 2 * TILL_THE_STEWARD_LOOKS, first.way)
        if part is Part.UNSURE:
            self.steps.append(Send(first.at + MOMENT, (first,)))
        elif part is Part.TWICE:
            self.steps.append(Send(again.at, (again,)))
        elif part is Part.TAKEN_BACK:
            self.steps.append(TakeBack(first.at + TILL_THE_STEWARD_LOOKS, first))
            self.steps.append(Send(again.at, (again,)))

    def _lose(self, walker: Walker, phone: Phone, visits: Sequence[tuple[int, datetime]]) -> None:
        """Half the way with one phone, the rest with another, that joined on the spot and scans one place again."""
        half = max(1, len(visits) // 2)
        new = Phone(self._next_phone())
        place, at = visits[half - 1]
        found = at + 5 * MOMENT
        self._send([self._scan(phone, *visit, Way.SCREEN) for visit in visits[:half]], Traits())
        self.steps.append(Join(found, new, walker.organisation))
        rest = [(place, found + MOMENT), *visits[half:]]
        self._send([self._scan(new, *visit, Way.SCREEN) for visit in rest], Traits())
        self._changed.append((phone, new))

    def _join(self, number: int, organisation: int, times: Sequence[datetime]) -> None:
        """Somebody without a pass. The first one scans before having joined, and hands the same in again afterwards."""
        phone = Phone(self._next_phone(), locates=Locates.REFUSED if number % 2 else Locates.RIGHT)
        places = self.walk.places[number % 2 :: 2] or self.walk.places
        scans = [self._scan(phone, place.number, times[place.number], Way.SCREEN) for place in places]
        joins_at = scans[0].at + (2 * MOMENT if number == 0 else -MOMENT)
        self.steps.append(Join(joins_at, phone, organisation))
        self._send(scans, Traits())
        if number == 0:
            self.steps.append(Send(joins_at + MOMENT, (scans[0],)))

    def _send_papers(self) -> None:
        """A steward scans the paper passes of a group one after the other and hands them in together."""
        for scans in self._papers.values():
            for start in range(0, len(scans), PAPERS_AT_ONCE):
                some = tuple(scans[start : start + PAPERS_AT_ONCE])
                self.steps.append(Send(max(scan.at for scan in some), some))

    def _close(self) -> None:
        last = max(step.at for step in self.steps)
        if self._rolled:
            self.steps.append(
                Roll(last + MOMENT, self.walk.places[-1].number, tuple(self._rolled), self.walk.host, SEATS)
            )
        self.steps.extend(SamePerson(last + 2 * MOMENT, *pair) for pair in self._changed)

    def _scan(self, phone: Phone, place: int, at: datetime, way: Way) -> Scan:
        self._scans += 1
        return Scan(self._scans, phone, place, at, way)

    def _next_phone(self) -> int:
        self._phones += 1
        return self._phones - 1
