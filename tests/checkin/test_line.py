"""What goes to PostgreSQL over our own line is what psycopg would have sent."""

from datetime import UTC, date, datetime

import pytest

from zuji.checkin.line import numbered, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select 1", "select 1"),
        ("select %s, %s::int[]", "select $1, $2::int[]"),
        ("select 5 %% 2, %s", "select 5 % 2, $1"),
    ],
)
def test_placeholders_are_numbered(text, expected):
    assert numbered(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("花", "花".encode()),
        (b"\x00\xff", b"\x00\xff"),
        (12, b"12"),
        (True, b"True"),
        (date(2021, 7, 26), b"2021-07-26"),
        (datetime(2021, 7, 26, 1, 30, tzinfo=UTC), b"2021-07-26T01:30:00+00:00"),
        ([1, 2], b"{1,2}"),
        ([], b"{}"),
        ([b"\x00\x01"], b'{"\\\\x0001"}'),
    ],
)
def test_values_are_written_as_postgresql_reads_them(value, expected):
    assert written(value) == expected
