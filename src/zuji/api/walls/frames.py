"""A wall's frame: the route with who is where, the matrix with small counts hidden, totals, impressions."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from zuji.api.walls.setting import Line, Setting
from zuji.briefing.queries import Stated
from zuji.checkin.marks import Marks
from zuji.checkin.matrix import LEAST, Key, hide, shown
from zuji.checkin.standing import Cell
from zuji.trail.flow import Flow, Station, flow, spans_of
from zuji.trail.models import Impression

Document = dict[str, object]


class Counts(NamedTuple):
    """What is counted: cells by organisation and checkpoint, passes by where they have been, and the figures."""

    cells: Mapping[Key, Cell]
    been: Mapping[int, Mapping[Marks, int]]
    figures: Mapping[str, Stated]


def document(setting: Setting, counts: Counts, *, as_of: datetime) -> Document:
    """A frame for everybody: no count of people under three, and none that others give away."""
    whole: Counter[Marks] = Counter()
    for marks in counts.been.values():
        whole.update(marks)
    where = flow(whole, setting.stations)
    return {
        **_head(setting, as_of),
        **_walk(setting, counts, where),
        "rows": _rows(setting, counts),
        "totals": _totals(setting, counts.figures),
        "impressions": [_impression(each) for each in setting.impressions],
    }


def _head(setting: Setting, as_of: datetime) -> Document:
    begins_at, ends_at = setting.window
    campaign, activity = setting.campaign, setting.activity
    return {
        "campaign": {"id": campaign.pk, "name": {"zh": campaign.name_zh, "en": campaign.name_en}},
        "activity": activity and {"zh": activity.name_zh, "en": activity.name_en},
        "begins_at": begins_at,
        "ends_at": ends_at,
        "as_of": as_of,
        "rehearsal": activity is not None and activity.rehearsal,
        "sample": setting.sample,
        "demo": setting.demo,
        "join": setting.join,
    }


def _walk(setting: Setting, counts: Counts, where: Flow) -> Document:
    doors = set(setting.shown_doors)
    cells = [cell for (_, door), cell in counts.cells.items() if door in doors]
    times = sum(cell.delivered for cell in cells)
    last = max((cell.last_received for cell in cells if cell.last_received), default=None)
    waiting = max(0, setting.passes - where.came)
    return {
        "passes": shown(setting.passes),
        "setting_out": shown(waiting),
        "stations": [
            {
                "name": station.name,
                "short": station.short,
                "letters": station.letters,
                "mode": station.mode,
                "here": shown(where.here[number] + _seats(counts.cells, station)),
                "leaving": shown(where.leaving[number]),
            }
            for number, station in enumerate(setting.stations)
        ],
        "times": shown(times),
        # of one or two check-ins the instant would be somebody's
        "last_at": last if times >= LEAST else None,
        "on_phones": shown(where.passed_by),
    }


def _rows(setting: Setting, counts: Counts) -> list[Document]:
    people = {
        (line.key, number): count
        for line in setting.lines
        for number, count in enumerate(_people(setting, counts, line))
    }
    hidden = _hidden(setting, counts, people)
    stations = range(len(setting.stations))
    return [
        {
            "id": line.key,
            "name": line.name,
            "full": line.full,
            "co": line.co,
            "cells": [shown(people[line.key, number], is_hidden=(line.key, number) in hidden) for number in stations],
        }
        for line in setting.lines
    ]


def _people(setting: Setting, counts: Counts, line: Line) -> list[int]:
    """How many of an organisation have been at each station: passes once, with the most seats counted at a door."""
    found = [0] * len(setting.stations)
    spans = list(spans_of(setting.stations))
    for marks, count in counts.been.get(line.key, {}).items():
        for number, (first, end) in enumerate(spans):
            found[number] += count if "1" in marks[first:end] else 0
    for number, station in enumerate(setting.stations):
        cells = (counts.cells.get((line.key, door)) for door in station.checkpoints)
        found[number] += max((cell.seats for cell in cells if cell), default=0)
    return found


def _hidden(setting: Setting, counts: Counts, people: Mapping[Key, int]) -> set[Key]:
    """What the public matrix hides of a station's doors is hidden here too, or the two together would give it away;
    and of firms, whose people are told as a sum, none or several.
    """
    doors = {(line.key, door): 0 for line in setting.lines for door in setting.doors}
    hidden_doors = hide(doors | {key: cell.delivered for key, cell in counts.cells.items() if key in doors})
    also = [
        (line.key, number)
        for line in setting.lines
        for number, station in enumerate(setting.stations)
        if any((line.key, door) in hidden_doors for door in station.checkpoints)
    ]
    firms = [line.key for line in setting.lines if line.is_firm]
    groups = [[(key, number) for key in firms] for number in range(len(setting.stations))]
    return hide(people, also=also, groups=groups)


def _seats(cells: Mapping[Key, Cell], station: Station) -> int:
    most: dict[int, int] = {}
    for (organisation, door), cell in cells.items():
        if door in station.checkpoints:
            most[organisation] = max(most.get(organisation, 0), cell.seats)
    return sum(most.values())


def _totals(setting: Setting, figures: Mapping[str, Stated]) -> Document:
    firms, people = figures["T2"], figures["T3"]
    is_small = 0 < people.value < LEAST
    return {
        "firms": {"value": firms.value, "printed": firms.printed, "target": setting.campaign.target_firms},
        "people": {"value": shown(people.value), "printed": None if is_small else people.printed},
    }


def _impression(impression: Impression) -> Document:
    site = impression.stop.site
    return {"text": impression.text, "site": {"zh": site.name_zh, "en": site.name_en}}
