from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.core import ids


@given(st.integers(946_684_800, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_a_uuid7_carries_its_instant_and_its_version(at):
    made = ids.uuid7(at)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(at.timestamp() * 1000)


def test_two_uuids_of_one_instant_differ():
    at = datetime(2021, 7, 26, tzinfo=UTC)
    assert len({ids.uuid7(at) for _ in range(1000)}) == 1000


@given(st.binary(max_size=64))
def test_base64url_comes_back_as_it_went(data):
    text = ids.b64(data)
    assert "=" not in text
    assert ids.unb64(text) == data


@pytest.mark.parametrize("text", ["a+b/", "_", "日", "a b"])
def test_what_is_no_base64url_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        ids.unb64(text)


def test_spoken_codes_have_no_look_alikes():
    assert not set("01OIL") & set(ids.ALPHABET)
    assert len(ids.ALPHABET) == 31
    assert all(set(ids.spoken()) <= set(ids.ALPHABET) for _ in range(100))
    assert len(ids.spoken(8)) == 8


def test_tokens_are_128_bits_and_never_the_same():
    tokens = {ids.new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {16}
