# ruff: noqa: S608  (the texts are put together from this module's own constants)
"""The texts of the storing path, and rows as arrays for them. Every driver runs the same texts."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, Final

from zuji.checkin.cells import Cell
from zuji.checkin.enums import Outcome
from zuji.checkin.rows import Row

_INSTANT = "'epoch'::timestamptz + {} * interval '1 millisecond'"


def _numbers(values: Sequence[object]) -> str:
    return f"{{{','.join(map(str, values)).replace('None', 'null')}}}"


def _words(values: Sequence[str]) -> str:
    return '{"' + '","'.join(values) + '"}'


def _hexes(values: Sequence[bytes | None]) -> str:
    return f"{{{','.join(['null' if value is None else _HEX % value.hex() for value in values])}}}"


_HEX = '"\\\\x%s"'
# column, its type, the row's attribute, how values stand in an array literal, and how each is selected
_COLUMNS: Final[tuple[tuple[str, str, str, Callable[[Sequence[Any]], str], str], ...]] = (
    ("campaign_id", "bigint", "campaign", _numbers, "{}"),
    ("id", "uuid", "id", _words, "{}"),
    ("checkpoint_id", "bigint", "checkpoint", _numbers, "{}"),
    ("pass_id", "bigint", "walk_pass", _numbers, "{}"),
    ("organisation_id", "bigint", "organisation", _numbers, "{}"),
    ("outcome", "text", "outcome", _words, "{}"),
    ("code", "text", "code", _words, "{}"),
    ("first_id", "uuid", "first_id", _numbers, "{}"),
    ("digest", "bytea", "digest", _hexes, "{}"),
    ("evidence", "text", "evidence", _words, "{}"),
    ("serial", "int", "serial", _numbers, "{}"),
    ("step", "bigint", "step", _numbers, "{}"),
    ("seats", "smallint", "seats", _numbers, "{}"),
    ("at", "bigint", "at_ms", _numbers, _INSTANT),
    ("received_at", "bigint", "received_ms", _numbers, _INSTANT),
    ("local_date", "date", "local_date", _words, "{}"),
    ("grade", "text", "grade", _words, "{}"),
    ("late", "bool", "late", _numbers, "{}"),
    ("reasons", "text", "reasons", _words, "{}"),
    ("fence", "text", "fence", _words, "{}"),
    ("distance_band", "text", "distance", _words, "{}"),
    ("accuracy_band", "text", "accuracy", _words, "{}"),
    ("steward_id", "bigint", "steward", _numbers, "{}"),
    ("salt", "bytea", "salt", _hexes, "{}"),
    ("batch_id", "bigint", "batch_id", _numbers, "{}"),
    ("leaf_index", "smallint", "leaf_index", _numbers, "{}"),
)
_values_of = attrgetter(*(column[2] for column in _COLUMNS))
_NAMES = [column[0] for column in _COLUMNS]


def _unnested(columns: Iterable[tuple[str, str, str]], name: str) -> str:
    """`select … from unnest(…)` of one array parameter a column."""
    chosen = list(columns)
    casts = ", ".join(f"%s::{kind}[]" for _, kind, _ in chosen)
    names = ", ".join(column for column, _, _ in chosen)
    selected = ", ".join(shape.format(f"{name}.{column}") for column, _, shape in chosen)
    return f"select {selected} from unnest({casts}) as {name}({names})"


INSERT_ITEMS: Final = f"insert into checkin_item ({', '.join(_NAMES)}) " + _unnested(
    [(name, kind, shape) for name, kind, _, _, shape in _COLUMNS], "new"
)

_COUNTS = ("delivered", "grade_a", "grade_b", "grade_c", "grade_d", "late", "seats")
_CELL_COLUMNS = (
    ("organisation_id", "bigint", "{}"),
    ("checkpoint_id", "bigint", "{}"),
    *((name, "int", "{}") for name in _COUNTS),
    ("last_at", "bigint", _INSTANT),
    ("last_received", "bigint", _INSTANT),
)
_ADDED = ", ".join(f"{name} = cell.{name} + excluded.{name}" for name in _COUNTS)
_LATEST = ", ".join(f"{name} = greatest(cell.{name}, excluded.{name})" for name in ("last_at", "last_received"))
_ADD_TO_CELLS = (
    f"insert into checkin_matrixcell as cell ({', '.join(name for name, _, _ in _CELL_COLUMNS)}) "
    f"{_unnested(_CELL_COLUMNS, 'more')} where (select count(*) from item) >= 0 "
    f"on conflict (organisation_id, checkpoint_id) do update set {_ADDED}, {_LATEST}"
)
TAKE_FROM_CELL: Final = (
    f"update checkin_matrixcell set {', '.join(f'{name} = {name} - %s' for name in _COUNTS)} "
    "where organisation_id = %s and checkpoint_id = %s"
)

_BATCH = "insert into checkin_logbatch (id, epoch, size, time_ms, prev, root, head, signature, key_id, leaves)"
_BATCH_VALUES = "%s::bigint, %s::int, %s::bigint, %s::bigint, %s::bytea, %s::bytea, %s::bytea, %s::bytea, %s, %s::bytea"
_MOVE_HEAD = (
    "update checkin_loghead as head set batch_id = batch.id, size = batch.size, head = batch.head from batch "
    "where head.id = 1 and head.epoch = batch.epoch and head.head = batch.prev returning 1"
)
# a head that another process moved in the meantime divides by zero, which undoes the whole statement
_TELL = "select nextval('checkin_logbatch_id_seq'), pg_notify('zuji_matrix', %s), 1 / (select count(*) from head)"

# In each of these the sub-selects chain the parts, which fixes the order of locks: items, cells, the log's head last.
WRITE_ROWS: Final = f"with item as ({INSERT_ITEMS} returning 1), cell as ({_ADD_TO_CELLS} returning 1) select 1"
SEAL: Final = f"with batch as ({_BATCH} select {_BATCH_VALUES} returning *), head as ({_MOVE_HEAD}) {_TELL}"
ALL_AT_ONCE: Final = f"""with item as ({INSERT_ITEMS} returning 1),
cell as ({_ADD_TO_CELLS} returning 1),
batch as ({_BATCH} select {_BATCH_VALUES} where (select count(*) from cell) >= 0 returning *),
head as ({_MOVE_HEAD}) {_TELL}"""

ADD_CORRECTION: Final = (
    "insert into checkin_correction (campaign_id, item_id, number, kind, reason, by, at, salt, batch_id, leaf_index) "
    f"values (%s, %s, %s, %s, %s, %s, {_INSTANT.format('%s')}, %s, %s, %s)"
)
LOCK_HEAD: Final = "select epoch, size, head from checkin_loghead where id = 1 for update"
SEE_HEAD: Final = "select epoch, size, head from checkin_loghead where id = 1"
NEXT_BATCH: Final = "select nextval('checkin_logbatch_id_seq')"

_MILLIS = "(extract(epoch from item.{0}) * 1000)::bigint"
_AS_TEXT = ("id", "first_id", "local_date")
_READ = ", ".join(
    _MILLIS.format(name) if shape == _INSTANT else f"item.{name}::text" if name in _AS_TEXT else f"item.{name}"
    for name, _, _, _, shape in _COLUMNS
)
_STATE = (
    "left join lateral (select kind, number from checkin_correction as made where made.campaign_id = item.campaign_id "
    "and made.item_id = item.id order by number desc limit 1) as corrected on true"
)
# `limit 1` keeps each look-up one of its own: joined, a plan made while the table was small would read a whole index
READ_BACK: Final = f"""select 'id', {_READ}, null, null
from unnest(%s::bigint[], %s::uuid[]) as asked(campaign, id)
cross join lateral (select * from checkin_item
where campaign_id = asked.campaign and checkin_item.id = asked.id limit 1) as item
union all
select 'pair', {_READ}, corrected.kind, corrected.number
from unnest(%s::bigint[], %s::bigint[], %s::bigint[]) as asked(campaign, pass, checkpoint)
cross join lateral (select * from checkin_item where campaign_id = asked.campaign and pass_id = asked.pass
and checkpoint_id = asked.checkpoint and outcome = 'accepted' and first_id is null limit 1) as item {_STATE}"""
READ_BATCHES: Final = (
    "select id, epoch, size, time_ms, prev, root, signature, key_id, leaves from checkin_logbatch "
    "where id = any(%s::bigint[])"
)
COUNT_UNKNOWN: Final = (
    "insert into checkin_unknownpasscount as known (day, items) values (%s, %s) "
    "on conflict (day) do update set items = known.items + excluded.items"
)


PUBLISH_KEY: Final = (
    "insert into checkin_logkey (key_id, x, y, since) values (%s, %s, %s, %s) "
    "on conflict (key_id) do update set until = null where checkin_logkey.until is not null"
)
END_KEYS: Final = "update checkin_logkey set until = %s where until is null and key_id <> %s"


def item_arrays(rows: Sequence[Row]) -> list[str]:
    """The parameters of INSERT_ITEMS. None of the values needs quoting beyond quotes around it."""
    columns = zip(*map(_values_of, rows), strict=True) if rows else [()] * len(_COLUMNS)
    return [column[3](values) if values else "{}" for column, values in zip(_COLUMNS, columns, strict=True)]


def cell_arrays(cells: Sequence[Cell]) -> list[str]:
    """The parameters by which cells are added to."""
    flat = [(cell.organisation, cell.checkpoint, *cell.share, cell.last_at_ms, cell.last_received_ms) for cell in cells]
    return [_numbers(column) for column in zip(*flat, strict=True)] if flat else ["{}"] * len(_CELL_COLUMNS)


def row_of(values: Sequence[Any]) -> Row:
    """A row as READ_BACK selects it."""
    row = Row(**{attribute: value for (_, _, attribute, _, _), value in zip(_COLUMNS, values, strict=True)})
    row.outcome = Outcome(row.outcome)
    row.digest = bytes(row.digest)
    row.salt = None if row.salt is None else bytes(row.salt)
    return row
