import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuji.core.errors import Invalid
from zuji.trail.errors import Refusal
from zuji.trail.wording import TEXT_CHARS, clean

UNSEEN = ["\0", "\x07", "\x7f", "\x9b", "\ud800", "\u202e", "\u2066", "\ufdd0", "\ue000"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  院里的老树还在。 ", "院里的老树还在。"),
        ("第一行\n\n第二行\t完", "第一行 第二行 完"),
        ("走　走", "走 走"),
        ("很值得 👩‍👩‍👧", "很值得 👩‍👩‍👧"),
        ("a\u2028b", "a b"),
    ],
)
def test_an_impression_is_kept_on_one_line(written, kept):
    assert clean(written) == kept


@pytest.mark.parametrize("char", UNSEEN, ids=ascii)
def test_what_no_reader_can_see_is_refused(char):
    with pytest.raises(Invalid) as refusal:
        clean(f"走{char}走")
    assert refusal.value.code == Refusal.IMPRESSION_UNREADABLE


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000"])
def test_nothing_is_no_impression(text):
    with pytest.raises(Invalid) as refusal:
        clean(text)
    assert refusal.value.code == Refusal.IMPRESSION_EMPTY


def test_three_hundred_characters_fit_and_one_more_does_not():
    assert len(clean("走" * TEXT_CHARS)) == TEXT_CHARS
    with pytest.raises(Invalid) as refusal:
        clean("走" * (TEXT_CHARS + 1))
    assert refusal.value.facts == {"length": 301, "limit": 300}


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_is_kept_stays_the_same_when_it_is_sent_again(text):
    try:
        kept = clean(text)
    except Invalid:
        return
    assert clean(kept) == kept
    assert 0 < len(kept) <= TEXT_CHARS
    assert "\n" not in kept
