"""What linking said becomes the register's own: firms, links and merges, in bulk."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from zuji.register import hanging
from zuji.register.copying import as_json, copy_in, new_keys
from zuji.register.enums import ListState
from zuji.register.gathering import Gathered
from zuji.register.linking import Link as Found
from zuji.register.linking import Linked, Reason, Why
from zuji.register.models import IN_FORCE, Enterprise, Link, Merge, SourceList, SourceRow
from zuji.register.reconciling import Known, Plan, reconcile

OF_PERSONS = frozenset({Why.SAME_PERSON, Why.OTHER_PERSON, Why.SAME_PHONE, Why.SHARED_PHONE})
COUNT_DIGITS = 6
WHY_ANEW = """
    update register_link set band = fresh.band, score = fresh.score, why = fresh.why
    from unnest(%s::bigint[], %s::text[], %s::float8[], %s::jsonb[]) as fresh (id, band, score, why)
    where register_link.id = fresh.id
"""


@dataclass(frozen=True, kw_only=True)
class Written:
    """How many firms were made, rows given to a firm or taken from one, and merges made or undone."""

    firms: int
    moved: int
    merged: int


def write_firms(association_id: int, gathered: Gathered, linked: Linked, *, at: datetime) -> Written:
    """Bring the firms of an association in line with what linking said. The caller holds the association's lock."""
    clusters = [[gathered.rows[key] for key in cluster] for cluster in linked.clusters]
    found = {gathered.rows[link.key]: link for link in linked.links}
    standing = {link.row_id: link for link in links_in_force(association_id)}
    plan = _fitting(reconcile(clusters, _known(association_id, found, standing)), merged_into(association_id), at)
    firms = _firms(association_id, plan, at)
    leaving = [link.pk for row, link in standing.items() if row not in found or row in plan.moves]
    _end(leaving, at)
    _begin(((row, firms[place], found[row]) for row, place in plan.moves.items()), at)
    _say_anew(link for row, link in standing.items() if row in found and row not in plan.moves and _is_new(link, found))
    _merge(plan, at)
    moved = len({*plan.moves, *(row for row in standing if row not in found)})
    return Written(firms=plan.homes.count(None), moved=moved, merged=len({*plan.merges, *plan.undone}))


def _fitting(plan: Plan, merged: Mapping[int, int], at: datetime) -> Plan:
    """The plan without those merges that what hangs on the firms stands against: their rows stay where they are."""
    fresh = {gone: kept for gone, kept in plan.merges.items() if gone not in merged}
    families = {each: {root_of(each, merged)} for each in {*fresh, *fresh.values()}}
    for each in merged:
        if (root := root_of(each, merged)) in families:
            families[root].add(each)
    members = {member for some in families.values() for member in some}
    bears = hanging.bearing(members)
    loaded = {root for root, some in families.items() if some & bears}
    held = {gone for gone, kept in fresh.items() if {gone, kept} <= loaded and hanging.conflicts(gone, kept, at)}
    return replace(plan, merges={gone: kept for gone, kept in plan.merges.items() if gone not in held})


def links_in_force(association_id: int) -> Iterable[Link]:
    """The links in force of an association's rows."""
    return Link.objects.filter(ended_at=None, enterprise__association=association_id).order_by("pk")


def merged_into(association_id: int) -> dict[int, int]:
    """The firms of an association that were found to be others, and into which they lead."""
    merged = Enterprise.objects.filter(association=association_id, merged_into__isnull=False)
    return {firm: kept for firm, kept in merged.values_list("pk", "merged_into") if kept is not None}


def root_of(firm: int, merged: Mapping[int, int]) -> int:
    """The firm that a firm was found to be, over however many merges; else itself."""
    while firm in merged:
        firm = merged[firm]
    return firm


def _known(association_id: int, rows: Collection[int], standing: Mapping[int, Link]) -> Known:
    by_persons = Merge.objects.filter(IN_FORCE, gone__association=association_id).exclude(made_by=None)
    return Known(
        homes={row: link.enterprise_id for row, link in standing.items()},
        parents=merged_into(association_id),
        ruled=frozenset(by_persons.values_list("gone", flat=True)),
        former=_former(association_id, [row for row in rows if row not in standing]),
    )


def _former(association_id: int, rows: Collection[int]) -> dict[int, int]:
    """The firms that rows had when the same list was in the register before it was taken back."""
    lists = SourceList.objects.filter(authority__association=association_id)
    before = {_same(each): each.pk for each in lists.filter(state=ListState.TAKEN_BACK)}
    fresh = lists.filter(rows__in=rows).distinct() if before else lists.none()
    former: dict[int, int] = {}
    for each in fresh:
        if _same(each) in before:
            firms = _last_firms(before[_same(each)])
            numbers = SourceRow.objects.filter(source=each).values_list("pk", "number")
            former |= {row: firms[number] for row, number in numbers if number in firms}
    return former


def _same(source: SourceList) -> tuple[object, ...]:
    return source.authority_id, source.digest, source.sheet


def _last_firms(list_id: int) -> dict[int, int]:
    """By row number, the firm of a row's last link."""
    return dict(Link.objects.filter(row__source=list_id).order_by("pk").values_list("row__number", "enterprise"))


def _firms(association_id: int, plan: Plan, at: datetime) -> list[int]:
    """The firm of each cluster, made where there is none."""
    fresh = new_keys(Enterprise, plan.homes.count(None))
    copy_in(Enterprise, ("id", "association_id", "made_at"), ((key, association_id, at) for key in fresh))
    made = iter(fresh)
    return [next(made) if home is None else home for home in plan.homes]


def _end(links: Sequence[int], at: datetime) -> None:
    Link.objects.filter(pk__in=links).update(ended_at=at)


def _begin(links: Iterable[tuple[int, int, Found]], at: datetime) -> None:
    rows = ((row, firm, str(told.band), told.score, as_json(why_kept(told.why)), at) for row, firm, told in links)
    copy_in(Link, ("row_id", "enterprise_id", "band", "score", "why", "made_at"), rows)


def _said(found: Found) -> dict[str, Any]:
    return {"band": str(found.band), "score": found.score, "why": why_kept(found.why)}


def why_kept(why: Iterable[Reason]) -> list[dict[str, Any]]:
    """Reasons as data. What they say of persons is not kept here, where it would stay, but how many share it is."""
    return [{"code": str(each.code), "facts": _facts(each)} for each in why]


def _facts(reason: Reason) -> dict[str, str]:
    if reason.code not in OF_PERSONS:
        return dict(reason.facts)
    return {name: text for name, text in reason.facts.items() if text.isdigit() and len(text) <= COUNT_DIGITS}


def _is_new(link: Link, found: Mapping[int, Found]) -> bool:
    """Whether linking says something else of a row that stays; the link says it from now on."""
    said = _said(found[link.row_id])
    is_new = {name: getattr(link, name) for name in said} != said
    for name, value in said.items():
        setattr(link, name, value)
    return is_new


def _say_anew(links: Iterable[Link]) -> None:
    rows = [(link.pk, link.band, link.score, Jsonb(link.why)) for link in links]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(WHY_ANEW, [list(column) for column in zip(*rows, strict=True)])


def _merge(plan: Plan, at: datetime) -> None:
    """Undo merges first, so that a firm that goes elsewhere is merged once at a time."""
    Merge.objects.filter(IN_FORCE, gone__in=plan.undone).update(undone_at=at)
    Enterprise.objects.filter(pk__in=plan.undone).update(merged_into=None)
    Merge.objects.bulk_create(Merge(gone_id=gone, kept_id=kept, made_at=at) for gone, kept in plan.merges.items())
    Enterprise.objects.bulk_update(
        [Enterprise(pk=gone, merged_into_id=kept) for gone, kept in plan.merges.items()], ["merged_into"]
    )
