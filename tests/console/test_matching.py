"""What is typed means a thing by its name, its pinyin, its initials, or with one slip."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.console.matching import EXACT, NO_FIT, SLIP, SOUND, SOUND_WITHIN, START, WITHIN, fit, pattern, rough

FIRM = "广州星桥网络科技有限公司"


@pytest.mark.parametrize(
    ("asked", "text", "score"),
    [
        ("到达矩阵", "到达矩阵", EXACT),
        ("到达", "到达矩阵", START),
        ("矩阵", "到达矩阵", WITHIN),
        ("matrix", "Matrix", EXACT),
        ("PASS", "Passes", START),
        ("gzxq", FIRM, SOUND),
        ("guangzhou", FIRM, SOUND),
        ("guangz", FIRM, SOUND),
        ("xq", FIRM, SOUND_WITHIN),
        ("xingqiao", FIRM, SOUND_WITHIN),
        ("xinqiao", FIRM, SOUND_WITHIN),
        ("xingqw", FIRM, SOUND_WITHIN),
        ("add or", "Add an organisation", 0),
        ("ad an or", "Add an organisation", SOUND),
        ("y y", "YY直播", START),
        ("yyzb", "YY直播", SOUND),
        ("daodajuzhne", "到达矩阵", SLIP),
        ("jvzhen", "到达矩阵", SLIP),
        ("matirx", "Matrix", SLIP),
        ("matrrix", "Matrix", SLIP),
        ("mtrix", "Matrix", SLIP),
        ("mtx", "Matrix", 0),
        ("zzzz", "到达矩阵", 0),
        ("矩陈", "到达矩阵", 0),
        ("", "到达矩阵", 0),
        ("   ", "到达矩阵", 0),
    ],
)
def test_how_well_it_fits(asked: str, text: str, score: int):
    assert fit(asked, text).score == score


@pytest.mark.parametrize(
    ("asked", "meant"), [("星桥", "星桥"), ("xq", "星桥"), ("xingqiao", "星桥"), ("gz", "广州"), ("ＸＱ", "星桥")]
)
def test_it_says_which_part_was_meant(asked: str, meant: str):
    found = fit(asked, FIRM)
    assert FIRM[found.start : found.end] == meant


def test_a_name_within_latin_words_is_meant_by_its_place():
    found = fit("zb", "YY 直播间")
    assert "YY 直播间"[found.start : found.end] == "直播"


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_that_is_typed_makes_it_fall(asked: str, text: str):
    found = fit(asked, text)
    assert 0 <= found.start <= found.end <= len(text.casefold())
    assert found == NO_FIT or found.score in (EXACT, START, WITHIN, SOUND, SOUND_WITHIN, SLIP)


def test_a_slip_is_forgiven_only_where_it_is_asked_for():
    assert fit("jvzhen", "到达矩阵", slip=False) == NO_FIT


KEY = "guang zhou xing qiao wang luo"


def like(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern.replace("%", ".*"), text) is not None


@given(st.text("guangzhoxiqwl ", min_size=1, max_size=8))
def test_the_databases_patterns_find_whatever_the_sounds_spell(asked: str):
    """They are the wider ones: what they find is judged once more."""
    if fit(asked, "广州星桥网络").score in (SOUND, SOUND_WITHIN):
        assert re.search(f"(^| ){pattern(asked)}", KEY)
        assert like(rough(asked), KEY)


@pytest.mark.parametrize(
    ("asked", "found"), [("xq", True), ("xingqiao", True), ("gq", False), ("iao", False), ("qx", False)]
)
def test_the_databases_pattern_begins_with_a_sound_and_leaves_none_out(asked: str, found: bool):
    assert bool(re.search(f"(^| ){pattern(asked)}", KEY)) is found


def test_signs_are_no_part_of_the_databases_patterns():
    assert (pattern("x.*('q"), rough("x%_q")) == ("x([^ ]* )?q", "%x%q%")
