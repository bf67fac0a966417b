"""Reading a request: any bytes give items or a reason, and one bad item harms no other."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.checkin import wire
from zuji.checkin.errors import Refusal
from zuji.checkin.wire import Handed, Unnamed, Unreadable

GOOD = {
    "id": "0190F5FC-7a5a-7000-8000-000000000001",
    "pass": "AAAAAAAAAAAAAAAAAAAAAA",
    "code": "12.p1.0.AAAAAAAAAAA",
    "at": "2021-07-26T09:31:07+08:00",
    "sent": "2021-07-26T01:31:08.250Z",
    "fix": {"lat": 22.95, "lon": 113.42, "accuracy": 18, "datum": "wgs84"},
}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def read(*items: object) -> list[Handed | Unnamed]:
    return wire.read(json.dumps({"items": items}).encode())


def test_a_good_item_is_read_with_its_id_in_small_letters():
    [item] = read(GOOD)
    assert isinstance(item, Handed)
    assert (item.id, item.at_ms, item.sent_ms) == (GOOD["id"].lower(), 1_627_263_067_000, 1_627_263_068_250)
    assert (item.fix.lat, item.flaw) == (22.95, None)


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"at": "2021-07-26T09:31:07"}, Refusal.BAD_TIME),
        ({"sent": None}, Refusal.BAD_TIME),
        ({"at": 1_627_263_067}, Refusal.BAD_TIME),
        ({"code": None}, Refusal.BAD_ITEM),
        ({"fix": []}, Refusal.BAD_ITEM),
        ({"fix": {"lat": 1}}, Refusal.BAD_ITEM),
        ({"fix": {"lat": 22, "lon": 113, "accuracy": 5, "datum": "bd09"}}, Refusal.BAD_ITEM),
        ({"fix": {"lat": 90.1, "lon": 0, "accuracy": 5}}, Refusal.IMPOSSIBLE_PLACE),
        ({"fix": {"lat": 0, "lon": -180.1, "accuracy": 5}}, Refusal.IMPOSSIBLE_PLACE),
        ({"fix": {"lat": 0, "lon": 0, "accuracy": -1}}, Refusal.IMPOSSIBLE_PLACE),
        ({"code": "a\0b"}, Refusal.BAD_TEXT),
        ({"code": "x" * 201}, Refusal.BAD_TEXT),
    ],
)
def test_an_item_with_id_and_pass_is_refused_by_name(changes, flaw):
    [bad, good] = read(GOOD | changes, GOOD)
    assert isinstance(bad, Handed)
    assert (bad.flaw, bad.id) == (flaw, GOOD["id"].lower())
    assert good.flaw is None


@pytest.mark.parametrize(
    ("item", "key", "flaw"),
    [
        (None, None, Refusal.BAD_ITEM),
        ([], None, Refusal.BAD_ITEM),
        ({}, None, Refusal.BAD_ID),
        (GOOD | {"id": 5}, None, Refusal.BAD_ID),
        (GOOD | {"id": "5"}, "5", Refusal.BAD_ID),
        (GOOD | {"id": "a\0b"}, None, Refusal.BAD_ID),
        (GOOD | {"pass": 5}, GOOD["id"].lower(), Refusal.BAD_ITEM),
        (GOOD | {"pass": "a\0b"}, GOOD["id"].lower(), Refusal.BAD_TEXT),
    ],
)
def test_an_item_without_usable_id_or_pass_has_its_reason_too(item, key, flaw):
    assert read(item, GOOD)[0] == Unnamed(key, flaw)


def test_what_makes_an_item_the_same_is_pass_and_code():
    first, later, other = read(GOOD, GOOD | {"at": "2020-01-01T00:00:00Z"}, GOOD | {"code": "12.p2.0.AAAAAAAAAAA"})
    assert first.digest == later.digest != other.digest


@pytest.mark.parametrize("inside", [b'"\xff"', b'"\\ud800"', b"NaN", b"1e999", b'{"id": "\\ud800"}'])
def test_what_is_no_text_or_number_harms_no_other_item(inside):
    found = wire.read(b'{"items": [%b, %b]}' % (inside, json.dumps(GOOD).encode()))
    assert [item.flaw for item in found] == [Refusal.BAD_ITEM, None]


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"items": "\\ud800"}', b'["\\ud800"]', b'{"a": NaN}', b"NaN"])
def test_what_is_no_list_of_items_even_so_is_not_taken(body):
    with pytest.raises(Unreadable, match=Refusal.NOT_A_LIST):
        wire.read(body)


@given(st.binary(max_size=40))
def test_any_bytes_for_an_item_are_refused_or_no_list(inside):
    try:
        found = wire.read(b'{"items": [%b]}' % inside)
    except Unreadable:
        return
    assert all(item.flaw for item in found)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_unreadable(body):
    with pytest.raises(Unreadable):
        wire.read(body)


@given(st.lists(anything, min_size=1, max_size=5))
def test_any_list_of_anything_gives_a_reason_for_each(items):
    found = read(*items)
    assert len(found) == len(items)
    assert all(item.flaw for item in found)


@given(st.lists(st.just(GOOD) | st.just({"id": 1}), min_size=51, max_size=60))
def test_more_than_fifty_are_too_many(items):
    with pytest.raises(Unreadable, match=Refusal.TOO_MANY_ITEMS):
        read(*items)
