"""What every other package stands on: the home itself, its associations, and the audit trail."""

import pgtrigger
from django.db import models
from django.db.models import Q

from zuji.core.enums import HomeKind, RowState, WorkState


class Home(models.Model):
    """This installation, one row. Only a demo home may hold or shift its clock, and a constraint says so."""

    kind = models.CharField(max_length=8, choices=HomeKind, default=HomeKind.REAL)
    held_at = models.DateTimeField(null=True, blank=True)
    shift = models.DurationField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="home_is_one_row"),
            models.CheckConstraint(
                condition=Q(kind=HomeKind.DEMO) | Q(held_at=None, shift=None), name="home_clock_only_in_demo"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Association(models.Model):
    """A tenant (主办方). Every top-level row names one; everything else reaches it by its parent."""

    slug = models.SlugField(unique=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.slug


class AuditEntry(models.Model):
    """Who did what to which row, when and why. Append-only; personal values stand here only as salted digests."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, null=True, related_name="+")
    actor = models.BigIntegerField(null=True)  # an account's key; core knows no accounts
    campaign = models.BigIntegerField(null=True)  # the campaign's key that the row hangs on, for its change log
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [pgtrigger.Protect(name="audit_stays", operation=pgtrigger.Update | pgtrigger.Delete)]
        indexes = [
            models.Index(fields=["kind", "key", "-at"], name="audit_by_object"),
            models.Index(fields=["association", "-at"], name="audit_by_association"),
            models.Index(
                fields=["campaign", "-at"],
                include=["association", "kind"],
                name="audit_by_campaign",
                condition=Q(campaign__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.key}"


class Work(models.Model):
    """Something long that runs behind the pages: who asked for it, how far it is, how it ended.

    Whoever asked may stop it; it then ends between two rows, and what was done before stays done. `kind` is a name
    in `core.works`, `facts` are what it was asked to do (keys, codes, dates), `outcome` is what came of it. `claim`
    counts who took it up, so that one who was thought dead writes no more; `beat_at` is real time even where a demo's
    clock stands.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="works")
    actor = models.BigIntegerField()  # an account's key; core knows no accounts
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=WorkState, default=WorkState.WAITING)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)
    claim = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["actor", "-asked_at"], name="work_by_actor")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class WorkRow(models.Model):
    """One row that a work goes through, written in the row's own transaction: done and told, or neither.

    `key` names the row in its own table, `code` says why it stayed or was refused, `facts` fill in the words of the
    code, and of a changed row they say what an undo puts back: keys, codes and dates, never personal values.
    """

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=RowState, default=RowState.WAITING)
    code = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="work_row_numbered_once")]

    def __str__(self) -> str:
        return f"{self.work_id}:{self.number} {self.state}"
