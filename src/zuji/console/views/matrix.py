"""Who is where: organisations by checkpoints, live, and as a sheet or a picture."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from zuji.briefing.queries import walk_totals
from zuji.checkin.models import Activity, Campaign
from zuji.checkin.viewing import matrix_seen, view_of
from zuji.console.blocks.files import file_answer, workbook_or_csv
from zuji.console.campaigns import campaign_desk, campaign_page
from zuji.console.matrix_image import draw
from zuji.console.pages import show
from zuji.core.sheets import Heading, Kind
from zuji.core.templatetags.words import named, say
from zuji.people.enums import Right
from zuji.people.guards import needs
from zuji.people.models import Account
from zuji.trail.documents import places_of
from zuji.trail.grid import Grid, lay_out

FILE = "matrix"


class Chosen(NamedTuple):
    """What of the matrix is shown: one activity's columns or all held ones', all lines or only waiting ones."""

    activity: int | None
    waiting: bool


@needs(Right.SEE_MATRIX)
def matrix(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The matrix as a page, or as what `format` asks for."""
    (account, at), campaign = campaign_desk(request, campaign_id, Right.SEE_MATRIX)
    activities = list(campaign.activities.all())
    chosen = _chosen(request, activities)
    grid = _grid(account, campaign, activities, chosen, at)
    if request.GET.get("format"):
        return _export(request, campaign, grid, at)
    view = view_of(account, campaign, at=at)
    return show(
        request,
        "console/matrix.html",
        campaign_page(campaign, "matrix"),
        campaign=campaign,
        activities=activities,
        chosen=chosen,
        grid=grid,
        totals=walk_totals(campaign, view, as_of=at),
        at=at,
        zone=campaign.association.time_zone,
    )


def _chosen(request: HttpRequest, activities: list[Activity]) -> Chosen:
    wanted = request.GET.get("activity", "")
    known = {str(activity.pk): activity.pk for activity in activities}
    return Chosen(known.get(wanted), request.GET.get("show") == "waiting")


def _grid(account: Account, campaign: Campaign, activities: list[Activity], chosen: Chosen, at: datetime) -> Grid:
    held = [activity.pk for activity in activities if not activity.rehearsal]
    seen = matrix_seen(campaign, view_of(account, campaign, at=at), as_of=at)
    columns = [chosen.activity] if chosen.activity else held
    return lay_out(seen, places_of(campaign.pk), activities=columns, only_waiting=chosen.waiting)


def _export(request: HttpRequest, campaign: Campaign, grid: Grid, at: datetime) -> HttpResponse:
    with timezone.override(campaign.association.time_zone):
        if request.GET["format"] == "png":
            return file_answer(draw(grid, title=named(campaign), at=at), name=f"{FILE}.png", at=at)
        return workbook_or_csv(request.GET["format"], _headings(grid), _rows(grid), file=FILE, made_at=at)


def _headings(grid: Grid) -> list[Heading]:
    headings = [Heading(gettext("matrix.organisation")), Heading(gettext("matrix.expected"), Kind.COUNT)]
    for head in grid.heads:
        place = say("matrix.place", site=named(head.site or {}), name=named(head.name))
        headings += [
            Heading(say("matrix.column.delivered", place=place), Kind.COUNT),
            Heading(say("matrix.column.probably", place=place), Kind.COUNT),
            Heading(say("matrix.column.last", place=place), Kind.DATE),
        ]
    return headings


def _rows(grid: Grid) -> Iterator[list[object]]:
    for line in grid.lines:
        row: list[object] = [line.name, line.expected if line.expected is not None else gettext("core.unknown")]
        for box in line.boxes:
            last = timezone.localtime(box.last_at) if box.last_at else None
            row += [box.delivered, box.probably, last]
        yield row
