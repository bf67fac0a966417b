"""Sites with halls and exhibits; trails with stops at sites, in order, joined by legs; impressions of those stops."""

import pghistory
from django.db import models
from django.db.models import Q

from zuji.checkin.models import Activity, Campaign, Checkpoint, Pass
from zuji.core.models import Association
from zuji.people.models import Account
from zuji.trail.enums import DECIDED, ImpressionState, LegMode
from zuji.trail.wording import CHANGE_CHARS, TEXT_CHARS


class Named(models.Model):
    """Something with a name in both languages that may be sample text."""

    name_zh = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    sample = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_zh


@pghistory.track()
class Site(Named):
    """遗址: a heritage place. Its coordinates are a seed for a sketch, never evidence; checkpoints have their own."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="sites")
    code = models.CharField(max_length=12)
    short_zh = models.CharField(max_length=24)
    seal = models.CharField(max_length=4)
    town = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=160, blank=True)
    about_zh = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    uncertainty_m = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["association", "code"], name="site_code_once")]


@pghistory.track()
class Hall(Named):
    """展厅: a room of a site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="halls")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["site", "order"]
        constraints = [models.UniqueConstraint(fields=["site", "order"], name="hall_order_once")]


@pghistory.track()
class Exhibit(Named):
    """展品: a thing shown, with text, picture and sound; file names lie under the media folder."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="exhibits")
    order = models.PositiveSmallIntegerField()
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    image = models.CharField(max_length=160, blank=True)
    audio = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["hall", "order"]
        constraints = [models.UniqueConstraint(fields=["hall", "order"], name="exhibit_order_once")]


@pghistory.track()
class Trail(Named):
    """路线: the way of one activity. Opened only when every location is confirmed, or waived by a named person."""

    campaign_path = "activity.campaign_id"

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="trail")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")


@pghistory.track()
class Stop(models.Model):
    """站点: a site's place in a trail. Who accepts that locations are not judged here is named."""

    campaign_path = "trail.activity.campaign_id"

    trail = models.ForeignKey(Trail, on_delete=models.CASCADE, related_name="stops")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="stops")
    order = models.PositiveSmallIntegerField()
    location_waived_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    location_waived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["trail", "order"]
        constraints = [models.UniqueConstraint(fields=["trail", "order"], name="stop_order_once")]

    def __str__(self) -> str:
        return f"{self.trail_id}.{self.order}"


@pghistory.track()
class StopCheckpoint(models.Model):
    """That a checkpoint stands at a stop; a checkpoint stands at one stop at most."""

    stop = models.ForeignKey(Stop, on_delete=models.CASCADE, related_name="places")
    checkpoint = models.OneToOneField(Checkpoint, on_delete=models.CASCADE, related_name="place")

    class Meta:
        ordering = ["stop", "checkpoint"]

    def __str__(self) -> str:
        return f"{self.stop_id}: {self.checkpoint_id}"


@pghistory.track()
class Leg(models.Model):
    """The way to a stop from the one before."""

    stop = models.OneToOneField(Stop, on_delete=models.CASCADE, related_name="leg")
    mode = models.CharField(max_length=8, choices=LegMode)
    distance_m = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    departs_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.mode} {self.distance_m} m"


@pghistory.track()
class Change(models.Model):
    """变更: what is told to everybody who holds a walk, without a name too. Taken back, never rewritten or deleted."""

    campaign_path = "campaign_id"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="changes")
    cancelled = models.BooleanField(default=False)
    text_zh = models.CharField(max_length=CHANGE_CHARS)
    text_en = models.CharField(max_length=CHANGE_CHARS)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_by=None, taken_back_at=None)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False),
                name="change_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text_zh


class Impression(models.Model):
    """感言: what a walker wrote at a stop. Personal, so without history; the phone draws its id.

    Withdrawn by its writer, the words are gone at once. When the campaign is reduced the pass and the time of day go,
    and so do the words, but for those that the office approved to be shown; counts stand on the rows that stay.
    """

    campaign_path = "campaign_id"

    id = models.UUIDField(primary_key=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="impressions")
    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="impressions")
    walk_pass = models.ForeignKey(Pass, on_delete=models.PROTECT, null=True, related_name="impressions")
    text = models.CharField(max_length=TEXT_CHARS, blank=True)
    sample = models.BooleanField(default=False)
    local_date = models.DateField()
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=ImpressionState, default=ImpressionState.WAITING)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=14, blank=True)

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["campaign", "state", "decided_at"], name="impression_by_decision")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | ~Q(state__in=DECIDED) & Q(decided_by=None, decided_at=None),
                name="impression_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
