"""Charts of a figure: its course over time with what was published, and its shares by what its rows belong to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext

from zuji.briefing import queries
from zuji.briefing.definitions import Definition
from zuji.briefing.figures import cut_off
from zuji.briefing.ledger import Entry, Value
from zuji.briefing.models import LedgerEntry
from zuji.console.blocks.chart import Chart, ChartKind, Series
from zuji.console.figure_rows import records, said
from zuji.core.models import Association
from zuji.core.templatetags.words import day, hour, number, say

DAYS, MONTHS, FIRST_HOUR = 30, 12, 6
SHARED = ("grade", "late", "checkpoint_id", "organisation_id", "site_id")
ORDERED = ("grade", "late")
LARGEST = 8


class Span(StrEnum):
    """How far back a course goes and in which steps; the last step is the cut-off itself."""

    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"


class Step(NamedTuple):
    """A cut-off on the way, as it is called, and the page that shows the figure of then."""

    label: str
    at: date | datetime
    url: str = ""


@dataclass(frozen=True)
class Asked:
    """Which figure of whom, and the cut-off: a day's end, or an instant."""

    association: Association
    definition: Definition
    until: date | datetime

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.association.time_zone)

    @property
    def end(self) -> datetime:
        """The last instant that counts, in the association's zone."""
        return cut_off(self.until, self.zone)


def steps(asked: Asked, span: Span) -> list[Step]:
    """The cut-offs of a span, in order."""
    ways = {Span.HOURS: _hours, Span.DAYS: _days, Span.MONTHS: _months}
    return [*ways[span](asked), Step(_last(asked, span), asked.until)]


def _hours(asked: Asked) -> Iterator[Step]:
    end = asked.end
    first = min(FIRST_HOUR, end.hour)
    for whole in range(first, end.hour + 1):
        at = datetime.combine(end.date(), time(whole), asked.zone)
        if at < end:
            yield Step(hour(at), at)


def _days(asked: Asked) -> Iterator[Step]:
    for back in range(DAYS - 1, 0, -1):
        that = asked.end.date() - timedelta(days=back)
        yield Step(day(that), that, _page(asked, that))


def _months(asked: Asked) -> Iterator[Step]:
    ends = [asked.end.date().replace(day=1) - timedelta(days=1)]
    while len(ends) < MONTHS:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    for that in reversed(ends):
        yield Step(day(that), that, _page(asked, that))


def _last(asked: Asked, span: Span) -> str:
    is_day = not isinstance(asked.until, datetime)
    if span is Span.HOURS:
        return gettext("chart.day_end") if is_day else hour(asked.end)
    return day(asked.end.date())


def _page(asked: Asked, that: date) -> str:
    return f"{reverse('console:figure', args=[asked.definition.id])}?as_of={that.isoformat()}"


def course(asked: Asked, span: Span, published: Iterable[LedgerEntry]) -> Chart:
    """The figure's exact value along a span, counted anew at each step, and what was published, as dots."""
    along = steps(asked, span)
    values = queries.course(asked.definition.id, association=asked.association, cut_offs=[step.at for step in along])
    dots = _published(along, published, asked.zone)
    told = Series(name=gettext("chart.published"), values=dots, dots=True, empty="figures.never")
    return Chart(
        key=f"{asked.definition.id}-{span}",
        title=gettext(f"chart.course.{span}"),
        unit=unit_of(asked.definition),
        kind=ChartKind.LINE,
        places=gettext("figures.as_of"),
        x=tuple(step.label for step in along),
        series=(
            Series(name=gettext("chart.computed"), values=tuple(values), urls=tuple(step.url for step in along)),
            *([told] if any(value is not None for value in dots) else []),
        ),
        note=gettext("chart.course.note"),
    )


def _published(along: Sequence[Step], published: Iterable[LedgerEntry], zone: ZoneInfo) -> tuple[int | None, ...]:
    """For each step the latest value that was published of a cut-off after the step before, up to this one."""
    instants = [cut_off(step.at, zone) for step in along]
    found: dict[int, int] = {}
    for entry in sorted(published, key=lambda entry: entry.number):
        place = next((place for place, at in enumerate(instants) if entry.as_of <= at), None)
        if place is not None and (place > 0 or entry.as_of == instants[0]):
            found[place] = entry.value
    return tuple(found.get(place) for place in range(len(along)))


def shares(asked: Asked, counted: Sequence[Entry]) -> list[Chart]:
    """Shares by each dimension that tells something; of many parts the largest, and the others together."""
    shown = [name for name in SHARED if counted and name in counted[0].dimensions]
    names = queries.named(counted) if shown else []
    return [_share(asked, name, counted, names) for name in shown]


def _share(asked: Asked, name: str, counted: Sequence[Entry], names: Sequence[dict[str, dict[str, str]]]) -> Chart:
    weights: Counter[Value] = Counter()
    words: dict[Value, str] = {}
    for entry, known in zip(counted, names, strict=True):
        value = entry.dimensions[name]
        weights[value] += entry.weight
        words.setdefault(value, said(name, value, known))
    # grades have an order of their own
    ordered = sorted(weights.items()) if name in ORDERED else weights.most_common()
    shown, others = ordered[:LARGEST], ordered[LARGEST:]
    until = None if isinstance(asked.until, datetime) else asked.until
    return Chart(
        key=f"{asked.definition.id}-{name.removesuffix('_id')}",
        title=say("chart.by", dimension=gettext(f"dimension.{name}")),
        unit=unit_of(asked.definition),
        kind=ChartKind.ROWS,
        places=gettext(f"dimension.{name}"),
        x=tuple(words[value] for value, _ in shown),
        series=(
            Series(
                name=gettext(asked.definition.name),
                values=tuple(weight for _, weight in shown),
                urls=tuple(records({name: value}, until) for value, _ in shown),
            ),
        ),
        note=say("chart.others", n=len(others), sum=number(sum(weight for _, weight in others))) if others else "",
    )


def unit_of(definition: Definition) -> str:
    """The figure's unit in words."""
    return gettext(definition.unit)
