"""Chinese names in the order of their pinyin."""

from hypothesis import given
from hypothesis import strategies as st

from zuji.core.sorting import SORT_KEY_CHARS, sort_key


def test_names_stand_in_the_order_of_their_pinyin_and_not_of_their_code_points():
    assert sorted(["中山", "广州", "北京"], key=sort_key) == ["北京", "广州", "中山"]


@given(st.text(max_size=80))
def test_any_name_fits_its_column_whatever_its_width(name):
    assert len(sort_key(name)) <= SORT_KEY_CHARS
