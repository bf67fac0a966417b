"""Lists of authorities row by row, the firms that the rows are about, and what persons ruled on them."""

from typing import Final

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from zuji.core.models import Association, Work
from zuji.register.census.models import CensusForm, CensusRound
from zuji.register.enums import Answer, Band, DoubtState, EnterpriseStatus, FilingKind, ListState
from zuji.register.rules.models import RuleVersion, Standing

__all__ = [
    "Authority",
    "Card",
    "CensusForm",
    "CensusRound",
    "Doubt",
    "Enterprise",
    "Filing",
    "Link",
    "Merge",
    "Overruling",
    "Precedence",
    "RuleVersion",
    "Ruling",
    "SourceFile",
    "SourceList",
    "SourceRow",
    "SourceRowDetail",
    "Standing",
    "Town",
]

IN_FORCE: Final = Q(undone_at=None)


class Town(models.Model):
    """A town of the district by its code, as `data/towns.csv` has it: what an enumerator's role is held over."""

    code = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Authority(models.Model):
    """Whoever sends lists. `headings` remembers which column of its lists was which field, by squeezed heading."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="authorities")
    name = models.CharField(max_length=80)
    headings = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["association", "name"], name="authority_named_once")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class SourceList(models.Model):
    """One sheet of one file as an authority sent it, about a day (`as_of`).

    The same bytes from the same authority count once: `digest` is their SHA-256 in hex. `columns` is what each column
    was read as: field by 0-based place.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="lists")
    file = models.CharField(max_length=200)
    sheet = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64)
    as_of = models.DateField()
    state = models.CharField(max_length=12, choices=ListState, default=ListState.STAGED)
    columns = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    staged_by = models.BigIntegerField(null=True)
    staged_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    work = models.ForeignKey(Work, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "digest", "sheet"],
                condition=Q(state__in=(ListState.STAGED, ListState.TAKEN_IN)),
                name="list_taken_once",
            )
        ]

    def __str__(self) -> str:
        return self.file


class SourceFile(models.Model):
    """A list's file as it came. Personal, as its cells are: no history, erased after its time."""

    source = models.OneToOneField(SourceList, on_delete=models.CASCADE, primary_key=True, related_name="original")
    data = models.BinaryField()
    received_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.source_id)


class SourceRow(models.Model):
    """A row of a list, written once and never changed. `values` are texts by field, but for what is personal;
    `cells` the columns in letters by field; `problems` what is doubtful about cells; a refused row counts for nothing.
    """

    source = models.ForeignKey(SourceList, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    cells = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    refused = models.BooleanField(default=False)

    class Meta:
        ordering = ["source", "number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="source_row_once")]

    def __str__(self) -> str:
        return f"{self.source_id}/{self.number}"


class SourceRowDetail(models.Model):
    """What a row says of persons: names and telephones, by field. Personal: no history, erased after its time."""

    row = models.OneToOneField(SourceRow, on_delete=models.CASCADE, primary_key=True, related_name="detail")
    values = models.JSONField(default=dict)
    received_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.row_id)


@pghistory.track()
class Enterprise(models.Model):
    """A firm (企业). A merge never repoints: `merged_into` leads on, never in a circle, and an undo clears it."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="enterprises")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="enterprise_not_into_itself")]

    def __str__(self) -> str:
        return str(self.pk)


class Link(models.Model):
    """That a row is about a firm, since when and why; one in force a row. `why` are codes with their facts."""

    row = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="links")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="links")
    band = models.CharField(max_length=8, choices=Band)
    score = models.FloatField(null=True)
    why = models.JSONField(default=list)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["row"], condition=Q(ended_at=None), name="row_linked_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.row_id} -> {self.enterprise_id}"


class Doubt(models.Model):
    """Two rows of which a person is asked whether they are about one firm; the lower rank is asked first."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="doubts")
    one = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveIntegerField()
    score = models.FloatField()
    why = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=DoubtState, default=DoubtState.WAITING)
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="doubt_once_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="doubt_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ? {self.other_id}"


class Ruling(models.Model):
    """A person's word that two rows are, or are not, about one firm; obeyed whenever rows are linked anew."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="rulings")
    one = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="+")
    same = models.BooleanField()
    doubt = models.ForeignKey(Doubt, on_delete=models.SET_NULL, null=True, related_name="rulings")
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], condition=IN_FORCE, name="ruling_once_a_pair"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="ruling_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {'=' if self.same else '≠'} {self.other_id}"


@pghistory.track()
class Merge(models.Model):
    """That one firm was found to be another; undone it leaves both as they were. `ruling` is a person's, or none."""

    gone = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="merges_in")
    ruling = models.ForeignKey(Ruling, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    made_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["gone"], condition=IN_FORCE, name="merged_once_at_a_time")]

    def __str__(self) -> str:
        return f"{self.gone_id} -> {self.kept_id}"


@pghistory.track()
class Overruling(models.Model):
    """A person's value for a field of a firm, with a reason; it wins over every list until it is ended."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="overrulings")
    field = models.CharField(max_length=24)
    value = models.CharField(max_length=200)
    reason = models.CharField(max_length=200)
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "field"], condition=Q(ended_at=None), name="overruled_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id}.{self.field}"


@pghistory.track()
class Precedence(models.Model):
    """Whose value wins for a field, from first to last, for a time; the field "" is every field without its own.

    Authorities that are not named come after, the later list first.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="precedences")
    field = models.CharField(max_length=24, blank=True)
    authorities = ArrayField(models.BigIntegerField())
    during = DateRangeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            ExclusionConstraint(
                name="precedence_once_at_a_time",
                expressions=[
                    ("association", RangeOperators.EQUAL),
                    ("field", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.field or "*"


class Card(models.Model):
    """A firm as it stands, put together from its rows: for lists, search and filters. Derived, rebuilt at any time.

    `values` holds, by field, the value in force with the row and column that it came from, and how many others there
    are; nothing personal. `search_key` is what it is found by, in small letters; `grams` its parts of two characters.
    """

    enterprise = models.OneToOneField(Enterprise, on_delete=models.CASCADE, primary_key=True, related_name="card")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="cards")
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=18, blank=True)
    town = models.CharField(max_length=9, blank=True)
    status = models.CharField(max_length=12, choices=EnterpriseStatus, default=EnterpriseStatus.UNKNOWN)
    status_since = models.DateField(null=True)
    founded = models.DateField(null=True)
    industry_code = models.CharField(max_length=8, blank=True)
    staff = models.PositiveIntegerField(null=True)
    values = models.JSONField(default=dict)
    internet = models.CharField(max_length=8, choices=Answer, default=Answer.UNKNOWN)
    in_district = models.CharField(max_length=8, choices=Answer, default=Answer.UNKNOWN)
    active = models.CharField(max_length=8, choices=Answer, default=Answer.UNKNOWN)
    three_haves = models.CharField(max_length=8, choices=Answer, default=Answer.UNKNOWN)
    key = models.CharField(max_length=8, choices=Answer, default=Answer.UNKNOWN)
    rows = models.PositiveIntegerField(default=0)
    lists = models.PositiveIntegerField(default=0)
    sort_key = models.CharField(max_length=300, blank=True)
    search_key = models.TextField(blank=True)
    grams = ArrayField(models.CharField(max_length=2), default=list)

    class Meta:
        ordering = ["sort_key", "enterprise"]
        indexes = [
            models.Index(fields=["association", "sort_key", "enterprise"], name="card_list"),
            models.Index(fields=["association", "code"], name="card_code"),
            GinIndex(fields=["grams"], name="card_grams"),
        ]

    def __str__(self) -> str:
        return self.name


class Filing(models.Model):
    """A filing (备案) of a firm as a row tells it; derived with the card."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="filings")
    kind = models.CharField(max_length=12, choices=FilingKind)
    number = models.CharField(max_length=40)
    well_formed = models.BooleanField()
    site = models.CharField(max_length=120, blank=True)
    domain = models.CharField(max_length=120, blank=True)
    dated = models.DateField(null=True)
    row = models.ForeignKey(SourceRow, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["kind", "number", "pk"]
        constraints = [models.UniqueConstraint(fields=["row", "kind", "number"], name="filing_once_a_row")]

    def __str__(self) -> str:
        return self.number
