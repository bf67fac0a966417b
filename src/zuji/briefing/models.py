"""The figure ledger: what was published, with the evidence that it stands on."""

import pgtrigger
from django.db import models

from zuji.core.models import Association


class Evidence(models.Model):
    """The rows that a figure counted: opaque keys, weights and dates, stored once for each digest. Append-only."""

    digest = models.CharField(primary_key=True, max_length=64)
    columns = models.JSONField()
    rows = models.JSONField()

    class Meta:
        triggers = [pgtrigger.Protect(name="evidence_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.digest


class PublishedDefinition(models.Model):
    """An indicator's text as it stood when a figure was published by it. Append-only."""

    digest = models.CharField(primary_key=True, max_length=64)
    text = models.TextField()

    class Meta:
        triggers = [pgtrigger.Protect(name="definition_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.digest


class LedgerEntry(models.Model):
    """One published figure: definition, parameters, cut-off, value and evidence, chained to the entry before it."""

    campaign_path = "counted_campaign"
    counted_campaign: int | None = None  # said by whoever publishes, for the audit trail; no column

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField()
    indicator = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField()
    definition = models.ForeignKey(PublishedDefinition, on_delete=models.PROTECT, related_name="entries")
    parameters = models.JSONField()
    as_of = models.DateTimeField()
    published_at = models.DateTimeField()
    published_by = models.BigIntegerField(null=True)  # an account's key; null is the home's operator
    value = models.BigIntegerField()
    qualifier = models.CharField(max_length=10)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="entries")
    prev = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["association", "number"]
        constraints = [models.UniqueConstraint(fields=["association", "number"], name="ledger_numbered_once")]
        triggers = [pgtrigger.Protect(name="ledger_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"
