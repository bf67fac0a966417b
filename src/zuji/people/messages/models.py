"""What people are told, where they want to be told it, and what became of each delivery."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zuji.core.models import Association
from zuji.people.enums import ScopeKind
from zuji.people.messages.enums import Channel, DeliveryState


class Notice(models.Model):
    """Something that an account is told in the console; the same event is told it once.

    Personal: what somebody was told. No history. `topic` is one of `enums.Topic`; the database knows no list of them,
    since every part of the house adds its own. `facts` are plain values from which the words are
    made when it is read: keys, names of things, counts and dates, never a person's name.
    """

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="notices")
    topic = models.CharField(max_length=24)
    event = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["account", "topic", "event"], name="notice_told_once")]
        indexes = [models.Index(fields=["account"], name="notice_unread", condition=Q(read_at=None))]

    def __str__(self) -> str:
        return f"{self.topic} {self.event}"


class Destination(models.Model):
    """Where messages go, of an account, or of a scope: a participant organisation or the association itself.

    Personal: an address leads to people. No history. Address and secret lie sealed; of a robot's address only the
    token is kept, so that it leads to its service and nowhere else. `mark` tells the same address, without saying it.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="destinations")
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, null=True, related_name="destinations")
    scope_kind = models.CharField(max_length=16, choices=ScopeKind, blank=True)
    scope_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=12, choices=Channel)
    address = models.TextField()
    secret = models.TextField(blank=True)
    mark = models.CharField(max_length=44)
    shown = models.CharField(max_length=260)
    language = models.CharField(max_length=8, default="zh-hans")
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    muted = ArrayField(models.CharField(max_length=24), default=list)
    stopped_at = models.DateTimeField(null=True)
    kept_since = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, scope_kind="", scope_id=None)
                | Q(account=None, scope_id__isnull=False) & ~Q(scope_kind=""),
                name="destination_of_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="destination_quiet_whole",
            ),
            models.UniqueConstraint(
                fields=["association", "account", "scope_kind", "scope_id", "mark"],
                name="destination_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["scope_kind", "scope_id"], name="destination_by_scope")]

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"


class Delivery(models.Model):
    """One message to one destination: the same event goes there once.

    WAITING and HELD are due at `next_try_at`; whoever sends takes it as SENDING under a `claim` of its own. What was
    taken and never ended was interrupted: it goes again, and may then have come twice. `pace` says what it waits for,
    `parcel` which deliveries went as one. The row outlives its destination, as the log of what was sent.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="deliveries")
    destination = models.ForeignKey(Destination, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    channel = models.CharField(max_length=12, choices=Channel)
    topic = models.CharField(max_length=24)
    event = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    pace = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    parcel = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["destination", "topic", "event"], name="delivered_once")]
        indexes = [
            models.Index(fields=["next_try_at"], name="delivery_due", condition=Q(state__in=["waiting", "held"])),
            models.Index(fields=["claimed_at"], name="delivery_taken", condition=Q(state="sending")),
            models.Index(fields=["association", "-made_at"], name="delivery_log"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.event} {self.state}"
