"""Charts of a campaign: when people checked in, where, by what evidence, and how many came of an organisation."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from zuji.briefing.ledger import Value
from zuji.briefing.queries import shares, walk_totals
from zuji.checkin.enums import Grade
from zuji.checkin.listings import COUNTED
from zuji.checkin.models import Campaign
from zuji.checkin.queries import columns
from zuji.checkin.viewing import ALL, View
from zuji.console.blocks.chart import Chart, ChartKind, Series
from zuji.core.templatetags.words import hour, named, say, word
from zuji.trail.queries import sites_of
from zuji.trail.rhythm import QUARTER, Quarter, days_of, quarters_of

SIZES = (1, 3, 6, 11, 21, 51)
"""Where each class of organisations by the number of their people begins; the last is open."""


@dataclass(frozen=True)
class Rhythm:
    """When people checked in on one day of a campaign, and the days that can be chosen; None where nobody did."""

    day: date | None
    days: dict[date, int]
    chart: Chart
    doors: Chart

    def unlinked(self) -> "Rhythm":
        """The same for whoever may not see the records behind it."""
        return replace(self, chart=self.chart.unlinked(), doors=self.doors.unlinked())


@dataclass(frozen=True)
class Drawn:
    """What a view shows of a campaign in numbers: totals, people by organisation, and charts; nothing to the public."""

    totals: dict[str, int]
    people: dict[Value, int]
    rhythm: Rhythm | None
    more: tuple[Chart, ...]

    @classmethod
    def of(cls, campaign: Campaign, view: View, *, day: str, at: datetime) -> "Drawn":
        """Counted now, of a day's hours or of the latest day's."""
        if view.masked:
            return cls({}, {}, None, ())
        people = shares("T6", "organisation_id", campaign=campaign, view=view, as_of=at)
        grades = shares("T4", "grade", campaign=campaign, view=view, as_of=at)
        # what the shares add up to is not counted a second time
        totals = {"checkins": sum(grades.values()), "people": sum(people.values())}
        totals |= walk_totals(campaign, view, as_of=at, names=("person_times", "seats"))
        more = (by_grade(campaign, grades), *([by_size(people)] if view == ALL else []))
        return cls(totals, people, rhythm(campaign, view, wanted=day, as_of=at), more if any(totals.values()) else ())

    def unlinked(self) -> "Drawn":
        """The same for whoever may not see the records behind it."""
        rhythm = self.rhythm and self.rhythm.unlinked()
        return replace(self, rhythm=rhythm, more=tuple(each.unlinked() for each in self.more))

    @property
    def charts(self) -> list[Chart]:
        """All of them."""
        return [*([self.rhythm.chart, self.rhythm.doors] if self.rhythm else []), *self.more]


def rhythm(campaign: Campaign, view: View, *, wanted: str, as_of: datetime) -> Rhythm:
    """Check-ins by quarter of an hour, on the wanted day or else on the latest; times in the page's zone."""
    days = days_of(campaign, as_of=as_of, organisations=view.organisations)
    day = next((each for each in days if each.isoformat() == wanted), max(days, default=None))
    found = quarters_of(campaign, day, as_of=as_of, organisations=view.organisations) if day else []
    return Rhythm(day, days, _by_site(campaign, found), _by_checkpoint(campaign, found))


def _by_site(campaign: Campaign, found: list[Quarter]) -> Chart:
    names: dict[int | None, str] = {site.pk: named(site) for site in sites_of(campaign)}
    counts: Counter[tuple[datetime, int | None]] = Counter()
    for each in found:
        counts[each.begins, each.site] += each.checkins
    times = list(_between(found))
    return Chart(
        key="checkins-by-quarter",
        title=gettext("chart.rhythm"),
        unit=gettext("unit.checkins"),
        kind=ChartKind.BAR,
        places=gettext("chart.from"),
        x=tuple(hour(at) for at in times),
        series=tuple(
            Series(
                name=names.get(site) or gettext("chart.no_site"),
                values=tuple(counts[at, site] for at in times),
                urls=tuple(_at(campaign, at, site=site or 0) if counts[at, site] else "" for at in times),
            )
            for site in dict.fromkeys(each.site for each in found)
        ),
        note=gettext("chart.rhythm.note"),
    )


def _by_checkpoint(campaign: Campaign, found: list[Quarter]) -> Chart:
    counts = {(each.begins, each.checkpoint): each.checkins for each in found}
    times, seen = list(_between(found)), {each.checkpoint for each in found}
    doors = [each for each in columns(campaign) if each.checkpoint in seen]
    return Chart(
        key="checkins-by-checkpoint",
        title=gettext("chart.doors"),
        unit=gettext("unit.checkins"),
        kind=ChartKind.HEAT,
        places=gettext("chart.from"),
        x=tuple(hour(at) for at in times),
        series=tuple(
            Series(
                name=named(door.name),
                values=tuple(counts.get((at, door.checkpoint), 0) for at in times),
                urls=tuple(
                    _at(campaign, at, checkpoint=door.checkpoint) if (at, door.checkpoint) in counts else ""
                    for at in times
                ),
            )
            for door in doors
        ),
        note=gettext("chart.doors.note"),
    )


def _between(found: list[Quarter]) -> Iterator[datetime]:
    """Every quarter from the first to the last, those without a check-in too."""
    if found:
        at, last = found[0].begins, found[-1].begins
        while at <= last:
            yield at
            at += QUARTER


def by_grade(campaign: Campaign, counts: dict[Value, int]) -> Chart:
    """Check-ins by the strength of their evidence; `counts` is by grade."""
    return Chart(
        key="checkins-by-grade",
        title=gettext("chart.grades"),
        unit=gettext("unit.checkins"),
        kind=ChartKind.ROWS,
        places=gettext("checkin.grade"),
        x=tuple(word(grade, "grade") for grade in Grade),
        series=(
            Series(
                name=gettext("indicator.T4"),
                values=tuple(counts.get(grade, 0) for grade in Grade),
                urls=tuple(_listed(campaign, grade=grade) if grade in counts else "" for grade in Grade),
            ),
        ),
        note=gettext("chart.grades.note"),
    )


def by_size(people: dict[Value, int]) -> Chart:
    """How many organisations came with how many people; `people` is by organisation."""
    classes = Counter(max(size for size in SIZES if size <= count) for count in people.values())
    sizes = [size for size in SIZES if size <= max(classes, default=0)]
    return Chart(
        key="organisations-by-size",
        title=gettext("chart.sizes"),
        unit=gettext("unit.organisations"),
        kind=ChartKind.ROWS,
        places=gettext("chart.sizes.places"),
        x=tuple(_class(place) for place, _ in enumerate(sizes)),
        series=(Series(name=gettext("indicator.T7"), values=tuple(classes[size] for size in sizes)),),
        note=gettext("chart.sizes.note"),
    )


def _class(place: int) -> str:
    if place == len(SIZES) - 1:
        return say("chart.sizes.over", least=SIZES[place])
    return say("chart.sizes.between", least=SIZES[place], most=SIZES[place + 1] - 1)


def _at(campaign: Campaign, begins: datetime, **place: int) -> str:
    """The check-ins of a quarter at a place; of places that are no site's, those of the quarter."""
    quarter = timezone.localtime(begins).strftime("%Y-%m-%d %H:%M")
    return _listed(campaign, quarter=quarter, **{name: key for name, key in place.items() if key})


def _listed(campaign: Campaign, **narrowed: str | int) -> str:
    query = urlencode({"state": COUNTED, **narrowed})
    return f"{reverse('console:checkins', args=[campaign.pk])}?{query}"
