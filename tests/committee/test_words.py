import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.committee import enums
from zuji.committee.errors import Refusal
from zuji.core.texts import both

FACTS = {"cell": "B3", "found": "甲", "name": "乙", "limit": 120, "since": "2021-07-01"}
KEYS = [f"refusal.{code}" for code in Refusal]
KEYS += [f"organisation_kind.{key}" for key in enums.OrganisationKind]
KEYS += [f"participant_kind.{key}" for key in enums.ParticipantKind]
KEYS += [f"joins_as.{key}" for key in enums.JoinsAs]
KEYS += [f"verb.{key}" for key in enums.Verb]
KEYS += ["sheet.reasons", "personal_purpose.contact_of_participant"]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_has_its_words_in_both_languages(key):
    words = both(key, FACTS)
    assert words["zh"] != words["en"]
    assert not any(text.startswith(key.partition(".")[0] + ".") for text in words.values())


@pytest.mark.parametrize("code", list(Refusal))
def test_no_refusal_shouts_or_leaves_a_fact_open(code):
    for text in both(f"refusal.{code}", FACTS).values():
        assert not set(text) & set("!！{}")


@given(st.sampled_from(list(Refusal)))
def test_a_refusal_has_words_even_without_its_facts(code):
    assert all(both(f"refusal.{code}").values())
