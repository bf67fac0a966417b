"""From the walk's document, as phones get it, to the places of the script. Pure."""

from datetime import datetime, timedelta
from typing import Any

from zuji.project.demo.script import Place


def places(document: dict[str, Any], *, first: int = 0) -> tuple[Place, ...]:
    """Places in the order of the trail, numbered from `first`; of a stop's several rooms the last has no network."""
    found: list[Place] = []
    for stop in document["stops"]:
        rooms = stop["checkpoints"]
        for within, checkpoint in enumerate(rooms):
            leg = stop["leg"] if within == 0 else None
            found.append(
                Place(
                    number=first + len(found),
                    site=stop["site"]["id"],
                    opens_at=datetime.fromisoformat(checkpoint["opens_at"]),
                    closes_at=datetime.fromisoformat(checkpoint["closes_at"]),
                    way=timedelta(minutes=leg["minutes"]) if leg else timedelta(),
                    leaves_at=_instant(leg["departs_at"]) if leg else None,
                    dead=len(rooms) > 1 and within == len(rooms) - 1,
                )
            )
    return tuple(found)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
