import pytest

from tests.cast import DAY
from tests.register.lists import HEADINGS, firm, staged
from zuji.core.errors import NotFound, Refused
from zuji.core.sheets.columns import LIMITS
from zuji.core.sheets.files import read_sheets
from zuji.register.errors import Refusal
from zuji.register.models import SourceFile
from zuji.register.returning import rejects_of


def test_rows_with_faults_come_back_as_they_came_with_the_reasons_beside_them(cast):
    source = staged(cast, [firm(0), firm(1, code="9.14E+17"), firm(2, name="", code="")])
    (sheet,) = read_sheets(rejects_of(cast.tao, source.pk, language="zh", at=DAY), "退回.xlsx", LIMITS)
    header, lost, nameless = sheet.rows
    assert header[:-1] == list(HEADINGS)
    assert lost[1:4] == ["广州榕声互动网络科技有限公司", "9.14E+17", "梁榕"]
    assert "9.14E+17" in lost[-1]
    assert "看不出是哪家企业" in nameless[-1]


def test_nothing_comes_back_of_a_sound_list_or_one_whose_file_is_gone(cast):
    sound, flawed = staged(cast, [firm(0)]), staged(cast, [firm(1, code="1")])
    SourceFile.objects.filter(source=flawed).delete()
    for source, code in ((sound, Refusal.LIST_HAS_NO_FAULTS), (flawed, Refusal.LIST_FILE_GONE)):
        with pytest.raises(Refused) as refused:
            rejects_of(cast.tao, source.pk, language="en", at=DAY)
        assert refused.value.code == code


def test_nobody_else_gets_them(cast):
    source = staged(cast, [firm(0, code="1")])
    with pytest.raises(NotFound):
        rejects_of(cast.qin, source.pk, language="zh", at=DAY)
