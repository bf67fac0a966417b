"""Campaigns and activities in their barest form, checkpoints and their codes, passes, items, the log, the matrix."""

import secrets

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from zuji.checkin.enums import CoordStatus, Outcome
from zuji.committee.models import ParticipantOrganisation
from zuji.core.ids import new_token
from zuji.core.models import Association
from zuji.people.models import Account

DIRECTORY_CHANNEL = "zuji_directory"
BLANKED = ("at", "received_at", "step", "salt", "batch_id", "leaf_index")
NOT_BLANKING = f"""to_jsonb(new) - array{list(BLANKED)} is distinct from to_jsonb(old) - array{list(BLANKED)}
or num_nonnulls({", ".join(f"new.{name}" for name in BLANKED)}) > 0"""
"""All that may ever change of an item: reduction blanks what leads to its instant, and its salt."""


def tells(kind: str, key: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """Tell running intakes that what they remember of a row is old; a bulk load of new passes tells nothing."""
    func = f"perform pg_notify('{DIRECTORY_CHANNEL}', '{kind}:' || new.{key}); return null;"
    return pgtrigger.Trigger(name="tells_intakes", when=pgtrigger.After, operation=operation, func=func)


def new_key() -> bytes:
    """256 random bits."""
    return secrets.token_bytes(32)


@pghistory.track()
class Campaign(models.Model):
    """系列活动: activities under one theme. Identity is per campaign: across campaigns people are unknown."""

    campaign_path = "pk"

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="campaigns")
    slug = models.SlugField(unique=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    opens_on = models.DateField()
    closes_on = models.DateField()
    target_firms = models.PositiveIntegerField(null=True)
    join_by_list = models.BooleanField(default=True)
    reduced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opens_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="campaign_closes_after_opening",
            )
        ]

    def __str__(self) -> str:
        return self.slug


@pghistory.track()
class Activity(models.Model):
    """活动: one dated event of a campaign. A rehearsal's check-ins are counted nowhere."""

    campaign_path = "campaign_id"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="activities")
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    held_on = models.DateField()
    rehearsal = models.BooleanField(default=False)

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name_plural = "activities"

    def __str__(self) -> str:
        return self.name_zh


@pghistory.track(exclude=["key"])
class Checkpoint(models.Model):
    """打卡点: where and when one can check in. Only a confirmed location judges anybody's fix."""

    campaign_path = "activity.campaign_id"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="checkpoints")
    order = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    radius_m = models.PositiveIntegerField(default=150)
    coord_status = models.CharField(max_length=12, default=CoordStatus.UNVERIFIED)
    confirmed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    key = models.BinaryField(default=new_key, max_length=32)

    class Meta:
        ordering = ["activity", "order"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "order"], name="checkpoint_order_once"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="checkpoint_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=~Q(coord_status=CoordStatus.CONFIRMED) | Q(lat__isnull=False, lon__isnull=False),
                name="checkpoint_confirmed_has_place",
            ),
        ]
        triggers = [tells("checkpoint", "id", pgtrigger.Update)]

    def __str__(self) -> str:
        return self.name_zh


@pghistory.track()
class CodeSerial(models.Model):
    """One poster, one screen on one day, or one steward's grant for one day; each can be withdrawn alone."""

    campaign_path = "checkpoint.activity.campaign_id"

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="serials")
    kind = models.CharField(max_length=1)
    serial = models.PositiveIntegerField()
    day = models.DateField(null=True)
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    nonce = models.UUIDField(null=True)
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["checkpoint", "kind", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "kind", "serial"], name="code_serial_once"),
            models.UniqueConstraint(
                fields=["checkpoint", "kind", "day", "nonce"],
                name="code_serial_once_per_nonce",
            ),
        ]
        triggers = [tells("checkpoint", "checkpoint_id", pgtrigger.Insert | pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.checkpoint_id}.{self.kind}{self.serial}"


class Pass(models.Model):
    """打卡证: one participant in one campaign, for one organisation. `person` is the pass that stands for the person,
    the one with the lowest key among those marked as the same; null means this pass itself.
    """

    campaign_path = "campaign_id"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="passes")
    organisation = models.ForeignKey(ParticipantOrganisation, on_delete=models.PROTECT, related_name="passes")
    token = models.BinaryField(max_length=16, null=True, unique=True, default=new_token)
    person = models.BigIntegerField(null=True)
    group = models.CharField(max_length=40, blank=True)
    joined_at = models.DateTimeField()
    on_the_spot = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "passes"
        indexes = [models.Index(fields=["campaign", "organisation"], name="pass_by_organisation")]
        triggers = [tells("pass", "id", pgtrigger.Update)]

    def __str__(self) -> str:
        return str(self.pk)


class PassDetail(models.Model):
    """Personal: the name or nickname that a participant chose to give. No history; erased after the campaign."""

    walk_pass = models.OneToOneField(Pass, on_delete=models.CASCADE, related_name="detail")
    nickname = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"detail of {self.walk_pass_id}"


@pghistory.track()
class SamePerson(models.Model):
    """That two passes are one person's, as the holder, a contact or a steward said; undone without loss."""

    first = models.ForeignKey(Pass, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Pass, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="same_person_in_order"),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(undone_at=None),
                name="same_person_marked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}"


class Item(models.Model):
    """What a phone handed in, with its one outcome. Append-only; unique by campaign and id; at most one check-in for a
    pass at a checkpoint. An accepted item with `first_id` puts back a check-in that had been taken back.
    """

    pk = models.CompositePrimaryKey("campaign_id", "id")
    # no foreign key is checked on the hot path: each comes from a row that is never deleted
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    id = models.UUIDField()
    checkpoint_id = models.BigIntegerField(null=True)
    pass_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=8)
    code = models.CharField(max_length=24, blank=True)
    first_id = models.UUIDField(null=True)
    digest = models.BinaryField(max_length=32)
    evidence = models.CharField(max_length=6, blank=True)
    serial = models.PositiveIntegerField(null=True)
    step = models.BigIntegerField(null=True)
    seats = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    local_date = models.DateField()
    grade = models.CharField(max_length=1, blank=True)
    late = models.BooleanField(default=False)
    reasons = models.CharField(max_length=80, blank=True)
    fence = models.CharField(max_length=7, blank=True)
    distance_band = models.CharField(max_length=10, blank=True)
    accuracy_band = models.CharField(max_length=8, blank=True)
    steward_id = models.BigIntegerField(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    batch_id = models.BigIntegerField(null=True)
    leaf_index = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "pass_id", "checkpoint_id"],
                condition=Q(outcome=Outcome.ACCEPTED, first_id=None, pass_id__isnull=False),
                name="checked_in_once",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="item_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="item_is_only_blanked",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(NOT_BLANKING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.id}"


class Correction(models.Model):
    """That a check-in was taken back or put back, by whom and why. Append-only, and a leaf of the log itself."""

    campaign_path = "campaign_id"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    item_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, blank=True)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    salt = models.BinaryField(max_length=16, null=True)
    batch_id = models.BigIntegerField()
    leaf_index = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["campaign", "item_id", "number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "item_id", "number"], name="corrected_in_order")]
        triggers = [
            pgtrigger.Protect(name="correction_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="correction_is_append_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["salt"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"


class LogBatch(models.Model):
    """One committed batch of leaves: its hashes in order, their root, and the signed head chained to the one before."""

    id = models.BigAutoField(primary_key=True)
    epoch = models.PositiveIntegerField()
    size = models.BigIntegerField()
    time_ms = models.BigIntegerField()
    prev = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
    head = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    key_id = models.CharField(max_length=16)
    leaves = models.BinaryField()

    class Meta:
        ordering = ["epoch", "size"]
        constraints = [models.UniqueConstraint(fields=["epoch", "prev"], name="log_never_forks")]
        triggers = [pgtrigger.Protect(name="log_batch_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.epoch}:{self.size}"


class LogHead(models.Model):
    """The log's head, one row, locked last of all."""

    batch_id = models.BigIntegerField(default=0)
    epoch = models.PositiveIntegerField(default=1)
    size = models.BigIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"\0" * 32)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="log_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.epoch}:{self.size}"


class LogKey(models.Model):
    """A key that signs heads. The public part is kept for ever; the private part lies with the home's secrets."""

    key_id = models.CharField(primary_key=True, max_length=16)
    x = models.BinaryField(max_length=32)
    y = models.BinaryField(max_length=32)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return self.key_id


class MatrixCell(models.Model):
    """Check-ins of one organisation at one checkpoint, kept with each batch; a recount must give the same."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(ParticipantOrganisation, on_delete=models.PROTECT, related_name="+")
    delivered = models.PositiveIntegerField(default=0)
    grade_a = models.PositiveIntegerField(default=0)
    grade_b = models.PositiveIntegerField(default=0)
    grade_c = models.PositiveIntegerField(default=0)
    grade_d = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    seats = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    last_received = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "checkpoint"], name="matrix_cell_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} x {self.checkpoint_id}"


class UnknownPassCount(models.Model):
    """How many items of unknown passes came on a day: counted, never stored, so that nobody fills the disk."""

    day = models.DateField(primary_key=True)
    items = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.items}"
