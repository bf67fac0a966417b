import pytest

from zuji.core.texts import both
from zuji.trail import enums
from zuji.trail.errors import Refusal

FACTS = {"site": "S01", "stop": 2, "stops": "松露小学", "name": "校门", "file": "a.png", "expected": ".png"}
FACTS |= {"where": "$.stops[1]", "found": "boat", "length": 301, "limit": 300, "by": "小郭"}
KEYS = [f"refusal.{code}" for code in Refusal]
KEYS += [f"leg_mode.{key}" for key in enums.LegMode] + [f"verb.{key}" for key in enums.Verb]
KEYS += [f"impression_state.{key}" for key in enums.ImpressionState]
KEYS += [f"decline_reason.{key}" for key in enums.DeclineReason]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_has_its_words_in_both_languages(key):
    words = both(key, FACTS)
    assert words["zh"] != words["en"]
    assert not any(text.startswith(key.partition(".")[0] + ".") for text in words.values())


@pytest.mark.parametrize("code", list(Refusal))
def test_no_refusal_shouts_or_leaves_a_fact_open(code):
    for text in both(f"refusal.{code}", FACTS).values():
        assert not set(text) & set("!！{}")
