"""What the measuring of a wall takes in."""

import json
from types import SimpleNamespace

from bench.seed import Walk
from bench.wall import DOORS, WALKING, WallWatcher, _bodies


def watcher() -> WallWatcher:
    made = WallWatcher.__new__(WallWatcher)
    made.seen, made._received = -1, b""
    return made


def test_a_watcher_takes_the_check_ins_of_the_last_whole_frame():
    seen = watcher()
    sent = [b'event: wall\ndata: {"times":3}\n\nevent: wall\ndata: {"ti', b'mes":7}\n\nevent: ping\ndata: {}\n\n']
    seen.socket = SimpleNamespace(recv=lambda _: sent.pop(0))  # type: ignore[assignment]  # as much as is read of it
    seen.read()
    assert (seen.seen, seen.frames) == (3, 1)
    seen.read()
    assert (seen.seen, seen.frames) == (7, 2)


def test_only_passes_that_have_not_been_anywhere_are_sent():
    tokens = [str(number) for number in range(WALKING + 2)]
    home = SimpleNamespace(walk=Walk(1, tokens, [f"code {number}" for number in range(DOORS + 3)], "now"))
    sent = [json.loads(body)["items"][0] for body in _bodies(home)]
    assert {item["pass"] for item in sent} == {str(WALKING), str(WALKING + 1)}
    assert len(sent) == 2 * DOORS
