"""Walkers who stand at a stop and write: rows laid straight into the tables."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tests.briefing.walk import Walk, lay_trail, site
from tests.cast import DAY, Cast
from zuji.checkin.models import Pass
from zuji.core.ids import uuid7
from zuji.trail.actions import Writing, approve_impression, write_impression
from zuji.trail.models import Impression, Stop


@dataclass
class Writers:
    """The cast's walk with a stop at the entrance and another at the hall."""

    cast: Cast
    walk: Walk
    stop: Stop
    second_stop: Stop

    def walker(self) -> Pass:
        """Somebody who has checked in at the first stop."""
        walk_pass = self.walk.walker()
        self.walk.check_in(walk_pass)
        return walk_pass

    def write(self, text: str = "院里的老树还在。", walk_pass: Pass | None = None, at: datetime = DAY) -> Impression:
        """An impression of the first stop, of a new walker or of this one."""
        writer = walk_pass or self.walker()
        return write_impression(token=bytes(writer.token), writing=self.writing(text, at=at), at=at)

    def approved(self, text: str = "院里的老树还在。", at: datetime = DAY) -> Impression:
        """One that Guo approved."""
        return approve_impression(actor=self.cast.guo, impression_id=self.write(text, at=at).pk, at=at)

    def writing(self, text: str = "院里的老树还在。", at: datetime = DAY, **changes: object) -> Writing:
        """What the phone hands in a second after it was written."""
        plain = Writing(uuid7(at), self.stop.pk, text, at, at + timedelta(seconds=1))
        return plain._replace(**changes)


def writers(cast: Cast) -> Writers:
    """Two stops of the cast's walk, the entrance and the hall."""
    school, house = site(cast.panyu, "S01"), site(cast.panyu, "S03")
    trail = lay_trail(cast.activity, [(cast.entrance, school), (cast.hall, house)])
    first, second = trail.stops.order_by("order")
    return Writers(cast, Walk(cast, school, house), first, second)


NOBODYS = UUID(int=7)
"""An id that no impression has."""
