import random

import pytest

from tests.register.reading.wordings import CELLS, WORDINGS
from zuji.core.sheets.folding import squeeze
from zuji.core.sheets.header import Path
from zuji.register.fields import Field
from zuji.register.reading.enums import Why
from zuji.register.reading.proposing import SAMPLES, Seen, propose


def column(title: str, like: Field | None, *, filled: float = 1.0) -> Seen:
    r = random.Random(title)
    cells = [CELLS[like](r) for _ in range(30)] if like else []
    return Seen(Path((title,) if title else (), False), [cell for cell in cells if cell is not None], filled)


def proposed(*seen: Seen, remembered=None, chosen=None):
    return propose(seen, remembered=remembered or {}, chosen=chosen or {})


def test_a_heading_and_its_content_make_it_sure():
    (code,) = proposed(column("主体代码", Field.CODE))
    assert (code.field, code.sure, code.reason) == (Field.CODE, True, Why.HEADING_AND_CONTENT)
    assert (len(code.samples), code.facts["percent"]) == (SAMPLES, "100")


@pytest.mark.parametrize("field", [field for field in WORDINGS if field is not Field.BRAND], ids=str)
def test_every_wording_is_known_with_what_stands_below(field):
    found = {wording: proposed(column(wording, field))[0].field for wording in WORDINGS[field]}
    assert [wording for wording, one in found.items() if one is not field] == []


def test_content_alone_is_proposed_and_asked_about():
    code, phone = proposed(column("统代", Field.CODE), column("", Field.PHONE))
    assert (code.field, code.sure, code.reason) == (Field.CODE, False, Why.CONTENT)
    assert (phone.field, phone.sure) == (Field.PHONE, False)


def test_one_heading_is_two_fields_by_what_stands_below():
    assert proposed(column("行业", Field.INDUSTRY))[0].field is Field.INDUSTRY
    assert proposed(column("行业", Field.INDUSTRY_CODE))[0].field is Field.INDUSTRY_CODE
    assert proposed(column("经营者", Field.NAME))[0].field is Field.NAME
    assert proposed(column("经营者", Field.PERSON))[0].field is Field.PERSON


def test_content_that_speaks_against_a_heading_takes_it_away():
    assert proposed(column("联系电话", Field.DOMAIN))[0].field is None


def test_two_columns_for_one_field_are_a_question():
    first, second = proposed(column("注册地址", Field.ADDRESS), column("经营地址", Field.ADDRESS))
    assert (first.field, first.sure, first.other) == (Field.ADDRESS, False, "经营地址")
    assert (second.field, second.reason, second.other) == (None, Why.OTHER_COLUMN, "注册地址")


def test_of_two_columns_alike_the_fuller_one_is_taken():
    first, second = proposed(column("手机", Field.PHONE, filled=0.2), column("电话", Field.PHONE))
    assert (first.field, second.field) == (None, Field.PHONE)


def test_a_column_goes_without_its_field_rather_than_take_the_second_best_for_sure():
    person, contact = proposed(column("法定代表人", Field.PERSON), column("负责人", Field.PERSON))
    assert person.field is Field.PERSON
    assert not contact.sure


def test_what_was_remembered_wins_over_heading_and_content():
    (site,) = proposed(column("企业名称", Field.NAME), remembered={squeeze("企业名称"): Field.SITE})
    assert (site.field, site.sure, site.reason) == (Field.SITE, True, Why.REMEMBERED)


def test_what_is_chosen_wins_over_what_was_remembered():
    seen = [column("企业名称", Field.NAME), column("简称", Field.BRAND)]
    first, second = proposed(*seen, remembered={"企业名称": Field.NAME}, chosen={1: Field.NAME})
    assert (first.field, second.field, second.reason) == (None, Field.NAME, Why.CHOSEN)


def test_a_column_can_be_chosen_to_be_nothing():
    (nothing,) = proposed(column("企业名称", Field.NAME), chosen={0: None})
    assert (nothing.field, nothing.sure, nothing.reason) == (None, True, Why.CHOSEN)


def test_what_is_no_field_is_left_with_a_reason():
    other, strange, empty = proposed(
        column("经营范围", Field.INDUSTRY), column("干什么的", Field.SITE), column("预留", None)
    )
    assert [each.field for each in (other, strange, empty)] == [None, None, None]
    assert [each.reason for each in (other, strange, empty)] == [
        Why.SOMETHING_ELSE,
        Why.NOTHING_KNOWN,
        Why.NOTHING_IN_IT,
    ]


def test_several_notes_are_no_question():
    notes = proposed(column("备注", None), column("备注", None))
    assert [each.field for each in notes] == [Field.NOTE, Field.NOTE]
