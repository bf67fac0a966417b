"""Many rows into a table by COPY: inserting them one object each took longer than all that was to be said in them.

Triggers see each row as they do otherwise, so history stays whole.
"""

from collections.abc import Collection, Iterable, Sequence

import msgspec
from django.db import connection
from django.db.models import Model


def copy_in(table: type[Model] | str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows, their cells in the order of `columns`; JSON and arrays as texts. How many they were.

    While they are written the connection reads nothing, so rows must not come from a query under way.
    """
    name = table if isinstance(table, str) else table._meta.db_table
    copied = 0
    with connection.cursor() as cursor:
        # unset, each row's trigger fails to read it, and what that costs grows with the rows before
        cursor.execute("set local pgtrigger.ignore = '{}'")
        with cursor.copy(f"copy {name} ({', '.join(columns)}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
                copied += 1
    return copied


def new_keys(table: type[Model], many: int) -> list[int]:
    """So many keys that no row has yet, in rising order."""
    sequence = "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sequence, [table._meta.db_table, many])
        return [key for (key,) in cursor.fetchall()]


def as_json(value: object) -> str:
    """A value as COPY takes it for a JSON column."""
    return msgspec.json.encode(value).decode()


def as_array(texts: Collection[str]) -> str:
    """Texts as COPY takes them for a column of many."""
    return "{" + ",".join(map(_quoted, texts)) + "}"


def _quoted(text: str) -> str:
    if '"' in text or "\\" in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
