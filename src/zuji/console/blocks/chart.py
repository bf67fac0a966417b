"""A chart: a figure with its unit, its table beside it, and both as files. The table stands where no script runs.

A view makes charts, hands `chart_file` the request first, since an address with `?chart=<key>&format=` asks for one
chart's table alone, and shows each by `{% include "console/blocks/chart.html" %}`; see `views/campaigns.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from zuji.console.blocks.files import workbook_or_csv
from zuji.console.blocks.lists import FORMATS
from zuji.core.sheets import Heading, Kind
from zuji.core.templatetags.words import number, say

Count = int | None
"""A value; None is not known, which is a gap in the drawing and a word in the table."""


class ChartKind(StrEnum):
    """How a chart is drawn: a line over time, bars standing or as rows, or shades of a grid."""

    LINE = "line"
    BAR = "bar"
    ROWS = "rows"
    HEAT = "heat"


@dataclass(frozen=True, kw_only=True)
class Series:
    """Values in the order of the chart's places; `urls` lead to the records behind each; `dots` are not joined.

    `empty` is the key of what is said where there is no value.
    """

    name: str
    values: tuple[Count, ...]
    urls: tuple[str, ...] = ()
    dots: bool = False
    empty: str = "core.unknown"


class Cell(NamedTuple):
    """One value of the table, with its records, and what is said where there is none."""

    value: Count
    url: str
    empty: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What is drawn, in words. `key` names it within its page and in files; `places` is what `x` is called."""

    key: str
    title: str
    unit: str
    kind: ChartKind
    places: str
    x: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""

    def unlinked(self) -> "Chart":
        """The same for whoever may not see the records behind it."""
        return replace(self, series=tuple(replace(each, urls=()) for each in self.series))

    @property
    def is_empty(self) -> bool:
        """Nothing is known that could be drawn."""
        return not any(value for series in self.series for value in series.values)

    @property
    def has_legend(self) -> bool:
        """There are series to tell apart, and the drawing does not name them itself."""
        return len(self.series) > 1 and self.kind is not ChartKind.HEAT

    @property
    def spec(self) -> dict[str, object]:
        """The same for the script that draws it."""
        return {
            "kind": self.kind,
            "x": self.x,
            "series": [
                {"name": each.name, "values": each.values, "urls": each.urls, "dots": each.dots} for each in self.series
            ],
            "unit": self.unit,
            "unknown": gettext("core.unknown"),
            "title": say("chart.title", title=self.title, unit=self.unit),
            "note": self.note,
        }

    @property
    def summary(self) -> str:
        """What somebody who does not see it should hear: from where to where, and the most."""
        known = [
            (value, x)
            for each in self.series
            if not each.dots
            for x, value in zip(self.x, each.values, strict=True)
            if value is not None
        ]
        if not known:
            return say("chart.nothing", title=self.title)
        most, where = max(known, key=lambda point: point[0])
        facts = {"title": self.title, "unit": self.unit, "most": number(most), "where": where}
        if self.kind is ChartKind.LINE:
            return say("chart.line", first=number(known[0][0]), last=number(known[-1][0]), **facts)
        return say("chart.bars", total=number(sum(value for value, _ in known)), **facts)

    @property
    def heads(self) -> list[str]:
        """What stands above the table's columns, units with them."""
        return [self.places, *(say("chart.column", name=each.name, unit=self.unit) for each in self.series)]

    @property
    def table(self) -> Iterator[tuple[str, list[Cell]]]:
        """The table's rows: a place, and each series' value there."""
        for place, x in enumerate(self.x):
            yield x, [Cell(each.values[place], _at(each.urls, place), gettext(each.empty)) for each in self.series]

    def file(self, kind: str, *, made_at: datetime) -> HttpResponse:
        """The table as a workbook or as CSV."""
        first, *others = self.heads
        headings = [Heading(first), *(Heading(head, Kind.COUNT) for head in others)]
        rows = ([x, *(cell.empty if cell.value is None else cell.value for cell in cells)] for x, cells in self.table)
        return workbook_or_csv(kind, headings, rows, file=self.key, made_at=made_at)


def chart_file(request: HttpRequest, charts: Iterable[Chart], *, at: datetime) -> HttpResponse | None:
    """The table of the chart that the address asks for as a file; None where it asks for the page."""
    wanted, kind = request.GET.get("chart"), request.GET.get("format", "")
    found = next((chart for chart in charts if chart.key == wanted), None)
    return found.file(kind, made_at=at) if found and kind in FORMATS else None


def _at(urls: Sequence[str], place: int) -> str:
    return urls[place] if place < len(urls) else ""
