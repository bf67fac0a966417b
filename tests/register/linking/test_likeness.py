"""How alike names are."""

import pytest

from zuji.register.linking.likeness import forms_level, has_tail, lines_level, names_level, regions_level
from zuji.register.names import Parser, fold
from zuji.register.places import leading_region

PARSER = Parser()


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("广州云帆网络科技有限公司", "广州云帆网络科技有限公司", "whole"),
        ("广州云帆网络科技有限公司", "云帆（广州）网络科技公司", "same"),
        ("广州云帆网络科技有限公司", "云帆科技", "trade_cut"),
        ("广州云帆网络科技有限公司", "云帆", "trade_bare"),
        ("广州云帆网络科技有限公司", "云帆优选", "tail"),
        ("广州云帆网络科技有限公司", "广州云帆文化传媒有限公司", "trade"),
        ("广州云帆网络科技有限公司", "广州云凡网络科技有限公司", "sounds"),
        ("广州云帆网络科技有限公司", "广州去帆网络科技有限公司", "looks"),
        ("广州云帆天际网络科技有限公司", "云帆", "begins"),
        ("广州云帆天际号网络科技有限公司", "云帆", "begins"),
        ("广州云帆网络科技有限公司", "广州木棉网络科技有限公司", "line"),
        ("广州云帆网络科技有限公司", "木棉", "none"),
        ("广州云帆网络科技有限公司", "", "none"),
        ("", "", "none"),
    ],
)
def test_two_names_have_one_level_whichever_comes_first(one, other, level):
    ours, theirs = PARSER.parse(fold(one)), PARSER.parse(fold(other))
    assert (names_level(ours, theirs), names_level(theirs, ours)) == (level, level)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("广州甲", "广州市甲", "same"),
        ("广州甲", "番禺区甲", "city"),
        ("广州甲", "深圳甲", "other"),
        ("广东甲", "广州甲", "wider"),
        ("广东甲", "浙江甲", "other"),
        ("番禺区大石甲", "番禺区南村甲", "town"),
        ("甲", "广州甲", "untold"),
    ],
)
def test_regions_agree_or_not(one, other, level):
    assert regions_level(leading_region(one)[0], leading_region(other)[0]) == level


def test_lines_and_forms_may_be_told_in_part():
    assert [lines_level("网络科技", each) for each in ("网络科技", "科技", "", "贸易")] == [
        "same",
        "cut",
        "bare",
        "other",
    ]
    forms = ("有限公司", "有限责任公司", "", "股份有限公司")
    assert [forms_level("有限公司", each) for each in forms] == ["same", "loose", "untold", "other"]


def test_a_tail_is_short_and_behind_a_word():
    assert has_tail("云帆直播", "云帆")
    assert not has_tail("云帆", "云帆")
    assert not has_tail("云帆大直播", "云帆")
    assert not has_tail("云帆", "云")
