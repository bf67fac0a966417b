"""What a firm is sorted and found by, and what is looked up for a text."""

import pytest

from zuji.register.finding import KEY_CHARS, asked_grams, grams, search_key, sort_key, words_of

MUMIAN, KEJI = "广州木棉数科有限公司", "广州凯嘉科技有限公司"


def is_looked_up(text, *words):
    return any(set(way) <= set(grams(words)) for way in asked_grams(text))


def test_a_firm_stands_by_its_trade_name_with_its_region_last():
    names = [KEJI, "佛山阿布网络有限公司", "广州市番禺区木棉数科有限公司", "木棉数科有限公司", MUMIAN]
    assert sorted(names, key=sort_key) == [names[1], names[0], names[3], MUMIAN, names[2]]


def test_a_name_that_is_but_a_region_keeps_its_place():
    assert sort_key("广州") == "guang zhou"


@pytest.mark.parametrize("name", ["", "Tencent", "x" * 500])
def test_whatever_a_firm_is_called_has_a_place(name):
    assert sort_key(name) == name.casefold()[:300].replace("", " ").strip() or len(sort_key(name)) == 300


@pytest.mark.parametrize("text", ["mumian", "mumians", "mumi", "mum", "mianshu", "mmsk", "ms", "木棉", "棉数科", "广"])
def test_parts_sounds_and_initials_of_a_name_are_in_its_index(text):
    assert is_looked_up(text, MUMIAN)


@pytest.mark.parametrize("text", ["muxian", "keji", "木科", "木", "mk"])
def test_what_a_name_has_not_is_not_in_its_index(text):
    assert not is_looked_up(text, MUMIAN)


def test_a_sound_is_told_from_a_common_one_of_the_same_initials():
    assert is_looked_up("kaijia", KEJI)
    assert not is_looked_up("kaijia", "广州木棉科技有限公司")


def test_initials_are_told_from_others_that_have_their_pairs():
    name = "番禺闸供应链有限公司"
    assert is_looked_up("zgyl", name)
    assert is_looked_up("xgs", name)
    assert not is_looked_up("xgyl", name)


def test_letters_that_can_be_read_in_too_many_ways_or_in_none_narrow_nothing_down():
    assert asked_grams("xianxianxianxianxianxian") == []
    assert [len(way) for way in asked_grams("zzqqx")] == [4, 3]


def test_the_words_of_a_key_are_told_from_their_sounds():
    assert words_of(search_key([MUMIAN, "huya.example", "木棉云"])) == [MUMIAN, "huya.example", "木棉云"]
    assert words_of("") == [""]


def test_a_key_that_was_cut_short_still_tells_words():
    key = search_key(f"木棉{number}有限公司" for number in range(1000))
    assert len(key) == KEY_CHARS
    assert words_of(key)[0] == "木棉0有限公司"


@pytest.mark.parametrize("name", ["Straße木棉ß", "ǰΐŉ木ΐ", "𠮷野家𠮷", "木 棉 ﬁ", "ｶﾞ木棉"])
def test_parts_are_of_two_characters_whatever_a_name_is_written_in(name):
    assert {len(part) for part in grams([name])} == {2}
