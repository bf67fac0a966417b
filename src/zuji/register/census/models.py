"""Rounds of the census and the forms of its firms."""

import pghistory
from django.db import models

from zuji.core.models import Association
from zuji.register.enums import FormState


@pghistory.track()
class CensusRound(models.Model):
    """A round: its questionnaire (sections, questions, skips and checks as data) stays as it was when it opened.

    When it is closed its checked forms become a list of the census's own authority, `source`, dated like any other.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="census_rounds")
    name = models.CharField(max_length=80)
    questionnaire = models.JSONField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    source = models.ForeignKey("register.SourceList", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["association", "name"], name="census_named_once")]

    def __str__(self) -> str:
        return self.name


class CensusForm(models.Model):
    """A firm's form in a round. `token` opens it without an account (kept as its SHA-256); answers are by question.

    `entered_by` is who entered its small counts, where it has any; who saves it with those left alone is not told them.
    """

    round = models.ForeignKey(CensusRound, on_delete=models.PROTECT, related_name="forms")
    enterprise = models.ForeignKey("register.Enterprise", on_delete=models.PROTECT, related_name="census_forms")
    town = models.CharField(max_length=9, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=FormState, default=FormState.OPEN)
    answers = models.JSONField(default=dict)
    anomalies = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    entered_by = models.BigIntegerField(null=True)
    checked_by = models.BigIntegerField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "enterprise"], name="census_form_once")]
        indexes = [models.Index(fields=["round", "town", "state"], name="census_progress")]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.enterprise_id}"
