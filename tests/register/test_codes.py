"""Credit codes as lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from zuji.register.codes import (
    NO_CODE,
    Code,
    CodeKind,
    could_be,
    fold_code,
    is_sound,
    mend,
    nearly_one,
    one_slip_apart,
    read_code,
)

SOUND = "91440101MA59ABCD3" + uscc.calc_check_digit("91440101MA59ABCD3")
DIGITS = "91440113725038456" + uscc.calc_check_digit("91440113725038456")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

bodies = st.text(alphabet=ALPHABET, min_size=9, max_size=9)
sound_codes = bodies.map(lambda body: "91440113" + body).map(lambda head: head + uscc.calc_check_digit(head))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (SOUND, Code(CodeKind.SOUND, SOUND)),
        (SOUND.lower(), Code(CodeKind.SOUND, SOUND)),
        (f" '{SOUND[:6]} {SOUND[6:]}\xa0", Code(CodeKind.SOUND, SOUND)),
        (f"{SOUND[:2]}-{SOUND[2:8]}-{SOUND[8:]}", Code(CodeKind.SOUND, SOUND)),
        (SOUND.translate({ord(c): ord(c) + 0xFEE0 for c in SOUND}), Code(CodeKind.SOUND, SOUND)),
        ("9.14E+17", Code(CodeKind.LOST, "914")),
        ("9.14401e+17", Code(CodeKind.LOST, "914401")),
        ("914401137250384000", Code(CodeKind.LOST, "914401137250384")),
        ("440126724943820", Code(CodeKind.OLD, "440126724943820")),
        ("440126724943820.0", Code(CodeKind.OLD, "440126724943820")),
        (
            SOUND[:-1] + ("0" if SOUND[-1] != "0" else "1"),
            Code(CodeKind.BROKEN, SOUND[:-1] + ("0" if SOUND[-1] != "0" else "1")),
        ),
        ("1.38E+10", NO_CODE),
        ("无", NO_CODE),
        ("", NO_CODE),
    ],
)
def test_a_cell_tells_what_is_left_of_a_code(cell, code):
    assert read_code(cell) == code


@given(sound_codes)
def test_the_check_decides_and_any_other_last_character_is_wrong(code):
    assert is_sound(code)
    assert sum(is_sound(code[:-1] + last) for last in ALPHABET) == 1


@given(sound_codes, st.sampled_from(["", " ", "　", "-", "'"]), st.integers(0, 18))
def test_what_stands_between_the_characters_does_not_matter(code, noise, at):
    assert read_code((code[:at] + noise + code[at:]).lower()) == Code(CodeKind.SOUND, code)


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text):
    kind, value = read_code(text)
    assert (value == "") == (kind == CodeKind.NONE)
    assert kind != CodeKind.SOUND or is_sound(value)


def test_a_letter_that_no_code_has_is_mended():
    code = next(c for c in (f"91440113MA5{n}0ABC{d}" for n in range(9) for d in range(9)) if "0" in c)
    code += uscc.calc_check_digit(code)
    at = code.index("0")
    assert mend(code[:at] + "O" + code[at + 1 :]) == code


def test_a_sound_code_and_one_of_another_length_are_not_mended():
    assert mend(SOUND) is None
    assert mend(SOUND[:-1]) is None


@given(sound_codes, st.data())
def test_a_mend_is_sound_and_one_character_away(code, data):
    at = data.draw(st.integers(8, 17))
    written = code[:at] + data.draw(st.sampled_from("OISZB80")) + code[at + 1 :]
    mended = mend(written)
    assert mended is None or (
        is_sound(mended) and sum(a != b for a, b in zip(mended, fold_code(written), strict=True)) == 1
    )


@given(sound_codes, st.data())
def test_every_single_slip_is_seen_from_both_sides(code, data):
    at = data.draw(st.integers(8, 16))
    slips = {
        code[:at] + code[at + 1 :],
        code[:at] + "Q" + code[at + 1 :],
        code[:at] + code[at + 1] + code[at] + code[at + 2 :],
        code[:at] + "7" + code[at:],
    }
    assert all(one_slip_apart(slip, code) and one_slip_apart(code, slip) for slip in slips)


def test_two_sound_codes_with_up_to_two_slips_are_nearly_one():
    code = "91440113100000016"
    assert nearly_one(f"{code}A", f"{code}B")
    assert nearly_one(f"{code}A", "91440113100000061B")
    assert not nearly_one(f"{code}A", "91440113100000222B")
    assert not nearly_one(f"{code}A", code)


def test_two_slips_are_not_one():
    assert not one_slip_apart("ABCDEF", "AXCDXF")
    assert not one_slip_apart("ABCDEF", "ABCD")
    assert not one_slip_apart("ABCDEF", "CBADEF")


@pytest.mark.parametrize(
    ("lost", "fits"),
    [("914", True), (DIGITS[:6], True), (DIGITS[:15], True), (str(int(DIGITS[:6]) + 1), True), ("915401", False)],
)
def test_leading_digits_fit_the_code_that_they_are_left_of(lost, fits):
    assert could_be(lost, DIGITS) is fits
