"""What goes into linking: the rows of all lists that count, and what persons said of them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from zuji.register.enums import ListState
from zuji.register.fields import PERSONAL, Field
from zuji.register.linking import Decided, Key, Record
from zuji.register.models import IN_FORCE, Link, Ruling, SourceList, SourceRow
from zuji.register.personal import KEPT_DAYS

ROWS_AT_ONCE = 5000
SHORT = 16


class Counting(NamedTuple):
    """Which lists count and which rulings hold: while these stay the same, linking says the same."""

    lists: tuple[int, ...]
    rulings: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Records to link, the key of each row, and what was decided; `counting` says what it all rests on."""

    counting: Counting
    records: Sequence[Record]
    rows: Mapping[Key, int]
    decided: Sequence[Decided]


def counting(association_id: int, bringing: Collection[int] = ()) -> Counting:
    """The lists that count in an association, `bringing` among them while they are staged, and its rulings."""
    lists = counting_lists(association_id, bringing).order_by("pk")
    rulings = Ruling.objects.filter(IN_FORCE, association=association_id).order_by("pk")
    return Counting(tuple(lists.values_list("pk", flat=True)), tuple(rulings.values_list("pk", flat=True)))


def counting_lists(association_id: int, bringing: Collection[int]) -> QuerySet[SourceList]:
    """Lists that are taken in, and those staged ones that are about to be."""
    brought = Q(state=ListState.STAGED, pk__in=bringing)
    return SourceList.objects.filter(brought | Q(state=ListState.TAKEN_IN), authority__association=association_id)


def gather(association_id: int, bringing: Collection[int], *, at: datetime) -> Gathered:
    """Everything that linking needs, read row by row without a lock."""
    found = counting(association_id, bringing)
    names = {each.pk: _name(each) for each in SourceList.objects.filter(pk__in=found.lists)}
    records, rows = list[Record](), dict[Key, int]()
    for row in _rows(found.lists):
        record = Record(names[row["source"]], row["number"], _fields(row))
        records.append(record)
        rows[record.key] = row["pk"]
    keys = {row: key for key, row in rows.items()}
    decided = [*_pins(found, keys, at), *_rulings(found, keys)]
    return Gathered(counting=found, records=records, rows=rows, decided=decided)


def _name(source: SourceList) -> str:
    # by content and not by key, so that the same lists give the same register wherever and in whatever turn they came
    return f"{source.digest[:SHORT]}/{source.authority_id}/{source.sheet}"


def _rows(lists: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    rows = SourceRow.objects.filter(source__in=lists, refused=False).order_by("source", "number")
    told = rows.values("pk", "source", "number", "values", "problems", "detail__values")
    return iter(told.iterator(chunk_size=ROWS_AT_ONCE))


def _fields(row: Mapping[str, Any]) -> dict[Field, str]:
    """What a row says, persons included while that is kept. A flawed code is no value, but linking may mend it."""
    flawed = {each["field"]: each["found"] for each in row["problems"] if each["field"] == Field.CODE}
    told = flawed | row["values"] | (row["detail__values"] or {})
    return {Field(field): text for field, text in told.items()}


def _rulings(found: Counting, keys: Mapping[int, Key]) -> Iterator[Decided]:
    """Persons' answers on rows that count, the earlier first, since a later one outweighs."""
    answers = Ruling.objects.filter(pk__in=found.rulings).order_by("made_at", "pk")
    for one, other, same in answers.values_list("one", "other", "same"):
        if one in keys and other in keys:
            yield Decided(keys[one], keys[other], same)


def _pins(found: Counting, keys: Mapping[int, Key], at: datetime) -> Iterator[Decided]:
    """Rows whose personal details are erased stay where those led them: what was evidence then is no more."""
    old = SourceList.objects.filter(pk__in=found.lists, staged_at__lte=at - timedelta(days=KEPT_DAYS))
    bare = [each.pk for each in old if set(each.columns.values()) & set(map(str, PERSONAL))]
    links = Link.objects.filter(ended_at=None, row__source__in=found.lists).order_by("row")
    firms: dict[int, int] = {}
    for row, firm, source in links.values_list("row", "enterprise", "row__source") if bare else ():
        first = firms.setdefault(firm, row)
        if source in bare and first != row and row in keys and first in keys:
            yield Decided(keys[first], keys[row], same=True)
