"""Cards: each firm as it stands, put together anew from its rows, from what persons said, and from whose value wins."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from zuji.core.models import Association
from zuji.register.codes import CodeKind, read_code
from zuji.register.copying import as_array, as_json, copy_in
from zuji.register.fields import PERSONAL, Field
from zuji.register.finding import grams, search_key, sort_key
from zuji.register.judging import day_of
from zuji.register.models import Card, Filing, Link, Overruling, Precedence, SourceList, Standing
from zuji.register.values import Cell, others, ranked, read_day, read_filings, read_staff, read_status, read_town
from zuji.register.writing import merged_into

FIRMS_AT_ONCE = 2000
NAME_CHARS, INDUSTRY_CHARS, SITE_CHARS = 200, 8, 120
NAMES = (Field.NAME, Field.FORMER_NAME, Field.BRAND, Field.SITE, Field.DOMAIN)
CODES = (Field.CODE, Field.FILING, Field.POLICE_FILING, Field.ALGORITHM_FILING)
CALLED = (*NAMES, *CODES)
"""What a firm is called by, the first that is known."""
FILED: Mapping[Field, str] = {
    Field.FILING: "icp",
    Field.POLICE_FILING: "police",
    Field.ALGORITHM_FILING: "algorithm",
}
SHOWN = [each for each in Field if each not in PERSONAL]
COLUMNS = (
    *("enterprise_id", "association_id", "name", "code", "town", "status", "status_since", "founded"),
    *("industry_code", "staff", "values", "internet", "in_district", "active", "three_haves", "key"),
    *("rows", "lists", "sort_key", "search_key", "grams"),
)
COPIED: Mapping[str, Callable[[Any], str]] = {"values": as_json, "grams": as_array}
FILING = ("enterprise_id", "kind", "number", "well_formed", "site", "domain", "dated", "row_id")
FRESH = """drop table if exists pg_temp.fresh;
create temporary table fresh (like register_card) on commit drop"""
UPSERT = """insert into register_card ({columns}) select {columns} from fresh order by enterprise_id
on conflict (enterprise_id) do update set {written}""".format(  # noqa: S608 - this module's own names
    columns=", ".join(COLUMNS), written=", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
)


@dataclass(slots=True)
class Row:
    """A row of a firm: its key and number, its list, texts by field and columns by field."""

    key: int
    number: int
    source: int
    values: Mapping[str, str]
    cells: Mapping[str, str]


@dataclass(slots=True)
class Told:
    """All that is told of one firm: its rows, persons' values by field, and what the rules answer."""

    rows: list[Row] = field(default_factory=list)
    ruled: dict[str, Overruling] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """What holds for all firms of an association on a day: lists with authority and day, and whose value wins."""

    association: int
    on: date
    lists: Mapping[int, tuple[int, date]]
    orders: Mapping[str, Sequence[int]]

    def order(self, of: str) -> Sequence[int]:
        """Authorities from first to last for a field; a field without its own order has that of all."""
        return self.orders.get(of, self.orders.get("", ()))


@transaction.atomic
def rebuild_cards(enterprise_ids: Collection[int] | None, *, association_id: int, at: datetime) -> int:
    """Put the cards and filings of these firms, or of all, together anew; how many there are now.

    A merged firm's rows count for the one that it was found to be. A merged firm and one without rows have no card.
    """
    association = Association.objects.get(pk=association_id)
    merged = merged_into(association_id)
    members = _members(merged, association_id, enterprise_ids)
    ground = ground_on(association_id, day_of(association, at))
    roots, written = sorted(members), 0
    for start in range(0, len(roots), FIRMS_AT_ONCE):
        some = {root: members[root] for root in roots[start : start + FIRMS_AT_ONCE]}
        written += _rebuild(ground, some)
    # of merged firms whatever was theirs before
    Card.objects.filter(enterprise__in=list(merged), association=association_id).delete()
    return written


def ground_on(association_id: int, on: date) -> Ground:
    """Whose value wins on a day."""
    lists = SourceList.objects.filter(authority__association=association_id).values_list("pk", "authority", "as_of")
    orders = Precedence.objects.filter(association=association_id, during__contains=on)
    return Ground(
        association=association_id,
        on=on,
        lists={key: (authority, as_of) for key, authority, as_of in lists},
        orders=dict(orders.values_list("field", "authorities")),
    )


def root_of(firm: int, merged: Mapping[int, int]) -> int:
    """The firm that one was found to be, over however many merges."""
    while firm in merged:
        firm = merged[firm]
    return firm


def _members(
    merged: Mapping[int, int], association_id: int, enterprise_ids: Collection[int] | None
) -> dict[int, list[int]]:
    """By firm that is not merged: itself and those that were found to be it."""
    asked = _all(association_id) if enterprise_ids is None else enterprise_ids
    found = {root_of(each, merged): list[int]() for each in asked}
    for root, some in found.items():
        some.append(root)
    for each in sorted(merged):
        if (root := root_of(each, merged)) in found:
            found[root].append(each)
    return found


def _all(association_id: int) -> set[int]:
    linked = Link.objects.filter(enterprise__association=association_id, ended_at=None)
    carded = Card.objects.filter(association=association_id)
    return {*linked.values_list("enterprise", flat=True), *carded.values_list("enterprise", flat=True)}


def _rebuild(ground: Ground, members: Mapping[int, Sequence[int]]) -> int:
    told = told_of(members, ground.on)
    cards = [card_of(ground, firm, each) for firm, each in told.items() if each.rows]
    everyone = [member for some in members.values() for member in some]
    Card.objects.filter(enterprise__in=[firm for firm, each in told.items() if not each.rows]).delete()
    _write(cards)
    Filing.objects.filter(enterprise__in=everyone).delete()
    copy_in(Filing, FILING, (filing for firm, each in told.items() for filing in _filings(firm, each)))
    return len(cards)


def _write(cards: Iterable[Card]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FRESH)
        copy_in("fresh", COLUMNS, ([_as_copied(card, name) for name in COLUMNS] for card in cards))
        cursor.execute(UPSERT)


def _as_copied(card: Card, name: str) -> object:
    value = getattr(card, name)
    return COPIED[name](value) if name in COPIED else value


def told_of(members: Mapping[int, Sequence[int]], on: date) -> dict[int, Told]:
    """All that is told of firms, each with those that were found to be it."""
    owner = {member: root for root, some in members.items() for member in some}
    told = {root: Told() for root in members}
    links = Link.objects.filter(enterprise__in=list(owner), ended_at=None, row__refused=False).order_by("row_id")
    columns = ("enterprise", "row_id", "row__number", "row__source", "row__values", "row__cells")
    for firm, *row in links.values_list(*columns):
        told[owner[firm]].rows.append(Row(*row))
    # the kept firm's word outweighs those of firms that were found to be it
    ruled = Overruling.objects.filter(enterprise__in=list(owner), ended_at=None).order_by("-made_at", "-pk")
    for ruling in sorted(ruled, key=lambda each: each.enterprise_id not in members):
        told[owner[ruling.enterprise_id]].ruled.setdefault(ruling.field, ruling)
    standings = Standing.objects.filter(enterprise__in=list(members), during__contains=on)
    for firm, kind, answer in standings.values_list("enterprise", "kind", "answer"):
        told[firm].answers[kind] = answer
    return told


def cells_of(ground: Ground, told: Told, of: str) -> list[Cell]:
    """The cells that say something of a field, the one in force first."""
    return ranked(list(_cells(ground, told, of)), ground.order(of))


def _cells(ground: Ground, told: Told, of: str) -> Iterator[Cell]:
    for row in told.rows:
        if text := row.values.get(of):
            yield Cell(str(text), row.key, row.number, row.cells.get(of, ""), row.source, *ground.lists[row.source])


def card_of(ground: Ground, firm: int, told: Told) -> Card:
    """A firm's card, not yet written."""
    values = dict(_values(ground, told))
    said = {of: each["value"] for of, each in values.items()}
    name = next((said[of] for of in CALLED if of in said), "")[:NAME_CHARS]
    words = list(_words(told, said))
    key = search_key(words)
    return Card(
        enterprise_id=firm,
        association_id=ground.association,
        name=name,
        code=_code(said.get(Field.CODE, "")),
        town=read_town(said.get(Field.TOWN, ""), said.get(Field.ADDRESS, "")),
        status=read_status(said.get(Field.STATUS, "")),
        status_since=read_day(said.get(Field.STATUS_SINCE, "")),
        founded=read_day(said.get(Field.FOUNDED, "")),
        industry_code=_industry(said.get(Field.INDUSTRY_CODE, "")),
        staff=read_staff(said.get(Field.STAFF, "")),
        values=values,
        rows=len(told.rows),
        lists=len({row.source for row in told.rows}),
        sort_key=sort_key(name),
        search_key=key,
        grams=grams(words),
        **told.answers,
    )


def _values(ground: Ground, told: Told) -> Iterator[tuple[str, dict[str, Any]]]:
    known = set(told.ruled).union(*(row.values for row in told.rows))
    for of in (each for each in SHOWN if each in known):
        cells = cells_of(ground, told, of)
        if ruling := told.ruled.get(of):
            other = {cell.text for cell in cells} - {ruling.value}
            yield of.value, {"value": ruling.value, "row": None, "ruling": ruling.pk, "others": len(other)}
        elif cells:
            first = cells[0]
            yield (
                of.value,
                {
                    "value": first.text,
                    "row": first.row,
                    "column": first.column,
                    "others": len(others(cells)),
                },
            )


def _words(told: Told, said: Mapping[str, str]) -> Iterator[str]:
    """Everything that rows or persons call a firm by, what is in force first."""
    for of in CALLED:
        if of in said:
            yield said[of]
        yield from sorted({str(row.values[of]) for row in told.rows if row.values.get(of)})


def _code(text: str) -> str:
    found = read_code(text)
    return found.text if found.kind is CodeKind.SOUND else ""


def _industry(text: str) -> str:
    return text.strip().removesuffix(".0")[:INDUSTRY_CHARS]


def _filings(firm: int, told: Told) -> Iterator[tuple[object, ...]]:
    for row in told.rows:
        dated = read_day(str(row.values.get(Field.AUDITED, "")))
        site, domain = (str(row.values.get(of, ""))[:SITE_CHARS] for of in (Field.SITE, Field.DOMAIN))
        for of, kind in FILED.items():
            for each in read_filings(kind, str(row.values.get(of, ""))):
                yield firm, each.kind, each.number, each.well_formed, site, domain, dated, row.key
