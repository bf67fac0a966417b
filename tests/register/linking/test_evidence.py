"""What is said for and against two being one firm."""

import pytest

from tests.register.linking.rows import FIRM, code_of, row
from zuji.register.linking.clues import codes_say
from zuji.register.linking.evidence import SHARED_BY, evidence
from zuji.register.linking.index import Index
from zuji.register.linking.records import Why
from zuji.register.linking.rows import read_rows
from zuji.register.linking.units import Unit

NAME = "广州云帆网络科技有限公司"
UNCODED = {key: value for key, value in FIRM.items() if key != "code"}
DIGITS = "914401011372503867"


def units(*records):
    return [Unit([each]) for each in read_rows(records)[0]]


def said(one, other, *more):
    ours, theirs, *others = units(one, other, *more)
    return {reason.code: reason.facts for reason in evidence(ours, theirs, Index([theirs, *others]))}


def test_what_is_shared_is_named_with_its_value():
    found = said(row(NAME, at=("a", 1), **UNCODED), row(NAME, at=("a", 2), **FIRM))
    assert {Why.SAME_NAME, Why.SAME_PERSON, Why.SAME_PHONE, Why.SAME_ROOM, Why.SAME_TOWN} == set(found)
    assert found[Why.SAME_PERSON] == {"person": "陈志明"}
    assert found[Why.SAME_PHONE] == {"value": "15412345678", "firms": "1"}


def test_a_telephone_and_an_address_that_many_share_are_said_to_be_shared():
    more = [row(f"广州木棉{n}贸易有限公司", at=("b", n), **UNCODED) for n in range(SHARED_BY)]
    found = said(row(NAME, at=("a", 1), **UNCODED), row(NAME, at=("a", 2), **FIRM), *more)
    assert {Why.SHARED_PHONE, Why.SHARED_ADDRESS} <= set(found)
    assert found[Why.SHARED_PHONE]["firms"] == str(SHARED_BY + 1)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({}, {"name": "广州云帆文化传媒有限公司"}, Why.OTHER_LINE),
        ({}, {"name": "深圳云帆网络科技有限公司"}, Why.OTHER_REGION),
        ({}, {"name": f"{NAME}番禺分公司"}, Why.OTHER_BRANCH),
        ({}, {"name": "广州云凡网络科技有限公司"}, Why.SOUNDS_ALIKE),
        ({}, {"name": "广州去帆网络科技有限公司"}, Why.LOOKS_ALIKE),
        ({}, {"name": "广州木棉贸易有限公司"}, Why.OTHER_NAME),
        ({}, {"name": "广州木棉贸易有限公司", "former_name": NAME}, Why.FORMER_NAME),
        ({"name": "木棉"}, {"site": "木棉"}, Why.SAME_BRAND),
        ({"name": "云帆"}, {}, Why.SAME_TRADE_NAME),
        ({"person": "陈志明"}, {"person": "李国栋"}, Why.OTHER_PERSON),
        ({"town": "大石街道"}, {"town": "南村镇"}, Why.OTHER_TOWN),
        ({"address": "市莲路12号"}, {"address": "市莲路12号101室"}, Why.SAME_STREET),
        ({"building": "天安科技园A座"}, {"building": "天安科技园A座"}, Why.SAME_BUILDING),
        ({"filing": "粤ICP备12345678号-1"}, {"filing": "粤ICP备12345678号-2"}, Why.SAME_FILING),
        ({"code": "440126724943820"}, {"code": "440126724943820"}, Why.SAME_OLD_NUMBER),
        ({"code": code_of(1)}, {"code": code_of(2)}, Why.OTHER_CODE),
        ({"code": DIGITS[:15] + "000"}, {"code": DIGITS}, Why.CODE_COULD_BE),
        ({"code": DIGITS[:9] + DIGITS[10:]}, {"code": DIGITS}, Why.CODE_SLIP),
    ],
)
def test_each_kind_of_evidence_is_said(one, other, why):
    first, second = ({"name": NAME, **each} for each in (one, other))
    assert why in said(row(at=("a", 1), **first), row(at=("a", 2), **second))


@pytest.mark.parametrize(
    ("one", "other", "speaks"),
    [
        (DIGITS, DIGITS, 1),
        (DIGITS, code_of(1), -1),
        (DIGITS[:15] + "000", DIGITS, 1),
        ("9.14401E+17", DIGITS, 0),
        ("9.15402E+17", DIGITS, -1),
        (DIGITS[:9] + DIGITS[10:], DIGITS, 1),
        (code_of(1)[:-1] + "0", DIGITS, -1),
        ("440126724943820", "440126724943820", 1),
        ("440126724943820", DIGITS, 0),
        ("", DIGITS, 0),
    ],
)
def test_codes_speak_for_against_or_not_at_all(one, other, speaks):
    ours, theirs = units(row(NAME, at=("a", 1), code=one), row(NAME, at=("a", 2), code=other))
    value = codes_say(ours, theirs)
    assert (value > 0) - (value < 0) == speaks
