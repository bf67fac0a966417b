"""What a row tells once it is read."""

import pytest

from tests.register.linking.rows import row
from zuji.register.linking.rows import filing_base, read_phones, read_rows


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("15412345678", ("15412345678",)),
        ("15412345678.0", ("15412345678",)),
        ("+86 154-1234-5678", ("15412345678",)),
        ("１５４１２３４５６７８（办）", ("15412345678",)),
        ("020-18646865", ("18646865",)),
        ("15412345678/15487654321", ("15412345678", "15487654321")),
        ("1.54E+10", ()),
        ("无", ()),
    ],
)
def test_telephones_are_read_in_any_shape(cell, phones):
    assert read_phones(cell) == phones


@pytest.mark.parametrize(
    "cell", ["粤ICP备12345678号-2", "粤icp备12345678号", "ICP备 12345678", "粤ＩＣＰ备１２３４５６７８号－１"]
)
def test_sites_of_one_filing_share_its_base(cell):
    assert filing_base(cell) == "12345678"


def read(name, **fields):
    return read_rows([row(name, **fields)])[0][0]


def test_a_registered_name_in_the_sites_column_is_a_name_and_another_word_is_a_brand():
    as_name = read("广州云帆科技有限公司", site="广州木棉科技有限公司")
    as_brand = read("广州云帆科技有限公司", site="木棉商城")
    assert ([name.trade for name in as_name.others], as_name.brand) == (["木棉"], "")
    assert (as_brand.others, as_brand.brand) == ((), "木棉商城")


def test_a_former_name_is_another_name_unless_it_is_the_same():
    assert read("广州云帆科技有限公司", former_name="广州云帆科技有限公司").others == ()
    assert read("广州云帆科技有限公司", former_name="广州木棉科技有限公司").others[0].trade == "木棉"


def test_head_and_contact_are_persons_and_numbers_are_numbers():
    told = read("云帆", person="陈志明", contact="李国栋", staff="12", industry_code="6490.0")
    assert (told.persons, told.staff, told.industry) == (("陈志明", "李国栋"), 12.0, "6490")
    assert read("云帆", staff="约十人").staff == 0.0


def test_a_building_stands_beside_the_towns_column():
    told = read("云帆", town="石基", building="天安科技园A座")
    assert (told.town, told.building, told.street) == ("石基", "天安科技园A座", "")
