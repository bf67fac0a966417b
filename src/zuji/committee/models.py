"""Organisations, their two dated relations, and the participant organisations that send people."""

from typing import Final

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.expressions import RawSQL

from zuji.committee.enums import JoinsAs, OrganisationKind, ParticipantKind
from zuji.core.models import Association
from zuji.register.models import Enterprise


@pghistory.track()
class Organisation(models.Model):
    """A Party organisation (党组织), own or joint. What it belongs to is dated and stands apart."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=OrganisationKind)
    existed = DateRangeField()
    sort_key = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["association", "name"], name="organisation_named_once")]

    def __str__(self) -> str:
        return self.name


class Relation(models.Model):
    """A dated relation of one organisation to another; an organisation has at most one of a kind at a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="%(class)ss")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="%(class)ss_in")
    during = DateRangeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.organisation_id} -> {self.to_id}"


@pghistory.track()
class Affiliation(Relation):
    """隶属: the organisation that this one belongs to."""

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="affiliated_once_at_a_time",
                expressions=[("organisation", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]


@pghistory.track()
class Guidance(Relation):
    """行业指导: the organisation that guides this one in its trade, which is another relation than belonging to it."""

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="guided_once_at_a_time",
                expressions=[("organisation", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]


@pghistory.track()
class Coverage(models.Model):
    """That an organisation, own or joint, is the one of a firm on the register for a time (覆盖)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="coverages")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="coverages")
    during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="covered_once_at_a_time",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("enterprise", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} -> {self.enterprise_id}"


SEARCHED: Final = """lower("name") || ' ' || replace("sort_key", ' ', '') || ' '
|| regexp_replace("sort_key", '(\\S)\\S*\\s*', '\\1', 'g') || ' ' || lower("join_code")"""


@pghistory.track(exclude=["search_key"])
class ParticipantOrganisation(models.Model):
    """参加单位: whoever sends people, a firm or not. Its name is unique within the association.

    `search_key` is what it is found by, in small letters: its name, pinyin and initials of that, its join code.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="participants")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=ParticipantKind)
    joins_as = models.CharField(max_length=24, choices=JoinsAs)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expected = models.PositiveIntegerField(null=True, blank=True)
    join_code = models.CharField(max_length=6, unique=True)
    sort_key = models.CharField(max_length=200, blank=True)
    sample = models.BooleanField(default=False)
    search_key = models.GeneratedField(
        expression=RawSQL(SEARCHED, ()),  # noqa: S611  (a constant)
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["association", "name"], name="participant_named_once")]
        indexes = [models.Index(fields=["association", "sort_key", "id"], name="participant_list")]

    def __str__(self) -> str:
        return self.name


class ParticipantOrigin(models.Model):
    """From which row of which list a participant organisation came in, and in which cell each of its values stood.

    Written once, with the row. The list itself is not kept; where a value stood is said by field in `cells`.
    """

    participant = models.OneToOneField(ParticipantOrganisation, on_delete=models.CASCADE, related_name="origin")
    file = models.CharField(max_length=120)
    sheet = models.CharField(max_length=40, blank=True)
    row = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    taken_by = models.BigIntegerField()
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.file} {self.row}"


class ContactDetail(models.Model):
    """Personal: who to call at a participant organisation. No history; erased with its purpose."""

    participant = models.OneToOneField(ParticipantOrganisation, on_delete=models.CASCADE, related_name="contact")
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    kept_since = models.DateTimeField()

    def __str__(self) -> str:
        return f"contact of {self.participant_id}"
