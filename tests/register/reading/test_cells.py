from datetime import UTC, datetime

import pytest
from stdnum.cn import uscc

from zuji.core.sheets.enums import CellProblem
from zuji.register.fields import Field
from zuji.register.reading.cells import LONGEST, tell
from zuji.register.reading.enums import Flaw


def with_check(first: str) -> str:
    return first + uscc.calc_check_digit(first)


CODE = with_check("91440101MA5ABCDE1")


@pytest.mark.parametrize(
    ("field", "raw", "text"),
    [
        (Field.CODE, CODE.lower(), CODE),
        (Field.CODE, f"'{CODE}", CODE),
        (Field.CODE, f"{CODE[:2]}-{CODE[2:8]} {CODE[8:]}\u00a0", CODE),
        (Field.CODE, "".join(chr(ord(sign) + 0xFEE0) for sign in CODE), CODE),
        (Field.CODE, 440126123456789.0, "440126123456789"),
        (Field.NAME, " 广州\u00a0云创\n有限公司 ", "广州 云创有限公司"),
        (Field.PHONE, 15412345678.0, "15412345678"),
        (Field.PHONE, "+86 154-1234-5678", "15412345678"),
        (Field.PHONE, "020-12345678/15412345678", "020-12345678/15412345678"),
        (Field.FOUNDED, "2019.3.5", "2019-03-05"),
        (Field.FOUNDED, "2019年3月5日", "2019-03-05"),
        (Field.FOUNDED, "2019/3/5", "2019-03-05"),
        (Field.FOUNDED, 43529.0, "2019-03-05"),
        (Field.FOUNDED, datetime(2019, 3, 5, tzinfo=UTC), "2019-03-05"),
        (Field.STAFF, "35人", "35"),
        (Field.STAFF, 12.0, "12"),
        (Field.STAFF, "50-100人", "50-100人"),
        (Field.NAME, "——", ""),
        (Field.NAME, "", ""),
    ],
)
def test_a_cell_is_cleaned_for_its_field(field, raw, text):
    assert tell(field, raw) == (text, None, "")


@pytest.mark.parametrize("raw", ["9.14E+17", 9.14401e17, "9.14401E+17"])
def test_a_lost_code_is_named_and_never_guessed(raw):
    told = tell(Field.CODE, raw)
    assert (told.flaw, told.expected) == (CellProblem.DIGITS_LOST, "")
    assert told.text.endswith("E+17")


def test_one_plausible_mend_is_proposed_and_not_applied():
    slipped = CODE.replace("0", "O", 1)
    told = tell(Field.CODE, slipped)
    assert told == (slipped, Flaw.CODE_MENDABLE, CODE)


def test_a_code_without_a_plausible_mend_is_only_named():
    other = "3" if CODE[-1] != "3" else "4"
    told = tell(Field.CODE, CODE[:-1] + other)
    assert (told.flaw, told.expected) == (Flaw.CODE_WRONG, "")
    assert tell(Field.CODE, "待补").flaw is Flaw.CODE_WRONG


@pytest.mark.parametrize(
    ("field", "raw", "flaw"),
    [
        (Field.PHONE, "1.54E+10", CellProblem.DIGITS_LOST),
        (Field.PHONE, "见备注", CellProblem.NOT_A_PHONE),
        (Field.FOUNDED, "2019.13.5", CellProblem.NOT_A_DATE),
        (Field.FOUNDED, "不详", CellProblem.NOT_A_DATE),
        (Field.STAFF, "若干", CellProblem.NOT_A_COUNT),
    ],
)
def test_a_flawed_cell_keeps_its_text_beside_the_flaw(field, raw, flaw):
    told = tell(field, raw)
    assert (told.text, told.flaw) == (raw, flaw)


@pytest.mark.parametrize(
    ("raw", "flaw"),
    [
        ("#N/A", Flaw.FORMULA_ERROR),
        ("#REF!", Flaw.FORMULA_ERROR),
        ("广州\x00云创", CellProblem.UNREADABLE_TEXT),
        ("云" * (LONGEST + 1), CellProblem.TEXT_TOO_LONG),
    ],
)
def test_what_cannot_be_a_text_is_left_out(raw, flaw):
    told = tell(Field.NAME, raw)
    assert (told.text, told.flaw) == ("", flaw)
