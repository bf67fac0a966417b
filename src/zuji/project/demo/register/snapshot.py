# ruff: noqa: S608  (the texts are put together from the models' own names)
"""The register as one file: exported in a fixed order, loaded by COPY into a home whose register is empty.

Keys stay as they are; the association and whoever acted are named by tokens, since theirs differ from home to home.
Files of lists are left out. What rows say of persons is in, as those are made up. What firms are found by is kept as
the words that it is made of. Row histories begin with what is loaded.
"""

import lzma
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction
from django.db.models import Model

from zuji.core.models import Association, AuditEntry
from zuji.people.models import Account
from zuji.project.errors import Fault, Misconfigured
from zuji.register.copying import as_array
from zuji.register.finding import grams, search_key, sort_key, words_of
from zuji.register.models import (
    Authority,
    Card,
    Doubt,
    Enterprise,
    Filing,
    Link,
    Merge,
    Precedence,
    RuleVersion,
    Ruling,
    SourceList,
    SourceRow,
    SourceRowDetail,
    Standing,
)

MODELS: tuple[type[Model], ...] = (
    *(Authority, RuleVersion, SourceList, SourceRow, SourceRowDetail, Enterprise, Link, Doubt, Ruling, Merge),
    *(Precedence, Card, Filing, Standing),
)
END = b"\\.\n"
ASSOCIATION, ACTOR = b"@@association", b"@@actor"
TOKENS = {
    "association_id": ASSOCIATION.decode(),
    **dict.fromkeys(("staged_by", "decided_by", "made_by", "actor"), ACTOR.decode()),
}
LEFT_OUT = {"work_id"}
"""Works are whoever asked's own, and are not kept for long."""
AUDIT = "core_auditentry"
ASSOCIATION_KIND = Association._meta.label_lower
LEVEL = 9
FOUND_BY = ("name", "sort_key", "search_key", "grams")
"""Columns of a card of which the last three follow from its name and the words that its `search_key` begins with."""
WIDE = ("JSONField", "ArrayField", "TextField")
"""Kinds of fields of which the planner needs to know nothing."""
GIN = next(index for index in Card._meta.indexes if isinstance(index, GinIndex))
EXCLUSION = Standing._meta.constraints[0]
HISTORY = """insert into register_enterpriseevent
    (id, association_id, merged_into_id, made_at, pgh_obj_id, pgh_label, pgh_created_at)
    select id, association_id, merged_into_id, made_at, id, 'insert', zuji_now() from register_enterprise"""


def export(association: Association) -> bytes:
    """The register of a home in which one association has one, as text.

    For each table a line that names it and its columns, rows as COPY writes them, and an end.
    """
    return b"".join(_exported(association))


def save(association: Association, file: Path) -> int:
    """Write it compressed; how many bytes that is. The same register gives the same bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.write_bytes(lzma.compress(export(association), preset=LEVEL))


@transaction.atomic
def load(file: Path, *, association: Association, actor: Account) -> None:
    """Fill an association's register from a file; refused where any register of this home has rows."""
    begin_anew()
    text = lzma.decompress(file.read_bytes())
    text = text.replace(ASSOCIATION, b"%d" % association.pk).replace(ACTOR, b"%d" % actor.pk)
    with _indexed_afterwards(), connection.cursor() as cursor:
        for section in filter(None, text.split(END)):
            heading, _, rows = section.partition(b"\n")
            table, columns = heading.decode().split("\t")
            with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
                copy.write(with_keys(rows, columns.split(", ")) if table == Card._meta.db_table else rows)
    for model in MODELS:
        _go_on(model)
    _run(*map(_analyse, MODELS))


@contextmanager
def _indexed_afterwards() -> Iterator[None]:
    """What is slow row by row is done for all rows at once: two indexes, and the history of firms."""
    _run("set constraints all immediate")
    with connection.schema_editor() as editor:
        editor.remove_index(Card, GIN)
        editor.remove_constraint(Standing, EXCLUSION)
    _run("alter table register_enterprise disable trigger user", "set constraints all deferred")
    yield
    _run("set constraints all immediate", "alter table register_enterprise enable trigger user", HISTORY)
    with connection.schema_editor() as editor:
        editor.add_index(Card, GIN)
        editor.add_constraint(Standing, EXCLUSION)
    _run("set constraints all deferred")


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def without_keys(rows: bytes, columns: Sequence[str]) -> bytes:
    """Cards as COPY writes them, with nothing but the words in the place of what they are found by."""
    _, ordered, found, parts = (columns.index(name) for name in FOUND_BY)
    lines = [line.split("\t") for line in rows.decode().splitlines()]
    for line in lines:
        line[found] = "\\n".join(words_of(line[found].replace("\\n", "\n")))
        line[ordered] = line[parts] = ""
    return _lines(lines)


def with_keys(rows: bytes, columns: Sequence[str]) -> bytes:
    """The same with what they are found by, and by what they are sorted."""
    name, ordered, found, parts = (columns.index(name) for name in FOUND_BY)
    lines = [line.split("\t") for line in rows.decode().splitlines()]
    for line in lines:
        words = line[found].split("\\n")
        line[ordered] = sort_key(line[name])
        line[found] = search_key(words).replace("\n", "\\n")
        line[parts] = as_array(grams(words)).replace("\\", "\\\\")
    return _lines(lines)


def _lines(lines: Iterable[Sequence[str]]) -> bytes:
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def begin_anew() -> None:
    """Let keys begin at one, so that a register comes out the same wherever it is built; refused where there is one."""
    if Authority.objects.exists() or Enterprise.objects.exists():
        raise Misconfigured(Fault.REGISTER_IN_USE)
    for model in MODELS:
        _go_on(model)


def _go_on(model: type[Model]) -> None:
    """Let a table's keys go on after the last that it has."""
    key, table = model._meta.pk, model._meta.db_table
    if not key.is_relation:
        last = f"select coalesce(max({key.column}), 0) + 1 from {table}"
        _run(f"select setval(pg_get_serial_sequence('{table}', '{key.column}'), ({last}), false)")


def _analyse(model: type[Model]) -> str:
    narrow = (field.column for field in model._meta.concrete_fields if field.get_internal_type() not in WIDE)
    return f"analyze {model._meta.db_table} ({', '.join(map(str, narrow))})"


def _exported(association: Association) -> Iterator[bytes]:
    for model in MODELS:
        # answers are written in whichever order the database joins them
        order = "enterprise_id, kind, during" if model is Standing else model._meta.pk.column
        yield from _section(model._meta.db_table, _columns(model), f"order by {order}")
    columns = [column for column in _columns(AuditEntry) if column != AuditEntry._meta.pk.column]
    about = f"where kind like 'register.%' or (kind = '{ASSOCIATION_KIND}' and key = '{association.pk}')"
    yield from _section(AUDIT, columns, f"{about} order by id")


def _columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if field.column not in LEFT_OUT]


def _section(table: str, columns: list[str], rest: str) -> Iterator[bytes]:
    said = ", ".join(_said(column, of=table) for column in columns)
    yield f"{table}\t{', '.join(columns)}\n".encode()
    with connection.cursor() as cursor, cursor.copy(f"copy (select {said} from {table} {rest}) to stdout") as copy:
        rows = b"".join(bytes(block) for block in copy)
    yield without_keys(rows, columns) if table == Card._meta.db_table else rows
    yield END


def _said(column: str, *, of: str) -> str:
    if column == "id" and of == Standing._meta.db_table:
        return "row_number() over (order by enterprise_id, kind, during)"
    if column in TOKENS:
        return f"case when {column} is not null then '{TOKENS[column]}' end"
    if column == "key" and of == AUDIT:
        return f"case when kind = '{ASSOCIATION_KIND}' then '{TOKENS['association_id']}' else key end"
    return column
