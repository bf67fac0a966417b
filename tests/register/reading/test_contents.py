import pytest

from tests.register.reading.wordings import CELLS
from zuji.register.fields import Field
from zuji.register.reading.contents import SHAPES, points, shares

LIKE = {
    Field.CODE: ["91440101MA5CXXXX5A", "9144 0101-304567890X", "9.14E+17", 9.14401e17, "440126123456789"],
    Field.PHONE: ["15412345678", 15412345678, "020-12345678", "1.54E+10", "+86 154-1234-5678", "15412345678（办）"],
    Field.FOUNDED: ["2019.3.5", "2019-03-05", "2019年3月5日", "2019/3/5", 43529, "20190305"],
    Field.DOMAIN: ["huya.com", "www.huya.com.cn", "http://huya.com/", "番禺.中国", "m1huya.net"],
    Field.FILING: ["粤ICP备19012345号-2", "粤icp备19012345号", "ICP备19012345号", "粤ICP备 19012345", "粤B2-20190123"],
    Field.POLICE_FILING: ["粤公网安备44011302000123号", "粤公网安备 44011302000123号", "44011302000123"],
    Field.ALGORITHM_FILING: ["网信算备440113123456789012345号", "440113123456789012345"],
    Field.INDUSTRY_CODE: ["6490", 6513, "I6420", "65"],
    Field.INDUSTRY: ["其他互联网服务", "应用软件开发", "信息传输、软件和信息技术服务业"],
    Field.TOWN: ["石碁镇", "石基", "市桥街道", "大龙街", "南村", "市桥税务所"],
    Field.ADDRESS: ["广州市番禺区石碁镇市莲路12号101室", "番禺大道北555号", "广州市番禺区"],
    Field.PERSON: ["陈志伟", "欧阳锋", "李明", "梅*", "司徒美华"],
    Field.NAME: [
        "广州云创网络科技有限公司",
        "番禺区市桥云创电子商务商行",
        "广州创云工作室",
        "恒博（广东）软件有限公司",
    ],
    Field.STAFF: [12, "35人", "1,200", "50-100人", "20人以下"],
    Field.REVENUE: ["50万元以下", "2000万-1亿元", 1234.5, "1亿元以上"],
    Field.STATUS: ["在营（开业）企业", "存续", "吊销，未注销", "迁出"],
    Field.HOST_KIND: ["企业", "个体工商户", "事业单位", "有限责任公司（自然人独资）"],
    Field.PREMISES: ["有", "无", "是", "√"],
}


@pytest.mark.parametrize("field", LIKE, ids=str)
def test_cells_are_known_by_their_shape(field):
    assert [cell for cell in LIKE[field] if not shares([cell])[field]] == []


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        (Field.CODE, "粤ICP备19012345号"),
        (Field.CODE, "6490"),
        (Field.PHONE, "440126123456789"),
        (Field.PHONE, "511400"),
        (Field.PERSON, "市桥街道"),
        (Field.PERSON, "互联网零售"),
        (Field.TOWN, "番禺大道北555号"),
        (Field.INDUSTRY_CODE, "511400"),
        (Field.INDUSTRY, "广州云创网络科技有限公司"),
        (Field.FILING, "粤公网安备44011302000123号"),
        (Field.DOMAIN, "梅@example.com"),
        (Field.STATUS, "广州市"),
        (Field.SITE, "huya.com"),
        (Field.NAME, "陈志伟"),
    ],
)
def test_cells_of_another_shape_do_not_pass(field, cell):
    assert shares([cell])[field] == 0


def test_a_registration_number_is_half_a_code():
    assert shares(["440126123456789"])[Field.CODE] == 0.5


def test_a_column_gains_by_cells_that_fit_and_loses_by_others():
    assert points(1, Field.PHONE) == SHAPES[Field.PHONE].gain
    assert points(0, Field.PHONE) == -SHAPES[Field.PHONE].loss
    assert points(0, Field.PHONE) < points(0.5, Field.PHONE) < points(1, Field.PHONE)


def test_blank_cells_say_nothing():
    assert shares(["", " ", "\u00a0"]) == {}
    assert shares(["", "15412345678"])[Field.PHONE] == 1


def test_every_field_but_the_note_has_a_shape():
    assert set(Field) - set(SHAPES) == {Field.NOTE}
    assert set(CELLS) <= set(SHAPES)
