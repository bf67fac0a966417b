"""What the register says of the firms that rows give a code: which rows, why they are one firm, and what rules say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zuji.core.sheets.folding import compact
from zuji.register.census.comparing import discreet, veiled
from zuji.register.models import Enterprise, Link, Standing
from zuji.register.writing import merged_into, root_of


@dataclass(frozen=True, kw_only=True)
class RowTold:
    """A row of a firm: where it stands, what it says of the firm, and why it is this firm's."""

    authority: str
    file: str
    row: int
    as_of: str
    band: str
    why: Sequence[Mapping[str, Any]]
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class AnswerTold:
    """What a rule says of a firm, since when, with its reasons and what is missed."""

    kind: str
    answer: str
    since: str
    reasons: Sequence[Mapping[str, Any]]
    misses: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class FirmTold:
    """A firm by its key, its rows and its answers in force."""

    enterprise: int
    rows: Sequence[RowTold]
    answers: Sequence[AnswerTold]


def explained(association_id: int, code: str) -> list[FirmTold]:
    """The firms that some row in force gives this code, each with all its rows; none where no row does."""
    merged = merged_into(association_id)
    said = _links(association_id).filter(row__values__code=compact(code).upper())
    roots = sorted({root_of(firm, merged) for firm in said.values_list("enterprise", flat=True)})
    return [_firm(root, [root, *(firm for firm in merged if root_of(firm, merged) == root)]) for root in roots]


def _links(association_id: int) -> Any:  # noqa: ANN401 - links with what is told of them
    rows = Link.objects.filter(ended_at=None, enterprise__association=association_id)
    return rows.select_related("row__source__authority").order_by("row__source__as_of", "row__source", "row__number")


def _firm(root: int, family: Sequence[int]) -> FirmTold:
    association_id = Enterprise.objects.get(pk=root).association_id
    rows = [_row(link) for link in _links(association_id).filter(enterprise__in=family)]
    standings = Standing.objects.filter(enterprise=root, during__upper_inf=True).order_by("pk")
    return FirmTold(enterprise=root, rows=rows, answers=[_answer(each) for each in standings])


def _row(link: Link) -> RowTold:
    source = link.row.source
    return RowTold(
        authority=source.authority.name,
        file=source.file,
        row=link.row.number,
        as_of=source.as_of.isoformat(),
        band=link.band,
        why=link.why,
        values={field: veiled(field, str(text)) for field, text in link.row.values.items()},
    )


def _answer(standing: Standing) -> AnswerTold:
    return AnswerTold(
        kind=standing.kind,
        answer=standing.answer,
        since=standing.during.lower.isoformat(),
        reasons=[discreet(each) for each in standing.reasons],
        misses=[discreet(each) for each in standing.misses],
    )
