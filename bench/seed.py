"""A walk to measure with, made in whatever home this runs in; a rehearsal, so that no figure counts it."""

import json
import secrets
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from zuji.checkin import codes
from zuji.checkin.enums import CodeKind

if TYPE_CHECKING:
    from zuji.checkin.models import Activity
    from zuji.people.models import Account

ORGANISATIONS = 43
CHECKPOINTS = 60
PLACE = (22.9564, 113.4334)
NEAR = '{"lat":22.9561,"lon":113.4338,"accuracy":18,"datum":"wgs84"}'


class Walk(NamedTuple):
    """Tokens of passes, and a code for each checkpoint, screens and posters in turn; `now` is the home's time."""

    campaign: int
    tokens: list[str]
    codes: list[str]
    now: str

    def items(self) -> Iterator[str]:
        """Each pass at each checkpoint once, as a phone would hand it in."""
        for code in self.codes:
            for token in self.tokens:
                yield (
                    f'{{"id":"{new_id()}","pass":"{token}","code":"{code}","at":"{self.now}","sent":"{self.now}",'
                    f'"fix":{NEAR}}}'
                )


def lines(walk: Walk, count: int) -> Iterator[str]:
    """What any load generator can send: a first line that says how, then so many bodies of one item each."""
    how = {"method": "POST", "path": "/api/v1/checkins", "headers": {"content-type": "application/json"}}
    yield json.dumps({**how, "acknowledged": ["accepted", "already"]})
    for item in islice(walk.items(), count):
        yield f'{{"items":[{item}]}}'


def new_id() -> str:
    """A UUID of version 7, as a phone makes it."""
    value = time.time_ns() // 1_000_000 << 80 | secrets.randbits(80)
    digits = f"{value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def seed(passes: int, *, now: datetime) -> Walk:
    """Make the walk; Django is set up. Its checkpoints are open from a day ago to a day ahead."""
    from zuji.checkin.models import Activity, Campaign, Pass
    from zuji.committee.enums import JoinsAs, ParticipantKind
    from zuji.committee.models import ParticipantOrganisation
    from zuji.core.ids import b64
    from zuji.core.models import Association
    from zuji.people.models import Account

    mark = secrets.token_hex(4)
    names = {"name_zh": "测量", "name_en": "Measuring"}
    association = Association.objects.create(slug=f"bench-{mark}", **names)
    holder = Account.objects.create(association=association, username=f"bench-{mark}", name="Bench")
    days = {"opens_on": (now - timedelta(days=2)).date(), "closes_on": (now + timedelta(days=2)).date()}
    campaign = Campaign.objects.create(association=association, slug=f"bench-{mark}", **names, **days)
    activity = Activity.objects.create(campaign=campaign, held_on=now.date(), rehearsal=True, **names)
    kind = {"kind": ParticipantKind.FIRM, "joins_as": JoinsAs.FIRM_ORGANISATION, "sample": True}
    organisations = ParticipantOrganisation.objects.bulk_create(
        ParticipantOrganisation(association=association, name=f"Firm {number}", join_code=secrets.token_hex(3), **kind)
        for number in range(ORGANISATIONS)
    )
    made = Pass.objects.bulk_create(
        Pass(campaign=campaign, organisation=organisations[number % ORGANISATIONS], joined_at=now)
        for number in range(passes)
    )
    ready = [_checkpoint(activity, holder, number, now) for number in range(1, CHECKPOINTS + 1)]
    return Walk(campaign.pk, [b64(bytes(each.token or b"")) for each in made], ready, now.isoformat())


def _checkpoint(activity: "Activity", holder: "Account", number: int, now: datetime) -> str:
    from zuji.checkin.enums import CoordStatus
    from zuji.checkin.models import Checkpoint, CodeSerial
    from zuji.checkin.serials import day_at, key_of

    window = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    place = {"lat": PLACE[0], "lon": PLACE[1], "coord_status": CoordStatus.CONFIRMED}
    names = {"name_zh": f"点{number}", "name_en": f"Spot {number}"}
    spot = Checkpoint.objects.create(activity=activity, order=number, **names, **window, **place)
    kind = CodeKind.SCREEN if number % 2 else CodeKind.POSTER
    day = day_at(spot, now) if kind is CodeKind.SCREEN else None
    serial = CodeSerial.objects.create(checkpoint=spot, kind=kind, serial=1, day=day, holder=holder, issued_at=now)
    step = codes.step_at(now.timestamp()) if kind is CodeKind.SCREEN else 0
    return codes.build(spot.pk, kind, 1, step, key=key_of(serial))


def main() -> None:
    """`python -m bench.seed PASSES`: the walk as JSON."""
    import django

    django.setup()
    from zuji.core import clock

    print(json.dumps(seed(int(sys.argv[1]), now=clock.now())._asdict()))


if __name__ == "__main__":
    main()
