"""Reads: the matrix and its recount, who arrived, who is expected, what a pass has, and the published keys."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from zuji.checkin import models
from zuji.checkin.been import been
from zuji.checkin.cells import Share
from zuji.checkin.corrections import row_of_item
from zuji.checkin.enums import CorrectionKind, Outcome
from zuji.checkin.marks import passed_by
from zuji.checkin.matrix import Column, Key, Line, Matrix, MatrixCell
from zuji.checkin.models import Campaign, Checkpoint, Correction, Item, Pass
from zuji.checkin.published import log_keys
from zuji.checkin.writing import receipts_of
from zuji.committee.models import ParticipantOrganisation

COUNTED: Final = """select item.* from checkin_item as item
left join lateral (select kind from checkin_correction as made where made.campaign_id = item.campaign_id
and made.item_id = item.id order by number desc limit 1) as corrected on true
where item.outcome = 'accepted' and item.first_id is null and corrected.kind is distinct from 'taken_back'"""

RECOUNT: Final = f"""select organisation_id, checkpoint_id, sum(seats),
coalesce(sum(seats) filter (where grade = 'A'), 0), coalesce(sum(seats) filter (where grade = 'B'), 0),
coalesce(sum(seats) filter (where grade = 'C'), 0), coalesce(sum(seats) filter (where grade = 'D'), 0),
coalesce(sum(seats) filter (where late), 0), coalesce(sum(seats) filter (where pass_id is null), 0)
from ({COUNTED} and item.campaign_id = %(campaign)s) as counted group by 1, 2"""  # noqa: S608  (put together from constants)


def matrix(campaign: Campaign, *, as_of: datetime, organisations: Iterable[int] | None = None) -> Matrix:
    """The campaign's matrix as it stands now, of all organisations or of some; `as_of` is when that was."""
    cells = models.MatrixCell.objects.filter(checkpoint__activity__campaign=campaign)
    lines = expected_organisations(campaign)
    if organisations is not None:
        cells, lines = cells.filter(organisation__in=organisations), lines.filter(pk__in=organisations)
    probably = still_on_phones(campaign.pk)
    shown = [_cell(cell, probably) for cell in cells]
    return Matrix(
        campaign=campaign.pk,
        as_of=as_of,
        masked=False,
        columns=columns(campaign),
        lines=[Line(organisation=each.pk, name=each.name, kind=each.kind, expected=each.expected) for each in lines],
        cells=shown,
    )


def columns(campaign: Campaign) -> list[Column]:
    """The campaign's checkpoints in their order, each with its times over all organisations."""
    checkpoints = Checkpoint.objects.filter(activity__campaign=campaign).order_by(
        "activity__held_on", "activity", "order"
    )
    times = models.MatrixCell.objects.filter(checkpoint__in=checkpoints).values("checkpoint")
    sums = dict(times.annotate(times=Sum("delivered")).values_list("checkpoint", "times"))
    return [
        Column(
            checkpoint=each.pk,
            name={"zh": each.name_zh, "en": each.name_en},
            activity=each.activity_id,
            times=sums.get(each.pk, 0),
        )
        for each in checkpoints
    ]


def expected_organisations(campaign: Campaign) -> QuerySet[ParticipantOrganisation]:
    """Those that have passes in this campaign or were counted in it, by name."""
    walked = models.MatrixCell.objects.filter(organisation=OuterRef("pk"), checkpoint__activity__campaign=campaign)
    passes = Pass.objects.filter(organisation=OuterRef("pk"), campaign=campaign)
    known = ParticipantOrganisation.objects.filter(association=campaign.association_id)
    return known.filter(Exists(passes) | Exists(walked)).order_by("sort_key", "pk")


def still_on_phones(campaign_id: int) -> dict[Key, int]:
    """By organisation and checkpoint: passes counted at the checkpoint before and the one after, but not here."""
    doors = list(
        Checkpoint.objects.filter(activity__campaign=campaign_id)
        .order_by("activity", "order")
        .values_list("activity", "pk")
    )
    sums: Counter[Key] = Counter()
    for organisation, counts in been(campaign_id, [checkpoint for _, checkpoint in doors]).items():
        for marks, count in counts.items():
            # an activity's last door is not before another activity's first
            for place in passed_by(marks):
                if doors[place - 1][0] == doors[place + 1][0]:
                    sums[organisation, doors[place][1]] += count
    return dict(sums)


def _cell(cell: models.MatrixCell, probably: dict[Key, int]) -> MatrixCell:
    return MatrixCell(
        organisation=cell.organisation_id,
        checkpoint=cell.checkpoint_id,
        delivered=cell.delivered,
        share=share_of_cell(cell),
        probably=probably.get((cell.organisation_id, cell.checkpoint_id), 0),
        last_at=cell.last_at,
        last_received=cell.last_received,
    )


def share_of_cell(cell: models.MatrixCell) -> Share:
    """What a kept cell says was delivered."""
    return Share(cell.delivered, cell.grade_a, cell.grade_b, cell.grade_c, cell.grade_d, cell.late, cell.seats)


def recount(campaign_id: int) -> dict[Key, Share]:
    """The matrix counted anew from items and corrections, by organisation and checkpoint."""
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, {"campaign": campaign_id})
        return {(organisation, checkpoint): Share(*counts) for organisation, checkpoint, *counts in cursor.fetchall()}


def miscounted(campaign_id: int) -> dict[Key, tuple[Share, Share]]:
    """Cells that differ from a recount, each with what is kept and what was counted; empty when all is well."""
    kept_cells = models.MatrixCell.objects.filter(checkpoint__activity__campaign=campaign_id)
    kept = {(cell.organisation_id, cell.checkpoint_id): share_of_cell(cell) for cell in kept_cells}
    counted = recount(campaign_id)
    keys = kept.keys() | counted.keys()
    pairs = {key: (kept.get(key, Share()), counted.get(key, Share())) for key in sorted(keys)}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, kw_only=True)
class PassCheckin:
    """A check-in as its own pass sees it: without its grade. `receipt` is None once the campaign was reduced."""

    id: str
    checkpoint: int
    at: datetime | None
    received_at: datetime | None
    evidence: str
    fence: str
    distance_band: str
    accuracy_band: str
    receipt: dict[str, Any] | None


def counted_items(walk_pass: Pass) -> QuerySet[Item]:
    """The items by which a pass has checked in and that count now."""
    taken_back = Correction.objects.filter(campaign=OuterRef("campaign"), item_id=OuterRef("id")).order_by("-number")
    items = Item.objects.filter(campaign=walk_pass.campaign_id, pass_id=walk_pass.pk, outcome=Outcome.ACCEPTED)
    counted = items.filter(first_id=None).alias(last=taken_back.values("kind")[:1])
    return counted.filter(~Q(last=CorrectionKind.TAKEN_BACK) | Q(last=None))


def checkins_of(walk_pass: Pass) -> list[PassCheckin]:
    """What a pass has checked in at and what counts now, in order of time, with receipts."""
    found = list(counted_items(walk_pass).order_by("at", "checkpoint_id"))
    receipts = receipts_of([row_of_item(item) for item in found])
    return [
        PassCheckin(
            id=str(item.id),
            checkpoint=item.checkpoint_id or 0,
            at=item.at,
            received_at=item.received_at,
            evidence=item.evidence,
            fence=item.fence,
            distance_band=item.distance_band,
            accuracy_band=item.accuracy_band,
            receipt=json.loads(receipt) if receipt else None,
        )
        for item, receipt in zip(found, receipts, strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How many of a group of an organisation are expected and have arrived at a checkpoint."""

    organisation: int
    name: str
    group: str
    expected: int
    arrived: int


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A pass that may come to a checkpoint, and whether it counts there now."""

    walk_pass: int
    organisation: int
    name: str
    group: str
    nickname: str
    arrived: bool


def roster(checkpoint: Checkpoint) -> list[Expected]:
    """The passes that may come to a checkpoint, by organisation and group; a withdrawn one only where it came."""
    last = Correction.objects.filter(campaign=OuterRef("campaign"), item_id=OuterRef("id")).order_by("-number")
    here = Item.objects.filter(checkpoint_id=checkpoint.pk, outcome=Outcome.ACCEPTED, first_id=None)
    counted = here.alias(last=last.values("kind")[:1]).filter(~Q(last=CorrectionKind.TAKEN_BACK) | Q(last=None))
    arrived = set(counted.filter(campaign=checkpoint.activity.campaign_id).values_list("pass_id", flat=True))
    passes = Pass.objects.filter(Q(withdrawn_at=None) | Q(pk__in=arrived), campaign=checkpoint.activity.campaign_id)
    ordered = passes.order_by("organisation__sort_key", "organisation", "group", "pk")
    return [
        Expected(
            walk_pass=each.pk,
            organisation=each.organisation_id,
            name=each.organisation.name,
            group=each.group,
            nickname=each.detail.nickname if hasattr(each, "detail") else "",
            arrived=each.pk in arrived,
        )
        for each in ordered.select_related("organisation", "detail")
    ]


def arrivals(checkpoint: Checkpoint) -> list[Arrival]:
    """How many of each organisation and group are expected and have arrived."""
    sums: dict[tuple[int, str, str], list[bool]] = {}
    for each in roster(checkpoint):
        sums.setdefault((each.organisation, each.name, each.group), []).append(each.arrived)
    return [
        Arrival(organisation=organisation, name=name, group=group, expected=len(came), arrived=sum(came))
        for (organisation, name, group), came in sums.items()
    ]


def published_keys() -> dict[str, Any]:
    """The published keys as a document that stands in a file; instants as text."""
    document: dict[str, Any] = json.loads(json.dumps(log_keys(), default=lambda instant: instant.isoformat()))
    return document
