"""Names of firms taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.register.names import FORMS, Parser, fold, pinyin

PARSER = Parser()


@pytest.mark.parametrize(
    ("text", "trade", "line", "form", "branch"),
    [
        ("广州华多网络科技有限公司", "华多", "网络科技", "有限公司", ""),
        ("华多（广州）网络科技有限公司", "华多", "网络科技", "有限公司", ""),
        ("华多〔广州〕网络科技有限公司", "华多", "网络科技", "有限公司", ""),
        ("广州云帆电子商务合伙企业（有限合伙）", "云帆", "电子商务", "合伙企业(有限合伙)", ""),
        ("广州华多网络科技有限公司番禺第二分公司", "华多", "网络科技", "有限公司", "番禺第二分公司"),
        ("广州市番禺区大石云帆网络服务部", "云帆", "网络服务部", "", ""),
        ("有米科技股份有限公司", "有米", "科技", "股份有限公司", ""),
        ("有米科技股份公司", "有米", "科技", "股份公司", ""),
        ("有米科技集团股份有限公司", "有米", "科技", "集团股份有限公司", ""),
        ("华多直播", "华多", "直播", "", ""),
        ("华多", "华多", "", "", ""),
        ("云科技", "云科技", "", "", ""),
    ],
)
def test_a_name_has_its_parts(text, trade, line, form, branch):
    name = PARSER.parse(fold(text))
    assert (name.trade, name.line, name.form, name.branch) == (trade, line, form, branch)


@pytest.mark.parametrize(
    "written",
    [
        "廣州華多網絡科技有限公司",
        "广州 华多网络科技\xa0有限公司",
        "广州华多网络科技有限公司　",
        "“广州华多网络科技有限公司”。",
    ],
)
def test_spellings_of_one_name_fold_to_one(written):
    assert fold(written) == "广州华多网络科技有限公司"


def test_a_registered_name_a_shop_and_a_brand_are_told_apart():
    texts = ("广州华多科技有限公司", "番禺区云帆经营部", "华多", "华多科技")
    assert [PARSER.parse(fold(text)).is_full for text in texts] == [True, True, False, False]


def test_homophones_sound_the_same():
    assert pinyin("云帆") == pinyin("芸凡") == "yun fan"


def test_a_line_of_business_that_no_list_has_is_learnt_from_the_names():
    heads = ["甲乙", "云帆", "木棉", "拾光", "星桥", "水色", "蕉门", "莲花", "飞檐", "白鹭", "春汛", "麦浪"]
    texts = [f"广州{head}元宇宙有限公司" for head in heads]
    assert PARSER.parse(texts[0]).trade == "甲乙元宇宙"
    assert Parser.learnt(texts).parse(texts[0]).trade == "甲乙"


def test_a_branchs_word_is_learnt_and_then_known_behind_a_short_name():
    parser = Parser.learnt(["广州华多科技有限公司大学城分公司"])
    assert (parser.parse("云帆大学城分公司").trade, parser.parse("云帆大学城分公司").branch) == ("云帆", "大学城分公司")
    assert PARSER.parse("云帆大学城分公司").branch == "分公司"


def test_one_text_gives_one_object():
    assert PARSER.parse("华多科技") is PARSER.parse("华多科技")


@given(st.text(alphabet="广州番禺市区华多云帆网络科技有限公司分（）()店 ", max_size=24))
def test_the_parts_of_any_name_are_found_in_it(text):
    folded = fold(text)
    name = PARSER.parse(folded)
    assert name.stem == name.trade + name.line
    assert name.form in (*FORMS, "")
    assert all(part in folded for part in (name.form, name.branch, name.trade[:1]))


@given(st.text(alphabet="廣州華多網絡科技有限公司（）〔〕【】Ａａ１1 　\xa0\t·。-", max_size=30))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
