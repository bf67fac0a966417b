"""Long works: those that this account asked for, and one with how far it is and what became of each row."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from zuji.console.blocks import bulk
from zuji.console.blocks.columns import Count, Link, Moment, Text, Word
from zuji.console.blocks.filters import ListFilters, Words
from zuji.console.blocks.lists import Listing, ListTable, list_page
from zuji.console.pages import Crumb, Page, desk, entry_page, show
from zuji.core import works as long_works
from zuji.core.enums import RowState, WorkState
from zuji.core.models import Work, WorkRow
from zuji.people.enums import Right
from zuji.people.guards import needs

SHAPES = {"waiting": "wait", "running": "wait", "done": "yes", "stopped": "gone", "failed": "no"}
ROW_SHAPES = {"waiting": "wait", "changed": "yes", "same": "same", "refused": "no"}
UNDER_WAY = (WorkState.WAITING, WorkState.RUNNING)


class WorkLink(Link):
    """What a work is called, leading to it."""

    def render(self, value: object, record: Any) -> SafeString:  # noqa: ANN401 - a work
        return self.linked(named(record), record)

    def value(self, value: object, **around: Any) -> str:  # noqa: ANN401 - what stands around the cell
        return named(around["record"])


class WorkTable(ListTable):
    kind = WorkLink("works.what", route="console:work", orderable=False)
    shown = Word("works.state", prefix="work_state", states=SHAPES)
    done = Count("works.done")
    total = Count("works.total")
    asked_at = Moment("works.asked")
    ended_at = Moment("works.ended", empty="works.not_ended")


class WorkFilters(ListFilters):
    shown = Words("works.state", prefix="work_state", keys=WorkState.values)


WORKS = Listing(table=WorkTable, filters=WorkFilters, file="works", empty="works.empty")


class RowTable(ListTable):
    key = Text("works.row", order_by=("number",))
    state = Word("works.became", prefix="row_state", states=ROW_SHAPES)
    code = Text("works.why", empty="", orderable=False)
    number = Count("works.number", shown=False)

    def prepare(self, rows: Sequence[WorkRow]) -> None:
        self.told = bulk.tell(desk(self.request), bulk.act_of(rows[0].work), rows) if rows else {}

    def render_key(self, value: str) -> str:
        return self.told[value].name

    def render_code(self, record: WorkRow) -> str:
        return self.told[record.key].why

    value_key, value_code = render_key, render_code


class RowFilters(ListFilters):
    state = Words("works.became", prefix="row_state", keys=RowState.values)


ROWS = Listing(
    table=RowTable,
    filters=RowFilters,
    file="result",
    empty="works.no_rows",
    template="console/work.html",
    saved=False,
)


def named(work: Work) -> str:
    """What a work is called: by its act, or by its kind."""
    if work.kind != bulk.KIND:
        return gettext(f"work.{work.kind}")
    what = gettext(f"bulk.{work.facts['act']}")
    return gettext("works.undo_of").format(what=what) if "undo_of" in work.facts else what


@needs(Right.SEE_FRAME)
def works(request: HttpRequest) -> HttpResponse:
    """What this account asked for, latest first."""
    account, _ = desk(request)
    return list_page(request, entry_page("settings", "works"), WORKS, long_works.own_works(account))


@needs(Right.SEE_FRAME)
def work(request: HttpRequest, work_id: int) -> HttpResponse:
    """One of them: how far it is, and row by row what became of it; as a file too."""
    at_desk = desk(request)
    found = long_works.access_work(at_desk.account, work_id)
    context = _told(found)
    if getattr(request, "htmx", False) and request.htmx.target == "work":  # type: ignore[attr-defined]  # django-htmx
        answer = render(request, "console/work_progress.html", context)
        if not context["under_way"]:
            answer["HX-Refresh"] = "true"
        return answer
    if found.kind != bulk.KIND and not found.rows.exists():
        return show(request, "console/work_whole.html", _page(found, context), **context)
    act = bulk.act_of(found)
    context |= {"undone_by": bulk.undone_by(at_desk, found), "act": act, "no_undo": bulk.no_undo(act)}
    rows = found.rows.exclude(state=RowState.WAITING) if context["under_way"] else found.rows.all()
    listing = replace(ROWS, empty="works.none_yet") if context["under_way"] else ROWS
    return list_page(request, _page(found, context), listing, rows, **context)


def _told(found: Any) -> dict[str, Any]:  # noqa: ANN401 - a work with what `own_works` adds
    counts = long_works.counts(found)
    return {
        "work": found,
        "counts": counts if any(counts.values()) else {},
        "under_way": found.shown in UNDER_WAY,
        "can_resume": found.shown in (WorkState.STOPPED, WorkState.FAILED),
        "shape": SHAPES[found.shown],
    }


def _page(found: Work, told: dict[str, Any]) -> Page:
    crumb = Crumb(gettext("entry.works"), reverse("console:works"))
    lead = gettext("works.lead" if told["under_way"] or told["can_resume"] else "works.lead_over")
    return Page(task="settings", entry="works", title=named(found), lead=lead, crumbs=(crumb,))


@needs(Right.SEE_FRAME)
@require_POST
def work_stop(request: HttpRequest, work_id: int) -> HttpResponse:
    """Stop between two rows."""
    account, at = desk(request)
    long_works.ask_stop(actor=account, work_id=work_id, at=at)
    return redirect("console:work", work_id)


@needs(Right.SEE_FRAME)
@require_POST
def work_resume(request: HttpRequest, work_id: int) -> HttpResponse:
    """Go on where it stood."""
    account, at = desk(request)
    long_works.resume(actor=account, work_id=work_id, at=at)
    return redirect("console:work", work_id)


@needs(Right.SEE_FRAME)
@require_POST
def work_undo(request: HttpRequest, work_id: int) -> HttpResponse:
    """Take back what it changed."""
    at_desk = desk(request)
    undone = bulk.undo(at_desk, long_works.access_work(at_desk.account, work_id))
    return redirect("console:work", undone.pk)
