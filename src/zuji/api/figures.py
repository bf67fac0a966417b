"""Figures, each leading to its records."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from zuji.api.schemas.common import Line, answers
from zuji.api.schemas.figures import Figure, Records
from zuji.briefing import figures, queries
from zuji.briefing.access import visible_associations
from zuji.core import clock
from zuji.core.errors import NotFound
from zuji.core.models import Association
from zuji.people.enums import Right
from zuji.people.guards import Needs, signed_in

RECORDS_MAX = 1000

router = Router(tags=["figures"], auth=Needs(Right.SEE_FIGURES))
CutOff = Annotated[date | None, Query(description="Until the end of this day; without it, until now.")]
Of = Annotated[Line | None, Query(description="Slug of the association; without it, the first that one may see.")]


@router.get("", response=answers(list[Figure], 401, 403, 404))
def all_figures(request: HttpRequest, as_of: CutOff = None, association: Of = None) -> list[dict[str, object]]:
    """Every figure, in the order of the indicators' ids."""
    whose, at = _bounds(request, as_of, association)
    return [_document(figure) for figure in queries.all_figures(association=whose, as_of=at)]


@router.get("/{indicator}", response=answers(Figure, 401, 403, 404))
def one_figure(
    request: HttpRequest, indicator: Line, as_of: CutOff = None, association: Of = None
) -> dict[str, object]:
    """One figure."""
    whose, at = _bounds(request, as_of, association)
    return _document(queries.compute(indicator, association=whose, as_of=at))


@router.get("/{indicator}/records", response=answers(Records, 401, 403, 404))
def records(
    request: HttpRequest,
    indicator: Line,
    as_of: CutOff = None,
    association: Of = None,
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Field(ge=1, le=RECORDS_MAX)] = RECORDS_MAX,
) -> dict[str, object]:
    """What a figure counts, in the order of the keys."""
    whose, at = _bounds(request, as_of, association)
    entries = queries.trace(indicator, association=whose, as_of=at)
    part = [asdict(entry) for entry in entries[offset : offset + limit]]
    value = sum(entry.weight for entry in entries)
    return {"id": indicator, "as_of": as_of, "count": len(entries), "value": value, "records": part}


def _bounds(request: HttpRequest, as_of: date | None, slug: str | None) -> tuple[Association, date | datetime]:
    at = clock.now()
    visible = visible_associations(signed_in(request), at=at).order_by("pk")
    found = (visible.filter(slug=slug) if slug else visible).first()
    if found is None:
        raise NotFound("association")
    return found, as_of or at


def _document(figure: figures.Figure) -> dict[str, object]:
    return {**asdict(figure), "as_of": figures.printed_cut_off(figure.as_of)}
