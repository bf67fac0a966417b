import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.core.sheets.folding import bare, clean, compact, squeeze, stripped, unreadable

WIDE = str.maketrans("0123456789ABCXYZabcxyz", "０１２３４５６７８９ＡＢＣＸＹＺａｂｃｘｙｚ")


@pytest.mark.parametrize(
    ("found", "read"),
    [
        ("１２３ＡＢＣ", "123ABC"),
        ("广州\u00a0华多", "广州 华多"),
        ("\u3000华多 ", "华多"),
        ("广州华多网络\n科技有限公司", "广州华多网络科技有限公司"),
        ("Lan\r\nMei", "Lan Mei"),
        ("a \t b", "a b"),
        ("\u200b塱边\ufeff", "塱边"),
        ("（示例）", "（示例）"),
        ("塱边村东约大街1号", "塱边村东约大街1号"),
    ],
)
def test_a_text_becomes_one_even_line(found, read):
    assert clean(found) == read


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="0123456789ABCXYZabcxyz", min_size=1))
def test_width_never_changes_a_code(code):
    assert clean(code.translate(WIDE)) == compact(code.translate(WIDE)) == code


@given(st.text())
def test_a_compact_text_holds_no_space_at_all(text):
    assert compact(text) == "".join(compact(text).split())


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[0m", "\x9f", "\ud800"])
def test_control_characters_are_unreadable(text):
    assert unreadable(clean(text))


def test_ordinary_text_is_readable():
    assert not unreadable(clean("何小静、何虹烈士故居\n碁 塱 滘 漖 湴 😀"))


def test_only_the_spaces_around_a_text_are_stripped():
    assert stripped("\u3000 a b\u00a0\n") == "a b"


@pytest.mark.parametrize(
    "header", ["联系 电话", "*联系电话", "联系电话：", "联系\n电话", "联系\u3000电话", "\ufeff联系电话"]
)
def test_headers_that_differ_by_decoration_are_the_same(header):
    assert squeeze(header) == squeeze("联系电话")


def test_headers_in_english_ignore_case_and_spaces():
    assert squeeze("Contact Phone") == squeeze("contact phone") == "contactphone"


@pytest.mark.parametrize("header", ["预计人数（人）", "预计人数(人)", "预计人数"])
def test_a_unit_in_brackets_is_no_part_of_the_name(header):
    assert bare(squeeze(header)) == "预计人数"
