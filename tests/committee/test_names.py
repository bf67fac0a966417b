import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.committee.names import SORT_KEY_CHARS, folded, is_sample, short_name, short_names, sort_key

chinese = st.text(alphabet="番禺广州虎牙信息科技有限公司（）ABC 12", min_size=1, max_size=40)


@given(chinese)
def test_width_case_and_spaces_do_not_make_another_name(name):
    assert folded(f" {unicodedata.normalize('NFKC', name).upper()} ") == folded(name)


@given(chinese)
def test_folding_twice_changes_nothing(name):
    assert folded(folded(name)) == folded(name)


def test_another_character_is_another_name():
    assert folded("广州甲科技有限公司") != folded("广州乙科技有限公司")


def test_a_list_stands_in_the_order_of_pinyin():
    assert sorted(["中山", "广州", "北京"], key=sort_key) == ["北京", "广州", "中山"]


@given(st.text(max_size=200))
def test_any_name_has_a_sort_key_that_fits_its_column(name):
    assert len(sort_key(name)) <= SORT_KEY_CHARS


def test_a_name_says_that_it_is_an_example_in_either_width():
    assert is_sample("荔湾软件（示例）")
    assert is_sample("荔湾软件 (示例)")
    assert not is_sample("示例软件")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("广州云桥网络科技有限公司（示例）", "云桥网络科技"),
        ("广州市番禺区沙湾数据股份有限公司", "沙湾数据"),
        ("广东榕声互动有限责任公司", "榕声互动"),
        ("木棉创投（有限合伙）", "木棉创投"),
        ("华多科技", "华多科技"),
        ("YY直播", "YY直播"),
        ("番禺社区网", "番禺社区网"),
        ("广州地铁", "广州地铁"),
        ("石碁镇文化站（示例）", "石碁镇文化站"),
        ("有限公司", "有限公司"),
        ("Banyan Interactive Ltd", "Banyan Interactive Ltd"),
    ],
)
def test_a_short_name_leaves_out_place_and_form(name, short):
    assert short_name(name) == short


def test_names_that_would_be_alike_stay_apart():
    names = ["广州木棉软件有限公司（示例）", "深圳木棉软件有限公司", "木棉软件", "榕声互动有限公司"]
    assert short_names(names) == ["广州木棉软件有限公司", "深圳木棉软件", "木棉软件", "榕声互动"]


def test_alike_names_of_the_same_place_are_told_apart_by_their_form():
    assert short_names(["广州木棉有限公司", "广州木棉股份有限公司"]) == ["广州木棉有限公司", "广州木棉股份有限公司"]
