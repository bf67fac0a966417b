"""Roles, rights, scopes, acts and refusals have words in both languages."""

import pytest

from zuji.core.texts import both, say
from zuji.people.adapters import ClosedSignUp
from zuji.people.enums import Right, Role, ScopeKind, Verb
from zuji.people.errors import Refusal

KEYS = [
    *(f"role.{role}" for role in Role),
    *(f"right.{right}" for right in Right),
    *(f"scope.{kind}" for kind in ScopeKind),
    *(f"verb.{verb}" for verb in Verb),
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_has_two_different_texts(key: str):
    words = both(key)
    assert key not in words.values()
    assert words["zh"] != words["en"]


@pytest.mark.parametrize("code", Refusal)
def test_a_refusal_says_what_to_do_without_shouting(code: Refusal):
    for words in say(code, {"username": "mei"}).values():
        assert words
        assert not words.startswith("refusal.")
        assert "!" not in words
        assert "！" not in words


def test_the_sign_in_page_speaks_in_our_words():
    ours = {str(words) for words in ClosedSignUp.error_messages.values()}
    assert both("sign_in.too_many_login_attempts")["zh"] in ours
