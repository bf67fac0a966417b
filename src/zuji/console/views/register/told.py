"""What a firm's page tells beside its values: what the rules say and why, its filings, and its rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from zuji.committee.queries import coverages_of, last_day
from zuji.console.views.register.words import ANSWERS, reasons_told
from zuji.core.templatetags.words import say
from zuji.register.enums import RuleKind
from zuji.register.models import Enterprise, Link, SourceRow, Standing
from zuji.register.queries import family, links_of


@dataclass(frozen=True)
class Answered:
    """What a rule says of a firm: the answer with its shape, its reasons, what is missed, and by which version."""

    kind: str
    answer: str
    reasons: list[str]
    misses: list[str]
    number: int
    since: date

    @property
    def shape(self) -> str:
        """The shape that stands before the answer."""
        return ANSWERS[self.answer]

    @property
    def url(self) -> str:
        """The rule's page."""
        return reverse("console:rule", args=[self.kind])


@dataclass(frozen=True)
class RowOf:
    """A row of a firm: its list with its page, where it stands there, and why it is this firm's."""

    key: int
    source: int
    file: str
    url: str
    place: str
    name: str
    authority: str
    as_of: date
    band: str
    why: list[str]


def answers_told(found: Enterprise, on: date) -> list[Answered]:
    """What each rule says of a firm on a day, in the order of the rules."""
    rows = found.standings.filter(during__contains=on).select_related("version")
    return sorted((_answered(row) for row in rows), key=lambda each: RuleKind.values.index(each.kind))


def _answered(row: Standing) -> Answered:
    return Answered(
        kind=row.kind,
        answer=row.answer,
        reasons=reasons_told(row.reasons, "rule_reason"),
        misses=reasons_told(row.misses, "rule_reason"),
        number=row.version.number,
        since=row.during.lower,
    )


@dataclass(frozen=True)
class OrganisationOf:
    """An organisation of a firm, its days, and whether it is the firm's today; without `url` it is not one's to see."""

    name: str
    kind: str
    url: str
    since: date
    last: date | None
    in_force: bool


def organisations_told(found: Enterprise, seen: Collection[int], on: date) -> list[OrganisationOf]:
    """A firm's organisations and those of the firms that were found to be it, the latest first."""
    return [
        OrganisationOf(
            name=each.organisation.name,
            kind=each.organisation.kind,
            url=reverse("console:organisation", args=[each.organisation_id]) if each.organisation_id in seen else "",
            since=each.during.lower,
            last=last_day(each.during),
            in_force=on in each.during,
        )
        for each in coverages_of(family(found.pk, found.association_id))
    ]


def rows_told(found: Enterprise) -> list[RowOf]:
    """The rows that are a firm's now, the latest list first."""
    return [_row(link) for link in links_of(found)]


def _row(link: Link) -> RowOf:
    source = link.row.source
    return RowOf(
        key=link.row_id,
        source=source.pk,
        file=source.file,
        url=reverse("console:list", args=[source.pk]),
        place=place_of(link.row),
        name=str(link.row.values.get("name", "")),
        authority=source.authority.name,
        as_of=source.as_of,
        band=link.band,
        why=reasons_told(link.why, "linking"),
    )


def place_of(row: SourceRow) -> str:
    """Where a row stands in its file."""
    return say("firm.row", row=row.number)
