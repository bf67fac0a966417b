"""What the shapes of the JSON face take and what they do not."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from zuji.api.schemas.checkins import ItemsIn
from zuji.api.schemas.common import KEY_MAX, Key, Line, Text, answers, self_contained
from zuji.api.schemas.passes import TOKEN, Joining, Token
from zuji.api.schemas.steward import RollIn
from zuji.core.ids import b64, unb64

TOKENS = TypeAdapter(Token)
ROLL = {"id": "0190f0a0-0000-7000-8000-000000000000", "reason": "手机没电"}


@given(st.binary(min_size=16, max_size=16))
def test_every_token_that_a_phone_can_draw_is_taken(raw: bytes):
    assert TOKENS.validate_python(b64(raw)) == b64(raw)


@given(st.from_regex(TOKEN, fullmatch=True).filter(lambda text: not text.endswith("\n")))
def test_every_token_that_is_taken_has_one_spelling(text: str):
    assert b64(unb64(text)) == text
    assert len(unb64(text)) == 16


@given(st.text())
def test_a_text_is_kept_as_it_is_unless_it_holds_a_nul(text: str):
    adapter = TypeAdapter(Text)
    if "\0" in text:
        with pytest.raises(ValidationError, match="null character"):
            adapter.validate_python(text)
    else:
        assert adapter.validate_python(text) == text


@pytest.mark.parametrize("key", [0, -1, KEY_MAX + 1, "1.5", 1.5, None, "x"])
def test_a_key_is_a_positive_number_that_the_database_can_hold(key: object):
    with pytest.raises(ValidationError):
        TypeAdapter(Key).validate_python(key)
    assert TypeAdapter(Key).validate_python(KEY_MAX) == KEY_MAX


def test_a_line_has_an_end():
    assert TypeAdapter(Line).validate_python("x" * 200)
    with pytest.raises(ValidationError):
        TypeAdapter(Line).validate_python("x" * 201)


def test_a_wish_to_join_needs_no_name():
    wish = Joining(token=b64(bytes(16)), campaign=1)
    assert (wish.join_code, wish.organisation, wish.nickname) == (None, None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"passes": list(range(1, 202))},
        {"seats": [{"organisation": 1, "count": 501}]},
        {"at": "2021-07-26T09:00:00"},
        {"reason": "x" * 201},
        {"passes": [0]},
        {"passes": ["AAAA"]},
    ],
)
def test_a_roll_has_its_limits(change: dict[str, object]):
    assert RollIn.model_validate(ROLL).reason == "手机没电"
    with pytest.raises(ValidationError):
        RollIn.model_validate(ROLL | change)


def test_a_rolls_passes_are_keys_or_tokens():
    token = b64(bytes(16))
    assert RollIn.model_validate(ROLL | {"passes": [7, token]}).passes == [7, token]


def test_a_documented_body_refers_to_nothing_outside_of_itself():
    text = json.dumps(self_contained(ItemsIn))
    assert not re.search(r"\$ref|\$defs", text)
    assert {"id", "pass", "code", "at", "sent", "fix"} == set(
        self_contained(ItemsIn)["properties"]["items"]["items"]["properties"]
    )


def test_every_operation_may_say_that_its_input_cannot_be_used():
    assert list(answers(dict, 404)) == [200, 404, 422]
