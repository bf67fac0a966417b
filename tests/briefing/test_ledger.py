from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.briefing.ledger import FIRST, Counted, Entry, Line, json_line

COLUMNS = ("key", "weight", "organisation_id")
ROWS = st.lists(
    st.tuples(st.text(max_size=8), st.integers(0, 99), st.none() | st.integers()),
    unique_by=lambda row: row[0],
    max_size=9,
)
LINE = Line(
    association_id=1,
    number=7,
    indicator="T3",
    version=1,
    definition_id="d" * 64,
    parameters={"campaign": None},
    as_of=datetime(2021, 7, 26, 16, tzinfo=UTC),
    published_at=datetime(2021, 7, 27, 1, tzinfo=UTC),
    published_by=4,
    value=236,
    qualifier="at_least",
    evidence_id="e" * 64,
    prev=FIRST,
)


@given(ROWS, st.randoms())
def test_the_digest_does_not_depend_on_the_order_of_rows(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert Counted.of(COLUMNS, shuffled).digest == Counted.of(COLUMNS, rows).digest


@given(ROWS.filter(bool))
def test_the_digest_changes_with_any_row(rows):
    whole = Counted.of(COLUMNS, rows)
    key, weight, of = rows[0]
    assert whole.digest != Counted.of(COLUMNS, rows[1:]).digest
    assert whole.digest != Counted.of(COLUMNS, [(key, weight + 1, of), *rows[1:]]).digest
    assert whole.digest != Counted.of((*COLUMNS[:2], "site_id"), rows).digest


@given(ROWS)
def test_the_value_is_the_sum_of_the_weights_of_the_trace(rows):
    counted = Counted.of(COLUMNS, rows)
    assert counted.value == sum(entry.weight for entry in counted.entries) == sum(row[1] for row in rows)


def test_a_trace_names_keys_weights_and_dimensions():
    counted = Counted.of(COLUMNS, [("b", 2, 9), ("a", 1, None)])
    assert counted.entries == [Entry("a", 1, {"organisation_id": None}), Entry("b", 2, {"organisation_id": 9})]


def test_a_key_that_stands_twice_would_be_counted_twice_and_is_refused():
    with pytest.raises(ValueError, match="twice"):
        Counted.of(COLUMNS, [("a", 1, 1), ("a", 1, 2)])


@pytest.mark.parametrize(
    "change",
    [
        {"number": 8},
        {"value": 237},
        {"qualifier": "exact"},
        {"parameters": {"campaign": 1}},
        {"as_of": LINE.as_of + timedelta(microseconds=1)},
        {"published_by": None},
        {"evidence_id": "f" * 64},
        {"prev": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_entrys_digest_covers_every_field(change):
    assert replace(LINE, **change).digest != LINE.digest


def test_an_instant_is_the_same_in_every_zone():
    elsewhere = replace(LINE, as_of=LINE.as_of.astimezone(timezone(timedelta(hours=8))))
    assert elsewhere.digest == LINE.digest


def test_canonical_json_has_one_form():
    assert json_line({"b": 1, "a": ["番禺", None]}) == '{"a":["番禺",null],"b":1}'
