"""The matrix as a picture, for a message or a slide."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from zuji.console.blocks.print import typeset
from zuji.core.templatetags.words import full_moment, hour, named, number, say
from zuji.trail.grid import Box, Grid

PPI = 168


def draw(grid: Grid, *, title: str, at: datetime) -> bytes:
    """A PNG of what the page shows, in the reader's language and the active time zone."""
    data: dict[str, object] = {
        "title": say("matrix.image.title", campaign=title),
        "as_of": say("matrix.image.as_of", at=full_moment(at)),
        "legend": {key: gettext(f"matrix.{key}") for key in ("delivered", "probably", "nobody")},
        "organisation": gettext("matrix.organisation"),
        "expected": gettext("matrix.expected"),
        "sites": [{"name": named(site or {}), "span": span} for site, span in grid.sites],
        "heads": [named(head.name) for head in grid.heads],
        "lines": [{"name": line.name, **_expected(line.expected), "boxes": _boxes(line.boxes)} for line in grid.lines],
        "foot": {
            "name": say("matrix.foot", n=len(grid.lines)),
            "expected": number(grid.expected),
            "boxes": _boxes(grid.foot),
        },
        "note": gettext("matrix.note"),
    }
    return typeset("matrix.typ", data, to="png", at=at, ppi=PPI)


def _expected(count: int | None) -> dict[str, object]:
    return {"expected": gettext("core.unknown") if count is None else number(count), "known": count is not None}


def _boxes(boxes: Sequence[Box]) -> list[dict[str, object]]:
    return [
        {"delivered": box.delivered, "probably": box.probably, "last": hour(box.last_at) if box.last_at else ""}
        for box in boxes
    ]
