"""Codes: what is built is read back, what is altered is not genuine, and the shared vectors hold."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.checkin import codes
from zuji.checkin.enums import CodeKind

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "codes.json").read_text())

keys = st.binary(min_size=32, max_size=32)
numbers = st.integers(min_value=1, max_value=999_999_999)
steps = st.integers(min_value=0, max_value=9_999_999_999)
kinds = st.sampled_from(CodeKind)


@pytest.mark.parametrize("vector", VECTORS["codes"], ids=lambda vector: vector["code"])
def test_the_shared_vectors_are_built_and_read_alike(vector):
    kind = CodeKind(vector["kind"])
    key = codes.serial_key(bytes.fromhex(vector["checkpoint_key"]), kind, vector["serial"])
    assert key.hex() == vector["serial_key"]
    assert codes.build(vector["checkpoint"], kind, vector["serial"], vector["step"], key=key) == vector["code"]
    code = codes.parse(vector["code"])
    assert (code.checkpoint, code.kind, code.serial, code.step) == (
        vector["checkpoint"],
        kind,
        vector["serial"],
        vector["step"],
    )
    assert codes.is_genuine(code, key)


@pytest.mark.parametrize(
    "vector",
    [vector for vector in VECTORS["codes"] if "short" in vector],
    ids=lambda vector: vector["short_code"],
)
def test_the_shared_short_codes_are_shown_and_read_alike(vector):
    assert codes.short(bytes.fromhex(vector["serial_key"]), vector["step"]) == vector["short"]
    assert codes.parse(vector["short_code"]) == codes.ShortCode(vector["checkpoint"], vector["short"])


@pytest.mark.parametrize("text", VECTORS["unreadable"], ids=repr)
def test_what_is_no_code_is_not_read(text):
    assert codes.parse(text) is None


@pytest.mark.parametrize("vector", VECTORS["spelled_small"], ids=lambda vector: vector["text"])
def test_a_short_code_may_be_typed_in_small_letters(vector):
    assert codes.parse(vector["text"]).digits == vector["digits"]


@given(keys, numbers, kinds, numbers, steps)
def test_what_is_built_is_read_back_and_genuine(checkpoint_key, checkpoint, kind, serial, step):
    key = codes.serial_key(checkpoint_key, kind, serial)
    text = codes.build(checkpoint, kind, serial, step, key=key)
    code = codes.parse(text)
    assert len(text) <= codes.CODE_CHARS_MAX
    assert (code.checkpoint, code.kind, code.serial, code.step) == (
        checkpoint,
        kind,
        serial,
        step,
    )
    assert codes.is_genuine(code, key)


@given(keys, numbers, kinds, numbers, steps, st.data())
def test_a_code_with_one_character_changed_is_not_genuine(checkpoint_key, checkpoint, kind, serial, step, data):
    key = codes.serial_key(checkpoint_key, kind, serial)
    text = codes.build(checkpoint, kind, serial, step, key=key)
    # the eleventh character holds four bits, so that other spellings of the same bits are other texts all the same
    index = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789abcdefXYZ_-.spg").filter(lambda other: other != text[index]))
    code = codes.parse(text[:index] + letter + text[index + 1 :])
    assert code is None or isinstance(code, codes.ShortCode) or not codes.is_genuine(code, key)


@given(keys, numbers, numbers)
def test_a_serial_of_another_kind_has_another_key(checkpoint_key, one, other):
    screen = codes.serial_key(checkpoint_key, CodeKind.SCREEN, one)
    assert screen != codes.serial_key(checkpoint_key, CodeKind.POSTER, one)
    assert (screen == codes.serial_key(checkpoint_key, CodeKind.SCREEN, other)) == (one == other)


@given(st.text(max_size=80))
def test_reading_never_fails_whatever_was_scanned(text):
    code = codes.parse(text)
    assert code is None or code.checkpoint > 0


@given(
    keys,
    st.integers(min_value=100, max_value=200_000_000),
    st.integers(min_value=-20, max_value=20),
)
def test_a_short_code_is_found_within_twenty_steps(key, around, away):
    found = codes.short_step(key, codes.short(key, around + away), around=around, steps=20)
    assert found is not None
    assert codes.short(key, found) == codes.short(key, around + away)
    assert abs(found - around) <= abs(away)


@given(keys, st.integers(min_value=100, max_value=200_000_000))
def test_a_short_code_of_an_hour_ago_is_not_found(key, around):
    assert codes.short_step(key, codes.short(key, around - 240), around=around, steps=20) is None


def test_a_step_lasts_fifteen_seconds():
    assert [codes.step_at(second) for second in (0, 14.999, 15, 30)] == [0, 0, 1, 2]
