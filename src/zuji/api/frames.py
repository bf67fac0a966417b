"""The matrix as JSON, whole or as one event of a stream; encoded once for all who may see the same."""

from datetime import datetime
from typing import Final

import msgspec

from zuji.briefing.queries import walk_totals
from zuji.checkin.live import Frame, Topic
from zuji.checkin.matrix import Matrix, MatrixCell
from zuji.checkin.viewing import View, campaign_of, matrix_seen
from zuji.core import clock
from zuji.trail.documents import places_of

NOWHERE: Final[dict[str, object]] = {"stop": None, "site": None, "site_short": None}


def matrix_json(campaign_id: int, view: View, *, at: datetime) -> bytes:
    """A campaign's matrix as such a view shows it."""
    campaign = campaign_of(campaign_id)
    document = _document(matrix_seen(campaign, view, as_of=at), places_of(campaign_id))
    return msgspec.json.encode(document | {"totals": walk_totals(campaign, view, as_of=at)})


def frame(topic: Topic) -> Frame:
    """The same as a server-sent event."""
    if not isinstance(topic.view, View):
        raise TypeError(topic)
    return Frame(b"event: matrix\ndata: %b\n\n" % matrix_json(topic.campaign, topic.view, at=clock.now()))


def _document(matrix: Matrix, places: dict[int, dict[str, object]]) -> dict[str, object]:
    cells: dict[int, list[dict[str, object]]] = {}
    for cell in matrix.cells:
        cells.setdefault(cell.organisation, []).append(_cell(cell, is_masked=matrix.masked))
    return {
        "campaign": matrix.campaign,
        "as_of": matrix.as_of,
        "masked": matrix.masked,
        "checkpoints": [
            {"id": column.checkpoint, "name": column.name, "times": column.times}
            | places.get(column.checkpoint, NOWHERE)
            for column in matrix.columns
        ],
        "organisations": [
            {"id": line.organisation, "name": line.name, "kind": line.kind, "expected": line.expected}
            | {"cells": cells.get(line.organisation, [])}
            for line in matrix.lines
        ],
    }


def _cell(cell: MatrixCell, *, is_masked: bool) -> dict[str, object]:
    a, b, c, d = cell.share[1:5]
    full: dict[str, object] = {
        "grades": {"A": a, "B": b, "C": c, "D": d},
        "late": cell.share.late,
        "probably": cell.probably,
        "last_at": cell.last_at,
        "last_received": cell.last_received,
    }
    shown = dict.fromkeys(full) if is_masked else full
    return {"checkpoint": cell.checkpoint, "delivered": cell.delivered, **shown}
