import pytest

from tests.register.reading.wordings import BESIDE, WORDINGS
from zuji.core.sheets.header import Path
from zuji.register.fields import Field
from zuji.register.reading.headings import STRONG, said


def points(*names: str, grouped: bool = False) -> dict[Field, float]:
    return said(Path(names, grouped)).points


def best(*names: str, grouped: bool = False) -> Field | None:
    found = points(*names, grouped=grouped)
    return max(found, key=lambda field: found[field], default=None)


@pytest.mark.parametrize("field", WORDINGS, ids=str)
def test_a_wording_says_something_for_its_field(field):
    assert [wording for wording in WORDINGS[field] if not points(wording).get(field)] == []


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("市场主体名称", Field.NAME),
        ("单位名称（全称）", Field.NAME),
        ("备案主体", Field.NAME),
        ("主体代码", Field.CODE),
        ("联络人手机", Field.PHONE),
        ("联系人", Field.CONTACT),
        ("负责人姓名", Field.PERSON),
        ("网站负责人", Field.PERSON),
        ("网站主办单位", Field.NAME),
        ("原企业名称", Field.FORMER_NAME),
        ("主管税务所（镇街）", Field.TOWN),
        ("备案通过时间", Field.AUDITED),
        ("公安备案号", Field.POLICE_FILING),
        ("互联网备案号", Field.FILING),
        ("去年营收（万）", Field.REVENUE),
        ("党员人数", Field.MEMBERS),
        ("是否正常经营", Field.OPERATING),
        ("有无固定经营场所", Field.PREMISES),
        ("注销日期", Field.STATUS_SINCE),
        ("备注", Field.NOTE),
    ],
)
def test_the_last_word_part_decides_what_a_heading_names(heading, field):
    assert best(heading) is field


def test_words_in_brackets_count_by_half():
    assert points("备注（代码）")[Field.CODE] < STRONG
    assert best("企业（品牌）") is Field.NAME
    assert points("企业（品牌）")[Field.BRAND] == STRONG / 2


def test_a_group_and_its_column_are_read_together():
    assert best("网站", "名称", grouped=True) is Field.SITE
    assert best("主办单位", "名称", grouped=True) is Field.NAME
    assert best("法定代表人", "电话", grouped=True) is Field.PHONE


def test_a_group_does_not_outweigh_its_columns():
    assert best("登记情况", "从业人数", grouped=True) is Field.STAFF
    assert best("基本情况", "原企业名称", grouped=True) is Field.FORMER_NAME


@pytest.mark.parametrize("heading", [title for title in BESIDE if title != "备注"])
def test_a_heading_of_something_else_is_known_as_such(heading):
    found = said(Path((heading,), False))
    assert found.other
    assert not found.strange
    assert all(each < STRONG for each in found.points.values())


def test_a_heading_that_nobody_has_seen_says_nothing():
    assert said(Path(("干什么的",), False)).strange
    assert said(Path((), False)).strange
