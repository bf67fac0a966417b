from zuji.core import texts
from zuji.core.errors import CoreRefusal


def test_words_come_in_both_languages_whatever_the_reader_has_chosen():
    words = texts.say(CoreRefusal.NOT_FOUND)
    assert words["zh"] != words["en"]
    assert "找不到" in words["zh"]


def test_a_fact_that_is_missing_leaves_its_place_empty():
    assert "{" not in texts.say(CoreRefusal.BUSY)["en"]


def test_every_core_refusal_has_words_in_both_languages():
    for code in CoreRefusal:
        assert all(not words.startswith("refusal.") for words in texts.say(code).values()), code
