"""Walks to write scripts for: a trail of two sites with a foot leg, a coach and rooms without network."""

from datetime import UTC, datetime, timedelta

from zuji.project.demo.script import Place, Send, Walk, Walker

EIGHT = datetime(2021, 7, 26, 0, 0, tzinfo=UTC)
NEIGHBOURS_FROM = 1_000
GUESTS = (1, 2, 3, 4)
HOST = 9


def place(number, site, opens_h, closes_h, **more):
    return Place(number, site, EIGHT + timedelta(hours=opens_h), EIGHT + timedelta(hours=closes_h), **more)


PLACES = (
    place(0, 1, 0.5, 4.5),
    place(1, 1, 0.5, 4.5, way=timedelta(minutes=6)),
    place(2, 1, 0.5, 4.5, dead=True),
    place(3, 2, 2.5, 12, way=timedelta(minutes=35), leaves_at=EIGHT + timedelta(hours=2, minutes=40)),
    place(4, 2, 2.5, 12, dead=True),
)
NEIGHBOURS = Walk((place(5, 7, 1, 10),), tuple(Walker(NEIGHBOURS_FROM + number, 50) for number in range(4)))


def walk(walkers=240, groups=8):
    """So many walkers of ten organisations in groups."""
    listed = tuple(Walker(number, number % 10, f"group {number % groups}") for number in range(walkers))
    return Walk(PLACES, listed, guests=GUESTS, host=HOST)


def steps(script):
    return [step for moment in script.moments for step in moment.steps]


def sends(script):
    return [step for step in steps(script) if isinstance(step, Send)]


def scans(script):
    return [scan for send in sends(script) for scan in send.scans]
