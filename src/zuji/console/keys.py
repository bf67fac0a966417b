"""Every key of the console, for the help that `?` opens. A key never does what no link or button does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyGroup:
    """Where keys work: words under `keys.<key>`; each line is what it does (words under `keys.<line>`) and its keys."""

    key: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]


KEYS = (
    KeyGroup(
        "everywhere",
        (("palette", ("Ctrl K",)), ("search", ("/",)), ("help", ("?",)), ("close_it", ("Esc",))),
    ),
    KeyGroup("in_lists", (("rows", ("j", "k")), ("open", ("Enter",)), ("pick", ("x",)), ("pick_to", ("X",)))),
    KeyGroup("in_queues", (("answers", ("1", "2", "3")), ("later", ("j",)), ("undo", ("u",)))),
    KeyGroup("on_records", (("edit", ("e",)),)),
    KeyGroup("in_calendars", (("turn", ("←", "→")), ("today", ("t",)), ("calendar_views", ("m", "w", "d", "l")))),
    KeyGroup("in_grids", (("grid", ("←", "→", "↑", "↓")), ("grid_ends", ("Home", "End")))),
)
