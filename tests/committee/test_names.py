import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from zuji.committee.names import SORT_KEY_CHARS, folded, is_sample, sort_key

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
