"""Streams of live frames: one hub for whatever is watched, so that one connection listens."""

from typing import Final, NamedTuple

from django.http import StreamingHttpResponse

from zuji.api import frames
from zuji.api.walls.boards import Boards
from zuji.checkin.live import Frame, Hub, Topic
from zuji.core import clock

EVENTS: Final = {"description": "Events", "content": {"text/event-stream": {"schema": {"type": "string"}}}}


class Wall(NamedTuple):
    """The view of a wall: everybody's alike."""


WALL: Final = Wall()
boards = Boards()


def frame(topic: Topic) -> Frame:
    """The event of a topic, be it a matrix or a wall."""
    if not isinstance(topic.view, Wall):
        return frames.frame(topic)
    made = boards.of(topic.campaign).make(at=clock.now())
    return Frame(b"event: wall\ndata: %b\n\n" % made.event, made.again_s)


hub = Hub(frame)


def streamed(topic: Topic) -> StreamingHttpResponse:
    """A topic's events for as long as somebody listens."""
    answer = StreamingHttpResponse(hub.watch(topic), content_type="text/event-stream")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"  # a proxy that collects would hold frames back
    return answer
