"""What walkers of the demo write at the stops, and what the steward of the play decides of it; all of it is sample."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec

from zuji.core.ids import unb64, uuid7
from zuji.project.demo.office import Side
from zuji.project.demo.parts import Part
from zuji.project.demo.phones import Phone
from zuji.project.demo.script import Script, Send
from zuji.project.demo.simulator import Handout
from zuji.trail.actions import Writing, approve_impression, decline_impression, write_impression
from zuji.trail.enums import DeclineReason
from zuji.trail.models import StopCheckpoint

GUESTBOOK_FILE = Path(__file__).parent / "guestbook.toml"
APPROVES, WAITS = "approves", "waits"
WRITES_AFTER, DECIDES_AFTER = timedelta(minutes=5), timedelta(minutes=6)


class Words(msgspec.Struct, frozen=True):
    """A text, the site that it is about, and whether the steward approves it, leaves it, or for what declines it."""

    text: str
    site: str = ""
    fate: str = APPROVES


class Guestbook(msgspec.Struct, frozen=True):
    """The whole file."""

    words: list[Words]


@dataclass(frozen=True)
class Planned:
    """Who writes what, when, at which place of the trail."""

    at: datetime
    phone: Phone
    place: int
    words: Words


@dataclass
class Table:
    """Where walkers write during the play; what was written lies there until the steward comes by."""

    side: Side
    handout: Handout
    planned: list[Planned]
    lying: list[tuple[datetime, UUID, str]] = field(default_factory=list)

    def turn(self, at: datetime) -> None:
        """Everything that is due by then: first what is written, then what the steward decides."""
        while self.planned and self.planned[0].at <= at:
            self._write(self.planned.pop(0), at)
        while self.lying and self.lying[0][0] <= at:
            _, impression_id, fate = self.lying.pop(0)
            self._decide(impression_id, fate, at)

    def _write(self, planned: Planned, at: datetime) -> None:
        stop = StopCheckpoint.objects.get(checkpoint=self.handout.checkpoints[planned.place]).stop_id
        token = unb64(self.handout.tokens[planned.phone.number])
        writing = Writing(uuid7(planned.at), stop, planned.words.text, planned.at, at)
        write_impression(token=token, writing=writing, at=at, sample=True)
        self.lying.append((at + DECIDES_AFTER, writing.id, planned.words.fate))

    def _decide(self, impression_id: UUID, fate: str, at: datetime) -> None:
        steward = self.side.account("steward")
        if fate == APPROVES:
            approve_impression(actor=steward, impression_id=impression_id, at=at)
        elif fate != WAITS:
            reason = DeclineReason(fate)
            decline_impression(actor=steward, impression_id=impression_id, reason=reason, at=at)


def read_words() -> list[Words]:
    """The demo's texts, in the order in which they are written."""
    return msgspec.toml.decode(GUESTBOOK_FILE.read_bytes(), type=Guestbook).words


def set_out(side: Side, handout: Handout, script: Script) -> Table:
    """The table for a play whose script is written."""
    site_of = dict(StopCheckpoint.objects.values_list("checkpoint", "stop__site__code").filter(stop__trail=side.trail))
    own = [site_of[key] for _, key in sorted(handout.checkpoints.items()) if key in site_of]
    return Table(side, handout, plan(script, read_words(), own))


def plan(script: Script, words: Sequence[Words], sites: Sequence[str]) -> list[Planned]:
    """Each text to somebody who just checked in at a place of its site, over the whole day; `sites` are by place.

    Only those write who have nothing else to show, so that the texts change nobody's part. A text whose site is not
    on the trail is left out.
    """
    plain = [
        (each.at + WRITES_AFTER, each.scans[-1])
        for moment in script.moments
        for each in moment.steps
        if isinstance(each, Send) and _is_plain(each, script.parts) and each.scans[-1].place < len(sites)
    ]
    taken: set[int] = set()
    planned = []
    for number, one in enumerate(words):
        fitting = [(at, scan) for at, scan in plain if not one.site or sites[scan.place] == one.site]
        free = [(at, scan) for at, scan in fitting if scan.phone.number not in taken]
        if free:
            at, scan = free[number * len(free) // len(words)]
            taken.add(scan.phone.number)
            planned.append(Planned(at, scan.phone, scan.place, one))
    return sorted(planned, key=lambda each: (each.at, each.phone.number))


def _is_plain(send: Send, parts: Sequence[Part]) -> bool:
    number = send.scans[0].phone.number
    return number < len(parts) and parts[number] is Part.PLAIN
