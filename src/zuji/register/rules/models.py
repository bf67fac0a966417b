"""Versions of rules, and what they say of each firm for how long."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from zuji.core.models import Association
from zuji.register.enums import Answer, RuleKind


@pghistory.track()
class RuleVersion(models.Model):
    """A rule as it stands for a time. `parameters` are its criteria as data, checked before they are saved."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="rule_versions")
    kind = models.CharField(max_length=12, choices=RuleKind)
    number = models.PositiveIntegerField()
    parameters = models.JSONField()
    during = DateRangeField()
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["association", "kind", "number"], name="rule_numbered_once"),
            ExclusionConstraint(
                name="rule_in_force_once_at_a_time",
                expressions=[
                    ("association", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Standing(models.Model):
    """What a rule says of a firm for a time, with its reasons: codes, facts, and the rows that they stand on.

    `misses` is what is unknown or missed, most narrowly missed first. One answer a firm, kind and day.
    """

    enterprise = models.ForeignKey("register.Enterprise", on_delete=models.CASCADE, related_name="standings")
    kind = models.CharField(max_length=12, choices=RuleKind)
    answer = models.CharField(max_length=8, choices=Answer)
    version = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="standings")
    reasons = models.JSONField(default=list)
    misses = models.JSONField(default=list)
    during = DateRangeField()

    class Meta:
        ordering = ["enterprise", "kind", "pk"]
        constraints = [
            ExclusionConstraint(
                name="standing_once_at_a_time",
                expressions=[
                    ("enterprise", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.kind} {self.answer}"
