"""Rows of a small walk, written straight into the tables: what the engine leaves behind, and nothing of how."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import connection

from tests.cast import DAY, Cast
from zuji.checkin.enums import CorrectionKind, Evidence, Grade, Outcome
from zuji.checkin.models import Activity, Campaign, Checkpoint, Correction, Item, Pass
from zuji.committee.models import ParticipantOrganisation
from zuji.core.models import Association
from zuji.trail.models import Site, Stop, StopCheckpoint, Trail

GUANGZHOU = ZoneInfo("Asia/Shanghai")


@dataclass
class Walk:
    """The cast's walk with a trail: the entrance stands at one site, the hall at another."""

    cast: Cast
    school: Site
    house: Site

    def walker(self, organisation: ParticipantOrganisation | None = None, campaign: Campaign | None = None) -> Pass:
        """A pass of the first firm, or of another organisation."""
        return Pass.objects.create(
            campaign=campaign or self.cast.campaign, organisation=organisation or self.cast.firm, joined_at=DAY
        )

    def check_in(self, walk_pass: Pass | None = None, place: Checkpoint | None = None, **changes: object) -> Item:
        """An accepted item of that pass (else of a new walker), at the entrance (else there)."""
        walk_pass = walk_pass or self.walker()
        values = {"campaign": walk_pass.campaign, "pass_id": walk_pass.pk, "organisation_id": walk_pass.organisation_id}
        return self._item(place or self.cast.entrance, values | changes)

    def seats(
        self, organisation: ParticipantOrganisation, count: int, place: Checkpoint | None = None, **changes: object
    ) -> Item:
        """A head-count of anonymous seats."""
        values = {"campaign": self.cast.campaign, "organisation_id": organisation.pk, "seats": count, "grade": Grade.D}
        return self._item(place or self.cast.entrance, values | {"evidence": Evidence.ROLL} | changes)

    def take_back(self, item: Item, at: datetime = DAY + timedelta(hours=1)) -> Correction:
        return self._correct(item, CorrectionKind.TAKEN_BACK, at)

    def put_back(self, item: Item, at: datetime = DAY + timedelta(hours=2)) -> Correction:
        """The correction, and the new item that asked for it."""
        self.check_in(first_id=item.id, pass_id=item.pass_id, organisation_id=item.organisation_id, at=at)
        return self._correct(item, CorrectionKind.PUT_BACK, at)

    def _item(self, place: Checkpoint, values: dict[str, Any]) -> Item:
        at = values.get("at", DAY)
        defaults: dict[str, Any] = {
            "id": uuid4(),
            "checkpoint_id": place.pk,
            "outcome": Outcome.ACCEPTED,
            "digest": b"\1" * 32,
            "evidence": Evidence.SCREEN,
            "at": at,
            "received_at": at,
            "local_date": at.astimezone(GUANGZHOU).date(),
            "grade": Grade.A,
        }
        return Item.objects.create(**defaults | values)

    def _correct(self, item: Item, kind: CorrectionKind, at: datetime) -> Correction:
        number = Correction.objects.filter(campaign=item.campaign_id, item_id=item.id).count() + 1
        return Correction.objects.create(
            campaign_id=item.campaign_id, item_id=item.id, number=number, kind=kind, at=at, batch_id=1, leaf_index=0
        )


def site(association: Association, code: str) -> Site:
    return Site.objects.create(
        association=association, code=code, name_zh=f"旧址{code}", name_en=f"Site {code}", short_zh=code, seal="旧址"
    )


def lay_trail(activity: Activity, places: list[tuple[Checkpoint, Site]]) -> Trail:
    """A trail with a stop for each place."""
    trail = Trail.objects.create(activity=activity, name_zh="路线", name_en="Trail")
    for order, (checkpoint, at_site) in enumerate(places, start=1):
        stop = Stop.objects.create(trail=trail, site=at_site, order=order)
        StopCheckpoint.objects.create(stop=stop, checkpoint=checkpoint)
    return trail


def another_day(campaign: Campaign, *, rehearsal: bool = False) -> Activity:
    """A second activity of a campaign."""
    return Activity.objects.create(
        campaign=campaign, name_zh="另一天", name_en="Another day", held_on=date(2021, 7, 27), rehearsal=rehearsal
    )


def tamper(statement: str) -> None:
    """What somebody with the database in hand can do: triggers off, a change, triggers on."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("set session_replication_role = default")
