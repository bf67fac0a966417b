import pytest

from zuji.core.texts import both
from zuji.register.enums import ListState, Verb
from zuji.register.errors import Refusal
from zuji.register.taking import TAKE_BACK, TAKE_IN

FACTS = {"cell": "B3", "found": "甲", "name": "乙", "limit": 80, "as_of": "2021-07-01"}
KEYS = [f"refusal.{code}" for code in Refusal]
KEYS += [f"list_state.{state}" for state in ListState]
KEYS += [f"verb.{verb}" for verb in Verb]
KEYS += [f"work.{kind}" for kind in (TAKE_IN, TAKE_BACK)]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_has_its_words_in_both_languages(key):
    words = both(key, FACTS)
    assert words["zh"] != words["en"]
    assert not any(text.startswith(key.partition(".")[0] + ".") or set(text) & set("!！{}") for text in words.values())
